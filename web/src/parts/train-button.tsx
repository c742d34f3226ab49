import type { Job } from '@tino/system/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { send, type ApiError } from '../api.js';
import { useLanguage } from '../language.js';
import { useMay } from '../session.js';
import { Button } from './button.js';

/** Sends a training to the queue and goes where it can be watched. */
export function TrainButton({ model, look = 'plain' }: { model: string; look?: 'main' | 'plain' }) {
  const { t } = useLanguage();
  const may = useMay('analyst');
  const queries = useQueryClient();
  const [, navigate] = useLocation();
  const { mutate, isPending, error } = useMutation<{ job: Job }, ApiError>({
    mutationFn: () => send('POST', `/v1/models/${model}/train`, {}),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['/v1/jobs'] });
      navigate('/jobs');
    },
  });
  const needs = t({
    pt: 'Treinar exige o papel de análise; quem administra pode dar.',
    en: 'Training needs the analyst role; an administrator can grant it.',
  });
  return (
    <>
      <Button
        look={look}
        className={look === 'plain' ? 'wide-only' : ''}
        disabled={!may || isPending}
        title={may ? undefined : needs}
        onClick={() => mutate()}
      >
        {t({ pt: `Treinar ${model}`, en: `Train ${model}` })}
      </Button>
      {error && <span role="alert">{error.message}</span>}
    </>
  );
}
