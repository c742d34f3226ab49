import type { ModelAnswer, Suggestion } from '@tino/system/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, send } from '../../api.js';

export interface Choice {
  decision: 'approve' | 'refuse' | 'edit';
  price?: number;
  reason?: string;
}

/**
 * Sends one choice for each suggestion, waits for the server, then asks for the list anew. A price that
 * waits for a neighbour's, as sizes stay in order, is sent again after the others.
 */
export function useDecide(model: ModelAnswer) {
  const queries = useQueryClient();
  return useMutation<number, ApiError, { ids: string[]; choice: Choice }>({
    mutationFn: async ({ ids, choice }) => {
      for (let left = ids; left.length > 0;) {
        const again: string[] = [];
        let refused: unknown;
        for (const id of left)
          try {
            await send<Suggestion>(
              'POST',
              `/v1/models/${model.name}/suggestions/${encodeURIComponent(id)}/decision`,
              choice,
            );
          } catch (error) {
            if (!(error instanceof ApiError && error.code === 'PRICE_ORDER_FIRST')) throw error;
            again.push(id);
            refused = error;
          }
        if (again.length === left.length) throw refused;
        left = again;
      }
      return ids.length;
    },
    onSettled: () => queries.invalidateQueries(),
  });
}
