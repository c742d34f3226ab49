import type { Condition, ConditionColumn, ModelAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { FilterSheet } from '../../parts/filter-sheet.js';
import { Chevron } from '../../parts/icons.js';
import { columnLabel } from '../kinds/labels.js';
import { columnsAsked, conditionWords } from './condition-words.js';
import { Levels } from './levels.js';
import { Range } from './range.js';

interface ConditionFiltersProps {
  model: ModelAnswer;
  columns: readonly ConditionColumn[];
  conditions: readonly Condition[];
  onChange(next: readonly Condition[]): void;
}

/** A filter per column that is asked for, and a list of those that can be. */
export function ConditionFilters(props: ConditionFiltersProps) {
  const { language, t } = useLanguage();
  const { model, columns, conditions } = props;
  const [opened, setOpened] = useState<string>();
  const asked = columnsAsked(conditions);
  const declared = (model.page.filters ?? []).filter((name) =>
    columns.some((column) => column.name === name),
  );
  const shown = [...new Set([...declared, ...asked, ...(opened === undefined ? [] : [opened])])];
  const rest = columns.filter(({ name }) => !shown.includes(name));
  return (
    <div className="filters" role="group" aria-label={t({ pt: 'Filtros', en: 'Filters' })}>
      {shown.map((name) => (
        <ColumnFilter key={name} {...props} name={name} open={name === opened} />
      ))}
      {rest.length > 0 && (
        <label className="filter">
          <select
            aria-label={t({ pt: 'Filtrar por', en: 'Filter by' })}
            value=""
            onChange={({ target }) => setOpened(target.value)}
          >
            <option value="">{t({ pt: 'filtrar por…', en: 'filter by…' })}</option>
            {rest.map(({ name }) => (
              <option key={name} value={name}>
                {columnLabel(model, name, language)}
              </option>
            ))}
          </select>
          <Chevron />
        </label>
      )}
    </div>
  );
}

function ColumnFilter({
  model,
  columns,
  conditions,
  onChange,
  name,
  open,
}: ConditionFiltersProps & { name: string; open: boolean }) {
  const { language, t } = useLanguage();
  const own = conditions.filter(({ column }) => column === name);
  const others = conditions.filter(({ column }) => column !== name);
  const column = columns.find((one) => one.name === name);
  const words = own.length > 0 ? conditionWords(model, own, name, language) : null;
  const editing = {
    model,
    conditions: own,
    onChange: (next: Condition[]) => onChange([...others, ...next]),
  };
  return (
    <FilterSheet
      isSet={own.length > 0}
      opened={open}
      label={
        <span className={words === null ? 'filter-label' : 'filter-value'}>
          {words ?? columnLabel(model, name, language)}
        </span>
      }
    >
      {column?.type === 'number' ? (
        <Range {...editing} column={column} />
      ) : (
        column && <Levels {...editing} column={column} />
      )}
      {own.length > 0 && (
        <Button look="quiet" onClick={() => onChange(others)}>
          {t({ pt: 'Tirar filtro', en: 'Remove filter' })}
        </Button>
      )}
    </FilterSheet>
  );
}
