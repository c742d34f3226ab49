import type { Language, SegmentsAnswer } from '@tino/system/contract';
import { number } from '../format.js';
import { useLanguage } from '../language.js';
import type { ChartTable } from './chart-table.js';
import { useNarrow } from '../use-narrow.js';
import { Plot, type Area } from './plot.js';

/** Who moved between two scores: to where each is worth more in folha, less in urucum, the rest in grey. */
export function MigrationChart({ answer }: { answer: SegmentsAnswer }) {
  const { language } = useLanguage();
  const narrow = useNarrow();
  const side = narrow ? 112 : 170;
  const label = tableOfMigration(answer, language)
    .rows.map(([from, to, count]) => `${from} → ${to}: ${count}`)
    .join('; ');
  return (
    <Plot height={300} margin={{ top: 8, right: side, bottom: 8, left: side }} label={label}>
      {(area) => (
        <Ribbons area={area} answer={answer} language={language} letters={narrow ? 16 : 25} />
      )}
    </Plot>
  );
}

const GAP = 10;
const BAR = 8;

function Ribbons({
  area,
  answer,
  language,
  letters,
}: {
  area: Area;
  answer: SegmentsAnswer;
  language: Language;
  /** Longest name and count that have room. */
  letters: number;
}) {
  const { segments } = answer;
  // Who is new or gone has one side only: they are told of in the table.
  const migration = answer.migration.flatMap(({ from, to, count }) =>
    from === null || to === null ? [] : [{ from, to, count }],
  );
  const worth = segments.map(({ money, size }) => (money === null || !size ? null : money / size));
  const rank = new Map(segments.map(({ id }, index) => [id, index]));
  const before = stack(
    segments.map(({ id }) => sumOf(migration, ({ from }) => from === id)),
    area,
  );
  const after = stack(
    segments.map(({ id }) => sumOf(migration, ({ to }) => to === id)),
    area,
  );
  const left = before.map(({ start }) => start);
  const right = after.map(({ start }) => start);
  const ordered = migration.toSorted(
    (a, b) => rank.get(a.from)! - rank.get(b.from)! || rank.get(a.to)! - rank.get(b.to)!,
  );
  const told = ({ count }: Stacked) => number(count, language);
  return (
    <g className="migration">
      {ordered.map(({ from, to, count }) => {
        const [source, target] = [rank.get(from), rank.get(to)];
        if (source === undefined || target === undefined) return null;
        const height = count * before[source]!.perMember;
        const [y0, y1] = [left[source]!, right[target]!];
        left[source]! += height;
        right[target]! += height;
        const kind = source === target ? 'stayed' : wayOf(worth[source]!, worth[target]!);
        return <path key={`${from} ${to}`} className={kind} d={ribbon(area, y0, y1, height)} />;
      })}
      {segments.map(({ id, name }, index) => (
        <g key={id}>
          <Bar x={area.left} {...before[index]!} order={index} />
          <Bar x={area.right - BAR} {...after[index]!} order={index} />
          <text
            x={area.left - 8}
            y={before[index]!.start + before[index]!.height / 2}
            dy="0.32em"
            textAnchor="end"
          >
            {short(name[language], letters - told(before[index]!).length)}{' '}
            <tspan className="strong">{told(before[index]!)}</tspan>
          </text>
          <text x={area.right + 8} y={after[index]!.start + after[index]!.height / 2} dy="0.32em">
            <tspan className="strong">{told(after[index]!)}</tspan>{' '}
            {short(name[language], letters - told(after[index]!).length)}
          </text>
        </g>
      ))}
    </g>
  );
}

interface Stacked {
  start: number;
  height: number;
  count: number;
  perMember: number;
}

function stack(counts: number[], area: Area): Stacked[] {
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  const perMember = (area.bottom - area.top - GAP * (counts.length - 1)) / total;
  let start = area.top;
  return counts.map((count) => {
    const one = { start, height: count * perMember, count, perMember };
    start += one.height + GAP;
    return one;
  });
}

const Bar = ({
  x,
  start,
  height,
  order,
}: {
  x: number;
  start: number;
  height: number;
  order: number;
}) => (
  <rect
    className={`category-${order + 1}`}
    x={x}
    y={start}
    width={BAR}
    height={Math.max(1, height)}
  />
);

function ribbon({ left, right }: Area, y0: number, y1: number, height: number): string {
  const [x0, x1] = [left + BAR, right - BAR];
  const middle = (x0 + x1) / 2;
  return `M${x0},${y0}C${middle},${y0} ${middle},${y1} ${x1},${y1}v${height}C${middle},${y1 + height} ${middle},${y0 + height} ${x0},${y0 + height}Z`;
}

interface Move {
  from: string;
  to: string;
  count: number;
}

const sumOf = (migration: readonly Move[], keep: (one: Move) => boolean) =>
  migration.reduce((sum, one) => sum + (keep(one) ? one.count : 0), 0);

const short = (name: string, letters: number) =>
  name.length > letters ? `${name.slice(0, letters - 1).trimEnd()}…` : name;

/** Up is to where each is worth more; without money there is no up. */
const wayOf = (from: number | null, to: number | null) =>
  from === null || to === null ? 'moved' : to > from ? 'rose' : 'fell';

/** From, to and how many, those who stayed, are new and are gone included. */
export function tableOfMigration(
  { segments, migration }: SegmentsAnswer,
  language: Language,
): ChartTable {
  const nameOf = new Map(segments.map(({ id, name }) => [id, name[language]]));
  const [fresh, gone] = language === 'pt' ? ['(novos)', '(saíram)'] : ['(new)', '(gone)'];
  return {
    columns: language === 'pt' ? ['De', 'Para', 'Quantos'] : ['From', 'To', 'How many'],
    rows: migration.map(({ from, to, count }) => [
      from === null ? fresh! : (nameOf.get(from) ?? from),
      to === null ? gone! : (nameOf.get(to) ?? to),
      number(count, language),
    ]),
  };
}
