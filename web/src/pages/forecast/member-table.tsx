import type { ForecastAnswer, ModelAnswer } from '@tino/system/contract';
import { useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useLanguage } from '../../language.js';
import { DataTable } from '../../parts/data-table.js';
import { keyPath } from './level.js';
import { useMemberColumns } from './member-columns.js';
import { worstFirst } from './worst-first.js';

interface MemberTableProps {
  model: ModelAnswer;
  answer: ForecastAnswer;
  level: string | undefined;
  name: string;
}

/** A row per member, the worst difference from last year first; a row opens its page. */
export function MemberTable({ model, answer, level, name }: MemberTableProps) {
  const [, navigate] = useLocation();
  const search = useSearch();
  const { language } = useLanguage();
  const rows = useMemo(() => worstFirst(answer.members, model), [answer, model]);
  const columns = useMemberColumns(model, rows, name);
  return (
    <DataTable
      columns={columns}
      rows={rows}
      rowKey={({ key }) => keyPath(key)}
      caption={language === 'pt' ? `Previsão por ${name}` : `Forecast by ${name}`}
      onOpen={({ key }) =>
        navigate(
          `/m/${model.name}/${level ?? ''}/${encodeURIComponent(keyPath(key))}${search && `?${search}`}`,
        )
      }
    />
  );
}
