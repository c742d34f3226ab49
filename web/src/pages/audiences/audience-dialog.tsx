import type {
  AudienceRule,
  Condition,
  ConditionColumn,
  ModelAnswer,
  Segment,
} from '@tino/system/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { send, type ApiError } from '../../api.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { errorText } from '../../parts/failure.js';
import { ConditionFilters } from '../conditions/condition-filters.js';

interface AudienceDialogProps {
  model: ModelAnswer;
  segments: readonly Segment[];
  columns: readonly ConditionColumn[];
  /** What is already asked where the dialog opens. */
  initial?: AudienceRule;
  onClose(): void;
  onSaved(name: string): void;
}

/** A name and a rule: groups, what the columns must be, and how many of most value. */
export function AudienceDialog({
  model,
  segments,
  columns,
  initial = { where: [] },
  onClose,
  onSaved,
}: AudienceDialogProps) {
  const { language, t } = useLanguage();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(initial.segments ?? []);
  const [where, setWhere] = useState<readonly Condition[]>(initial.where);
  const [top, setTop] = useState<number>();
  const [error, setError] = useState<ApiError>();
  const path = `/v1/models/${model.name}/audiences`;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const rule: AudienceRule = {
      ...(chosen.length > 0 && { segments: chosen }),
      where: [...where],
      ...(top !== undefined && { top }),
    };
    try {
      await send('POST', path, { name: name.trim(), rule });
      await client.invalidateQueries({ queryKey: [path] });
      onSaved(name.trim());
    } catch (failed) {
      setError(failed as ApiError);
    }
  };
  const flip = (id: string) =>
    setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
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
        {segments.length > 0 && (
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
        )}
        <div className="dialog-filters">
          <p className="field-label">{t({ pt: 'E ainda', en: 'And also' })}</p>
          <ConditionFilters
            model={model}
            columns={columns}
            conditions={where}
            onChange={setWhere}
          />
        </div>
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
            onChange={({ target }) =>
              setTop(target.value === '' ? undefined : target.valueAsNumber)
            }
          />
        </label>
        {error && (
          <p className="tone-bad" role="alert">
            {errorText(error)}
          </p>
        )}
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
