interface IntervalBandProps {
  /** Scale shared by every row. */
  from: number;
  to: number;
  lower: number;
  upper: number;
  value: number;
  /** A thin rule for "equal", "mean"…. */
  mark?: number | null;
  /** What it says, for those who cannot see it. */
  label: string;
  width?: number;
}

/** A small band on one scale shared by the table; what leaves the scale is cut at its edge. */
export function IntervalBand(props: IntervalBandProps) {
  const { from, to, lower, upper, value, mark = null, label, width = 150 } = props;
  const height = 16;
  const at = (one: number) =>
    Math.min(width - 1, Math.max(1, ((one - from) / (to - from || 1)) * width));
  const [start, end] = [at(lower), at(upper)];
  return (
    <svg className="interval-band" width={width} height={height} role="img" aria-label={label}>
      {mark !== null && <line className="mark" x1={at(mark)} x2={at(mark)} y2={height} />}
      <rect className="band" x={start} width={Math.max(2, end - start)} y={4} height={8} rx={1} />
      <rect className="value" x={at(value) - 1.25} width={2.5} y={1.5} height={13} />
    </svg>
  );
}
