import type { Job } from '@tino/system/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { send, type ApiError } from '../../api.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { useMayWhole } from '../../session.js';
import { useModels } from '../../use-models.js';

type Verb = 'train' | 'score';

/** Asks for a training or a scoring now, beside the schedule. */
export function NewJob() {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const may = useMayWhole('analyst');
  const needs = t({ pt: 'Exige o papel de análise.', en: 'Needs the analyst role.' });
  return (
    <>
      <Button
        className="wide-only"
        disabled={!may}
        title={may ? undefined : needs}
        onClick={() => setOpen(true)}
      >
        {t({ pt: 'Nova tarefa…', en: 'New job…' })}
      </Button>
      <Dialog
        title={t({ pt: 'Nova tarefa', en: 'New job' })}
        open={open}
        onClose={() => setOpen(false)}
      >
        <NewJobForm close={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function NewJobForm({ close }: { close(): void }) {
  const { t } = useLanguage();
  const models = useModels();
  const queries = useQueryClient();
  const [verb, setVerb] = useState<Verb>('train');
  const [seed, setSeed] = useState('');
  const [model, setModel] = useState(models[0]?.name ?? '');
  const { mutate, isPending, error } = useMutation<{ job: Job }, ApiError>({
    mutationFn: () =>
      send(
        'POST',
        `/v1/models/${model}/${verb}`,
        verb === 'train' ? { ...(seed !== '' && { seed: Number(seed) }) } : undefined,
      ),
    onSuccess: async () => {
      close();
      await queries.invalidateQueries({ queryKey: ['/v1/jobs'] });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate();
  };
  return (
    <form onSubmit={submit}>
      <label className="field">
        <span className="field-label">{t({ pt: 'O que fazer', en: 'What to do' })}</span>
        <select value={verb} onChange={({ target }) => setVerb(target.value as Verb)}>
          <option value="train">{t({ pt: 'treinar', en: 'train' })}</option>
          <option value="score">
            {t({ pt: 'prever tudo de novo', en: 'score everything again' })}
          </option>
        </select>
      </label>
      <label className="field">
        <span className="field-label">{t({ pt: 'Modelo', en: 'Model' })}</span>
        <select value={model} onChange={({ target }) => setModel(target.value)}>
          {models.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {verb === 'train' && (
        <label className="field">
          <span className="field-label">
            {t({
              pt: 'Semente (opcional: sem ela, nada é treinado se nada mudou)',
              en: 'Seed (optional: without one, nothing is trained if nothing changed)',
            })}
          </span>
          <input
            type="number"
            min="0"
            step="1"
            value={seed}
            onChange={({ target }) => setSeed(target.value)}
          />
        </label>
      )}
      {error && (
        <p role="alert" className="problem">
          {error.message}. {error.next}
        </p>
      )}
      <div className="row">
        <Button type="submit" look="main" disabled={isPending || model === ''}>
          {verb === 'train' ? t({ pt: 'Treinar', en: 'Train' }) : t({ pt: 'Prever', en: 'Score' })}{' '}
          {model}
        </Button>
        <Button look="quiet" onClick={close}>
          {t({ pt: 'Cancelar', en: 'Cancel' })}
        </Button>
      </div>
    </form>
  );
}
