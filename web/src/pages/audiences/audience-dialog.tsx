import type { AudienceRule, ModelAnswer, Segment } from '@tino/system/contract';
import { useState, type FormEvent } from 'react';
import { send, type ApiError } from '../../api.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Failure } from '../../parts/failure.js';
import { columnLabel } from '../kinds/labels.js';

interface AudienceDialogProps {
  model: ModelAnswer;
  segments: readonly Segment[];
  onClose(): void;
  onSaved(): void;
}

/** A name and a rule: groups, one limit on a number, and how many of most value. */
export function AudienceDialog({ model, segments, onClose, onSaved }: AudienceDialogProps) {
  const { language, t } = useLanguage();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [column, setColumn] = useState('');
  const [is, setIs] = useState<'atLeast' | 'atMost'>('atLeast');
  const [limit, setLimit] = useState<number>();
  const [top, setTop] = useState<number>();
  const [error, setError] = useState<ApiError>();
  const numbers = model.features.filter(({ type }) => type === 'number');
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const rule: AudienceRule = {
      ...(chosen.length > 0 && { segments: chosen }),
      where: column !== '' && limit !== undefined ? [{ column, is, values: [limit] }] : [],
      ...(top !== undefined && { top }),
    };
    try {
      await send('POST', `/v1/models/${model.name}/audiences`, { name: name.trim(), rule });
      onSaved();
    } catch (failed) {
      setError(failed as ApiError);
    }
  };
  const flip = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  const written = (text: string, number: number) => (text === '' ? undefined : number);
  return (
    <Dialog title={t({ pt: 'Novo público', en: 'New audience' })} open onClose={onClose}>
      <form onSubmit={(event) => void save(event)}>
        <label className="field">
          <span className="field-label">{t({ pt: 'Nome', en: 'Name' })}</span>
          <input
            type="text"
            maxLength={200}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <fieldset className="field">
          <legend className="field-label">
            {t({ pt: 'Grupos (nenhum: todos)', en: 'Groups (none: all)' })}
          </legend>
          {segments.map(({ id, name: words }) => (
            <label key={id} className="check">
              <input type="checkbox" checked={chosen.includes(id)} onChange={() => flip(id)} />{' '}
              {words[language]}
            </label>
          ))}
        </fieldset>
        <label className="field">
          <span className="field-label">{t({ pt: 'Coluna', en: 'Column' })}</span>
          <select value={column} onChange={({ target }) => setColumn(target.value)}>
            <option value="">{t({ pt: 'sem limite', en: 'no limit' })}</option>
            {numbers.map((feature) => (
              <option key={feature.name} value={feature.name}>
                {columnLabel(model, feature.name, language)}
              </option>
            ))}
          </select>
        </label>
        {column !== '' && (
          <>
            <label className="field">
              <span className="field-label">{t({ pt: 'Deve ser', en: 'Must be' })}</span>
              <select
                value={is}
                onChange={({ target }) => setIs(target.value as 'atLeast' | 'atMost')}
              >
                <option value="atLeast">{t({ pt: 'a partir de', en: 'at least' })}</option>
                <option value="atMost">{t({ pt: 'até', en: 'at most' })}</option>
              </select>
            </label>
            <label className="field">
              <span className="field-label">{t({ pt: 'Limite', en: 'Limit' })}</span>
              <input
                type="number"
                step="any"
                value={limit ?? ''}
                onChange={({ target }) => setLimit(written(target.value, target.valueAsNumber))}
              />
            </label>
          </>
        )}
        <label className="field">
          <span className="field-label">
            {t({
              pt: 'No máximo quantos, os de maior valor',
              en: 'At most how many, most value first',
            })}
          </span>
          <input
            type="number"
            min={1}
            step={1}
            value={top ?? ''}
            onChange={({ target }) => setTop(written(target.value, target.valueAsNumber))}
          />
        </label>
        {error && <Failure error={error} />}
        <div className="row dialog-verbs">
          <Button onClick={onClose}>{t({ pt: 'Cancelar', en: 'Cancel' })}</Button>
          <Button look="main" type="submit" disabled={name.trim() === ''}>
            {t({ pt: 'Guardar', en: 'Save' })}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
