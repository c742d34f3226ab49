import type { ModelAnswer, PredictAnswer } from '@tino/system/contract';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { send, type ApiError } from '../../api.js';
import { useLanguage } from '../../language.js';
import type { Row } from './row.js';

const WAIT_MS = 250;

/** The answers for these rows, asked once the typing rests; the last answer stays meanwhile. */
export function usePredict(
  model: ModelAnswer,
  rows: Row[],
  explain: boolean,
): UseQueryResult<PredictAnswer, ApiError> {
  const { language } = useLanguage();
  const settled = useSettled(rows);
  return useQuery<PredictAnswer, ApiError>({
    queryKey: ['predict', model.name, settled, explain, language],
    enabled: rows.length > 0,
    queryFn: () =>
      send<PredictAnswer>('POST', `/v1/models/${model.name}/predict?explain=${explain}`, {
        rows: settled,
      }),
    placeholderData: keepPreviousData,
  });
}

function useSettled(rows: Row[]): Row[] {
  const [settled, setSettled] = useState(rows);
  const now = JSON.stringify(rows);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(now) as Row[]), WAIT_MS);
    return () => clearTimeout(timer);
  }, [now]);
  return settled;
}
