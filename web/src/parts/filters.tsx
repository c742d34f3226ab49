import { useLanguage } from '../language.js';
import { FilterSheet } from './filter-sheet.js';
import { Chevron } from './icons.js';
import { useFilters } from './use-filters.js';

export { useFilters, type FilterState } from './use-filters.js';

export interface Filter {
  /** Key in the address. */
  name: string;
  label: string;
  options: { value: string; label: string }[];
  /** Shown where nothing is chosen; by default "todos", "all". */
  none?: string;
  /** Many values at once. */
  multiple?: boolean;
}

/** A row of filters; the first takes the focus with `/`. */
export function Filters({ filters }: { filters: Filter[] }) {
  const { t } = useLanguage();
  return (
    <div className="filters" role="group" aria-label={t({ pt: 'Filtros', en: 'Filters' })}>
      {filters.map((filter) =>
        filter.multiple ? (
          <Many key={filter.name} {...filter} />
        ) : (
          <One key={filter.name} {...filter} />
        ),
      )}
    </div>
  );
}

function One({ name, label, options, none }: Filter) {
  const { t } = useLanguage();
  const filters = useFilters();
  const chosen = filters.value(name) ?? '';
  return (
    <label className={chosen === '' ? 'filter' : 'filter filter-set'}>
      <span className="filter-label">{label}</span>
      <select value={chosen} onChange={({ target }) => filters.set(name, target.value)}>
        <option value="">{none ?? t({ pt: 'todos', en: 'all' })}</option>
        {options.map(({ value, label: text }) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      <Chevron />
    </label>
  );
}

function Many({ name, label, options, none }: Filter) {
  const { t } = useLanguage();
  const filters = useFilters();
  const chosen = filters.values(name);
  const names = options.filter(({ value }) => chosen.includes(value)).map((one) => one.label);
  const toggle = (value: string) =>
    filters.set(
      name,
      chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value],
    );
  return (
    <FilterSheet
      isSet={chosen.length > 0}
      label={
        <>
          <span className="filter-label">{label}</span>
          <span className="filter-value">
            {names.length === 0 ? (none ?? t({ pt: 'todos', en: 'all' })) : names.join(', ')}
          </span>
        </>
      }
    >
      {options.map(({ value, label: text }) => (
        <label key={value} className="check">
          <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
          {text}
        </label>
      ))}
    </FilterSheet>
  );
}
