import { area, line } from 'd3-shape';
import type { Series, SeriesPoint } from './series.js';

interface MarksProps {
  series: Series;
  x: (time: number) => number;
  y: (value: number) => number;
  reference: boolean;
}

/** Bands, last year's dashes, the measured ink and the predicted anil, in that order. */
export function SeriesMarks({ series, x, y, reference }: MarksProps) {
  const { history, points } = series;
  const last = history.findLast(({ value }) => value !== null);
  const joint: SeriesPoint[] = last
    ? [{ ...last, value: last.value!, bands: [] }, ...points]
    : points;
  const ink = line<Series['history'][number]>(
    ({ time }) => x(time),
    ({ value }) => y(value ?? 0),
  ).defined(({ value }) => value !== null);
  const anil = line<SeriesPoint>(
    ({ time }) => x(time),
    ({ value }) => y(value),
  );
  return (
    <>
      <Bands points={points} from={last} x={x} y={y} />
      {reference && (
        <path
          className="reference"
          d={anil(series.reference.map((point) => ({ ...point, bands: [] }))) ?? ''}
        />
      )}
      {/* Steps without a measure are bridged by a pale line: seen, and not taken for measured. */}
      <path className="bridge" d={ink(history.filter(({ value }) => value !== null)) ?? ''} />
      <path className="measured" d={ink(history) ?? ''} />
      <path className="predicted-line" d={anil(joint) ?? ''} />
    </>
  );
}

interface BandsProps {
  points: SeriesPoint[];
  from: Series['history'][number] | undefined;
  x: (time: number) => number;
  y: (value: number) => number;
}

/** Widest first, each opening from the last measured value. */
function Bands({ points, from, x, y }: BandsProps) {
  const levels = points[0]?.bands.map(({ level }) => level) ?? [];
  return levels.map((level) => {
    const edges = points.flatMap(({ time, bands }) => {
      const band = bands.find((one) => one.level === level);
      return band ? [{ time, lower: band.lower, upper: band.upper }] : [];
    });
    const start = from ? [{ time: from.time, lower: from.value!, upper: from.value! }] : [];
    const shape = area<(typeof edges)[number]>()
      .x(({ time }) => x(time))
      .y0(({ lower }) => y(lower))
      .y1(({ upper }) => y(upper));
    return (
      <path
        key={level}
        className={level > 0.9 ? 'band-95' : 'band-80'}
        d={shape([...start, ...edges]) ?? ''}
      />
    );
  });
}
