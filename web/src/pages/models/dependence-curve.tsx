import type { VersionAnswer } from '@tino/system/contract';
import { line } from 'd3-shape';

type Points = VersionAnswer['dependence'][number]['points'];

const WIDTH = 120;
const HEIGHT = 28;

/** Numbers as a curve over their values, levels and flags as dots side by side; its row says the ends. */
export function DependenceCurve({ points, flag }: { points: Points; flag: boolean }) {
  if (points.length < 2) return <span />;
  const numbers = !flag && points.every(({ value }) => typeof value === 'number');
  const at = points.map(({ value }, index) => (numbers ? Number(value) : index));
  const said = points.map(({ predicted }) => predicted);
  const [left, right] = [Math.min(...at), Math.max(...at)];
  const [least, most] = [Math.min(...said), Math.max(...said)];
  const x = (index: number) => 3 + ((WIDTH - 6) * (at[index]! - left)) / (right - left || 1);
  const y = (index: number) =>
    HEIGHT - 3 - ((HEIGHT - 6) * (said[index]! - least)) / (most - least || 1);
  const draw = line<number>(
    (_, index) => x(index),
    (_, index) => y(index),
  );
  return (
    <svg className="dependence" width={WIDTH} height={HEIGHT} aria-hidden="true">
      {numbers ? (
        <path d={draw(at) ?? ''} />
      ) : (
        points.map(({ value }, index) => <circle key={value} cx={x(index)} cy={y(index)} r={2.4} />)
      )}
    </svg>
  );
}
