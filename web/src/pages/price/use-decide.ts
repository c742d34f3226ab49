import type { ModelAnswer, Suggestion } from '@tino/system/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send, type ApiError } from '../../api.js';

export interface Choice {
  decision: 'approve' | 'refuse' | 'edit';
  price?: number;
  reason?: string;
}

/** Sends one choice for each suggestion, waits for the server, then asks for the list anew. */
export function useDecide(model: ModelAnswer) {
  const queries = useQueryClient();
  return useMutation<number, ApiError, { ids: string[]; choice: Choice }>({
    mutationFn: async ({ ids, choice }) => {
      for (const id of ids)
        await send<Suggestion>(
          'POST',
          `/v1/models/${model.name}/suggestions/${encodeURIComponent(id)}/decision`,
          choice,
        );
      return ids.length;
    },
    onSettled: () => queries.invalidateQueries(),
  });
}
