import type { Language, SegmentsAnswer } from '@tino/system/contract';
import { quantileSorted } from 'd3-array';
import { scaleLinear, scaleSymlog } from 'd3-scale';
import { number } from '../format.js';
import { useLanguage } from '../language.js';
import { BottomAxis, ValueAxis } from './axes.js';
import type { ChartTable } from './chart-table.js';
import { Plot, type Area } from './plot.js';
import { placeLabels } from './place-labels.js';

/** Two declared axes, a sample of members, the names on the map. */
export function SegmentMap({ answer }: { answer: SegmentsAnswer }) {
  const { language, t } = useLanguage();
  const label = t({
    pt: `${answer.sample.length} membros em ${answer.segments.length} grupos, por ${answer.axes.x.pt} e ${answer.axes.y.pt}`,
    en: `${answer.sample.length} members in ${answer.segments.length} groups, by ${answer.axes.x.en} and ${answer.axes.y.en}`,
  });
  return (
    <>
      <Plot height={300} margin={{ top: 14, right: 14, bottom: 46, left: 48 }} label={label}>
        {(area) => <Points area={area} answer={answer} language={language} />}
      </Plot>
      <ul className="map-legend">
        {answer.segments.map(({ id, name }, order) => (
          <li key={id}>
            <svg width={9} height={9} aria-hidden="true">
              <circle className={`category-${order + 1}`} cx={4.5} cy={4.5} r={4.5} />
            </svg>
            {name[language]}
          </li>
        ))}
      </ul>
    </>
  );
}

function Points({
  area,
  answer,
  language,
}: {
  area: Area;
  answer: SegmentsAnswer;
  language: Language;
}) {
  const x = scaleOf(
    answer.sample.map((point) => point.x),
    [area.left + 6, area.right - 6],
  );
  const y = scaleOf(
    answer.sample.map((point) => point.y),
    [area.bottom - 6, area.top + 6],
  );
  const order = new Map(answer.segments.map(({ id }, index) => [id, index]));
  const anchors = answer.segments
    .filter(({ hidden }) => !hidden)
    .map(({ id, name }) => {
      const own = answer.sample.filter(({ segment }) => segment === id);
      return {
        id,
        text: shortName(name[language]),
        x: x(middleOf(own.map((point) => point.x))),
        y: y(middleOf(own.map((point) => point.y))),
      };
    });
  const labels = crowded(anchors) ? [] : placeLabels(anchors, area);
  const write = (value: number) => number(value, language);
  return (
    <g className="segment-map">
      <ValueAxis area={area} ticks={ticksOf(y, 5)} y={y} write={write} />
      <BottomAxis
        area={area}
        ticks={ticksOf(x, 6).map((tick) => ({ at: x(tick), text: write(tick) }))}
      />
      {answer.sample.map((point, index) => (
        <circle
          // The sample has no keys of its own and never changes order within an answer.
          key={index}
          className={`category-${(order.get(point.segment) ?? 5) + 1}`}
          cx={x(point.x)}
          cy={y(point.y)}
          r={2.4}
        />
      ))}
      {labels.map(({ id, text, x: left, y: top }) => (
        <text key={id} className="map-name" x={left} y={top} textAnchor="middle">
          {text}
        </text>
      ))}
      <text className="axis-name" x={area.right} y={area.height - 6} textAnchor="end">
        {answer.axes.x[language]} →
      </text>
    </g>
  );
}

/** Names in place would hide the members: the legend below carries them. */
const crowded = (anchors: { x: number; y: number }[]) =>
  anchors.some((one, at) =>
    anchors
      .slice(at + 1)
      .some((other) => Math.abs(one.y - other.y) < 14 && Math.abs(one.x - other.x) < 110),
  );

/** Long tails are read on a symmetric logarithm, narrow spreads on a line. */
function scaleOf(values: number[], range: [number, number]) {
  const sorted = values.toSorted((a, b) => a - b);
  const [least = 0, most = 1] = [sorted[0], sorted.at(-1)];
  const body = quantileSorted(sorted, 0.9) ?? most;
  const median = quantileSorted(sorted, 0.5) ?? 0;
  const tail = most - least > 4 * (body - least || 1);
  return tail
    ? scaleSymlog([least, most], range).constant(Math.max(0.1, Math.abs(median) / 4))
    : scaleLinear([least, most === least ? least + 1 : most], range);
}

function ticksOf(scale: ReturnType<typeof scaleOf>, count: number): number[] {
  const [least = 0, most = 1] = scale.domain();
  const plain = scale.ticks(count);
  if ('constant' in scale) {
    const decades = [0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 1e6, 1e7];
    return decades.filter((tick) => tick >= least && tick <= most);
  }
  return plain;
}

const middleOf = (values: number[]) =>
  quantileSorted(
    values.toSorted((a, b) => a - b),
    0.5,
  ) ?? 0;

const shortName = (name: string) => (name.length > 24 ? `${name.slice(0, 23)}…` : name);

/** The centre of each segment on the two axes. */
export function tableOfMap({ segments, axes }: SegmentsAnswer, language: Language): ChartTable {
  return {
    columns: [language === 'pt' ? 'Grupo' : 'Group', axes.x[language], axes.y[language]],
    rows: segments.map(({ name, centre }) => [
      name[language],
      number(centre.x, language),
      number(centre.y, language),
    ]),
  };
}
