import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useSorted, type Sorting } from './use-sorted.js';

export interface Column<Row> {
  key: string;
  title: ReactNode;
  align?: 'left' | 'right';
  render(row: Row): ReactNode;
  /** Gives the column a sort button. */
  sortValue?(row: Row): string | number | null;
  /** Left out at 390 px, where a table keeps name, value and change. */
  wide?: boolean;
  width?: string;
}

interface TableProps<Row> {
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  /** Read to those who cannot see the table; not drawn. */
  caption: string;
  onOpen?(row: Row): void;
  selected?: string | null;
  rowHeight?: number;
}

const VIRTUAL_FROM = 200;

/** A real table: sort buttons, J/K and Enter on rows, only the visible ones drawn over 200. */
export function DataTable<Row>(props: TableProps<Row>) {
  const { sorted, sorting, sort } = useSorted(props.rows, props.columns);
  const body = { ...props, rows: sorted };
  return (
    <div className="table-box">
      <table className="table" data-keys aria-rowcount={sorted.length + 1}>
        <caption className="hidden">{props.caption}</caption>
        <Head columns={props.columns} sorting={sorting} sort={sort} />
        {sorted.length > VIRTUAL_FROM ? <VirtualBody {...body} /> : <PlainBody {...body} />}
      </table>
    </div>
  );
}

function Head<Row>({
  columns,
  sorting,
  sort,
}: {
  columns: Column<Row>[];
  sorting: Sorting | null;
  sort(key: string): void;
}) {
  const stateOf = (key: string) => (sorting?.key === key ? sorting.direction : undefined);
  const mark = { ascending: ' ↑', descending: ' ↓' };
  return (
    <thead>
      <tr>
        {columns.map(({ key, title, sortValue, width, ...column }) => (
          <th
            key={key}
            scope="col"
            className={classOf(column)}
            aria-sort={stateOf(key)}
            style={width === undefined ? undefined : { width }}
          >
            {sortValue ? (
              <button type="button" className="sort" onClick={() => sort(key)}>
                {title}
                {sorting?.key === key && mark[sorting.direction]}
              </button>
            ) : (
              title
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

const PlainBody = <Row,>(props: TableProps<Row>) => (
  <tbody>
    {props.rows.map((row, at) => (
      <BodyRow key={props.rowKey(row)} {...props} row={row} at={at} />
    ))}
  </tbody>
);

function VirtualBody<Row>(props: TableProps<Row>) {
  const element = useRef<HTMLTableSectionElement>(null);
  const height = props.rowHeight ?? (innerWidth <= 720 ? 44 : 36);
  const virtual = useWindowVirtualizer({
    count: props.rows.length,
    estimateSize: () => height,
    overscan: 12,
    scrollMargin: element.current?.offsetTop ?? 0,
  });
  const items = virtual.getVirtualItems();
  const above = (items[0]?.start ?? 0) - virtual.options.scrollMargin;
  const below = virtual.getTotalSize() - above - items.length * height;
  return (
    <tbody ref={element}>
      <tr aria-hidden="true" style={{ height: Math.max(0, above) }} />
      {items.map(({ index }) => {
        const row = props.rows[index]!;
        return <BodyRow key={props.rowKey(row)} {...props} row={row} at={index} />;
      })}
      <tr aria-hidden="true" style={{ height: Math.max(0, below) }} />
    </tbody>
  );
}

function BodyRow<Row>({
  columns,
  row,
  at,
  rowKey,
  onOpen,
  selected,
}: TableProps<Row> & { row: Row; at: number }) {
  const chosen = selected === rowKey(row);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === event.currentTarget) onOpen?.(row);
  };
  return (
    <tr
      tabIndex={onOpen ? 0 : -1}
      aria-rowindex={at + 2}
      aria-selected={onOpen ? chosen : undefined}
      className={`${onOpen ? 'row-opens' : ''} ${chosen ? 'row-chosen' : ''}`}
      onClick={onOpen && (() => onOpen(row))}
      onKeyDown={onOpen && press}
    >
      {columns.map((column) => (
        <td key={column.key} className={classOf(column)}>
          {column.render(row)}
        </td>
      ))}
    </tr>
  );
}

const classOf = ({ align, wide }: Pick<Column<never>, 'align' | 'wide'>) =>
  `${align === 'right' ? 'num' : ''} ${wide ? 'wide-only' : ''}`;
