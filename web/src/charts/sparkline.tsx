import { line } from 'd3-shape';

interface SparklineProps {
  values: (number | null)[];
  predicted: number[];
  width?: number;
  height?: number;
}

/** A word-sized line: what was measured in ink, what is predicted in anil; said by its row. */
export function Sparkline({ values, predicted, width = 150, height = 22 }: SparklineProps) {
  const last = values.findLast((value) => value !== null) ?? null;
  const all = [...values, ...predicted].filter((value) => value !== null);
  if (all.length < 2) return null;
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const count = values.length + predicted.length;
  const x = (index: number) => 1 + ((width - 2) * index) / Math.max(1, count - 1);
  const y = (value: number) => height - 2 - ((height - 4) * (value - least)) / (most - least || 1);
  const draw = line<number | null>(
    (_, index) => x(index),
    (value) => y(value ?? 0),
  ).defined((value) => value !== null);
  const ahead = line<number>(
    (_, index) => x(values.length - (last === null ? 0 : 1) + index),
    (value) => y(value),
  );
  return (
    <svg className="sparkline" width={width} height={height} aria-hidden="true">
      <path className="measured" d={draw(values) ?? ''} />
      <path
        className="predicted-line"
        d={ahead(last === null ? predicted : [last, ...predicted]) ?? ''}
      />
    </svg>
  );
}
