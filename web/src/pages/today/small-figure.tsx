import type { Today } from '@tino/system/contract';
import { Sparkline } from '../../charts/sparkline.js';
import { money } from '../../format.js';
import { openCases } from '../../frame/use-counts.js';
import { useLanguage } from '../../language.js';
import { useNarrow } from '../../use-narrow.js';
import { useModels } from '../../use-models.js';
import { Histogram } from './histogram.js';

/** A line with its forecast, a range with its middle, or how probabilities are spread. */
export function SmallFigure({ item }: { item: Today['items'][number] }) {
  const { kind, values, predicted } = item.figure;
  const worse = useModels().find(({ name }) => name === item.model)?.page.worse;
  const width = useNarrow() ? 118 : 190;
  if (kind === 'none' || values.length === 0) return <div className="small-figure" />;
  return (
    <div className="small-figure">
      {kind === 'line' && (
        <Sparkline values={values} predicted={predicted} width={width} height={32} />
      )}
      {kind === 'range' && <Range width={width} values={values} middle={predicted[0]} />}
      {kind === 'histogram' && (
        <Histogram
          width={width}
          counts={values}
          open={openCases(item)}
          from={worse === 'low' ? 'low' : 'high'}
        />
      )}
    </div>
  );
}

interface RangeProps {
  width: number;
  values: number[];
  middle: number | undefined;
}

/** From zero to the upper end of the interval: the band in its tint, the middle as a mark. */
function Range({ width, values, middle }: RangeProps) {
  const { language, t } = useLanguage();
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const x = (value: number) => 4 + ((width - 8) * (value - low)) / (high - low || 1);
  const from = Math.min(...values);
  const to = Math.max(...values);
  const ends = `${money(from, language)} ${t({ pt: 'a', en: 'to' })} ${money(to, language)}`;
  return (
    <svg className="small-svg" width={width} role="img" aria-label={ends}>
      <line x1={x(0)} x2={x(0)} y1="2" y2="20" stroke="var(--ink-3)" />
      <line x1="0" x2={width} y1="11" y2="11" stroke="var(--line)" />
      <rect x={x(from)} y="6" width={x(to) - x(from)} height="10" rx="2" fill="var(--band-80)" />
      {middle !== undefined && (
        <rect x={x(middle) - 1.5} y="3" width="3" height="16" fill="var(--predicted)" />
      )}
      <text x={x(to)} y="33" textAnchor="end">
        {ends}
      </text>
    </svg>
  );
}
