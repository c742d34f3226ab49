import { share } from '../../format.js';
import { useLanguage } from '../../language.js';

const BASE = 26;

interface HistogramProps {
  width: number;
  /** Cases by equal steps of probability, from 0 to 1. */
  counts: number[];
  /** How many cases ask for a decision, and from which end they are counted. */
  open: number;
  from: 'low' | 'high';
}

/** How probabilities are spread; the cases that ask for a decision in anil, with where they begin. */
export function Histogram({ width, counts, open, from }: HistogramProps) {
  const { language, t } = useLanguage();
  const most = Math.max(...counts, 1);
  const step = width / counts.length;
  const chosen = chosenBins(counts, open, from);
  const edge = from === 'high' ? counts.length - chosen : chosen;
  const isChosen = (at: number) => (from === 'high' ? at >= edge : at < edge);
  // Square root: the many that are safe would hide the few that matter.
  const height = (count: number) => (22 * Math.sqrt(count)) / Math.sqrt(most);
  const x = (width * edge) / counts.length;
  const says = t({
    pt: `${open} casos além de ${share(edge / counts.length, language)}`,
    en: `${open} cases beyond ${share(edge / counts.length, language)}`,
  });
  return (
    <svg className="small-svg" width={width} role="img" aria-label={says}>
      {counts.map((count, at) => (
        <rect
          key={at}
          x={at * step + 0.75}
          y={BASE - height(count)}
          width={step - 1.5}
          height={height(count)}
          fill={isChosen(at) ? 'var(--predicted)' : 'var(--category-rest)'}
        />
      ))}
      <line x1="0" x2={width} y1={BASE} y2={BASE} stroke="var(--line-strong)" />
      <line x1={x} x2={x} y1="2" y2={BASE} stroke="var(--ink-2)" />
      {x > 30 && (
        <text x="0" y="37">
          {share(0, language)}
        </text>
      )}
      <text x={x} y="37" textAnchor={x < 12 ? 'start' : x > width - 12 ? 'end' : 'middle'}>
        {share(edge / counts.length, language)}
      </text>
      {x < width - 44 && (
        <text x={width} y="37" textAnchor="end">
          {share(1, language)}
        </text>
      )}
    </svg>
  );
}

/** How many steps from that end hold the open cases. */
function chosenBins(counts: number[], open: number, from: 'low' | 'high'): number {
  const ordered = from === 'high' ? counts.toReversed() : counts;
  let sum = 0;
  const last = ordered.findIndex((count) => (sum += count) >= open);
  return last === -1 ? counts.length : last + 1;
}
