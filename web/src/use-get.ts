import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { get, takeFirst, type ApiError, type Params } from './api.js';
import { useLanguage } from './language.js';

/**
 * An answer of the API, kept by path, parameters and language. A null path asks nothing. While new
 * parameters are asked for, the last answer stays on screen.
 */
export function useGet<T>(
  path: string | null,
  params: Params = {},
  options: { refreshMs?: number } = {},
): UseQueryResult<T, ApiError> {
  const { language, served } = useLanguage();
  return useQuery<T, ApiError>({
    queryKey: [path, params, language],
    enabled: path !== null,
    queryFn: async () => {
      const answered =
        path !== null && language === served && Object.keys(params).length === 0
          ? takeFirst<T>(path)
          : undefined;
      return answered ?? get<T>(path!, params);
    },
    placeholderData: keepPreviousData,
    ...(options.refreshMs !== undefined && { refetchInterval: options.refreshMs }),
  });
}
