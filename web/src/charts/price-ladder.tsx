import type { Language, Suggestion } from '@tino/system/contract';
import { scaleLinear } from 'd3-scale';
import { money } from '../format.js';
import { useLanguage } from '../language.js';
import type { ChartTable } from './chart-table.js';
import { Plot, type Area } from './plot.js';

type Rung = { key: string; words: { pt: string; en: string }; price: number; below: boolean };

/** One axis: cost, floor (forbidden below), today, allowed step, free optimum, highest seen. */
export function PriceLadder({ suggestion }: { suggestion: Suggestion }) {
  const { language } = useLanguage();
  const label = rungsOf(suggestion)
    .map(({ words, price }) => `${words[language]} ${priceOf(price, language)}`)
    .join(', ');
  // Three names under the axis need a second line.
  const bottom = rungsOf(suggestion).filter(({ below }) => below).length > 2 ? 86 : 56;
  return (
    <Plot height={76 + bottom} margin={{ top: 62, right: 8, bottom, left: 8 }} label={label}>
      {(area) => <Ladder area={area} suggestion={suggestion} />}
    </Plot>
  );
}

function Ladder({ area, suggestion }: { area: Area; suggestion: Suggestion }) {
  const rungs = rungsOf(suggestion);
  const { floor, allowed } = suggestion;
  const prices = [...rungs.map(({ price }) => price), allowed.low, allowed.high];
  const [least, most] = [Math.min(...prices), Math.max(...prices)];
  const air = (most - least || 1) * 0.06;
  const x = scaleLinear([least - air, most + air], [area.left, area.right]);
  const inside = (price: number) => Math.max(area.left, Math.min(area.right, x(price)));
  return (
    <g className="ladder">
      <rect
        className="track"
        x={area.left}
        y={area.top}
        width={area.right - area.left}
        height={14}
      />
      <rect
        className="forbidden"
        x={area.left}
        y={area.top}
        width={inside(floor) - area.left}
        height={14}
      />
      <rect
        className="allowed"
        x={inside(allowed.low)}
        y={area.top}
        width={inside(allowed.high) - inside(allowed.low)}
        height={14}
      />
      <Labels area={area} x={x} rungs={rungs.filter(({ below }) => !below)} />
      <Labels area={area} x={x} rungs={rungs.filter(({ below }) => below)} />
    </g>
  );
}

interface LabelsProps {
  area: Area;
  x: (price: number) => number;
  rungs: Rung[];
}

const LABEL_PX = 76;

/** Names and prices at the marks; a neighbour that would overlap moves to a second line. */
function Labels({ area, x, rungs }: LabelsProps) {
  const { language } = useLanguage();
  const taken = [-Infinity, -Infinity];
  return rungs
    .toSorted((a, b) => a.price - b.price)
    .map(({ key, words, price, below }) => {
      const at = x(price);
      const center = Math.min(Math.max(at, area.left + 30), area.right - 34);
      const above = center - taken[0]!;
      const line = center - taken[0]! >= LABEL_PX || center - taken[1]! < LABEL_PX ? 0 : 1;
      taken[line] = center;
      const [from, to] = below ? [area.top + 4, area.top + 22] : [area.top - 6, area.top + 14];
      const y = below ? area.top + 36 + line * 30 : area.top - 24 - line * 28;
      return (
        <g key={key} className={`rung rung-${key}`}>
          <line
            x1={at}
            x2={at}
            y1={below ? from : line === 1 && above > 34 ? from - 26 : from}
            y2={to}
          />
          <text x={center} y={y} textAnchor="middle">
            {words[language]}
          </text>
          <text className="rung-price" x={center} y={y + 14} textAnchor="middle">
            {key === 'suggestion' ? '~' : ''}
            {priceOf(price, language)}
          </text>
        </g>
      );
    });
}

function rungsOf({
  cost,
  costSoon,
  floor,
  optimum,
  current,
  highestSeen,
  price,
  competitor,
}: Suggestion): Rung[] {
  return [
    { key: 'cost', words: { pt: 'custo', en: 'cost' }, price: cost, below: true },
    {
      key: 'cost-soon',
      words: { pt: 'custo previsto', en: 'cost foretold' },
      price: costSoon ?? null,
      below: true,
    },
    { key: 'floor', words: { pt: 'piso', en: 'floor' }, price: floor, below: false },
    {
      key: 'optimum',
      words: { pt: 'ótimo livre', en: 'free optimum' },
      price: optimum,
      below: false,
    },
    { key: 'today', words: { pt: 'hoje', en: 'today' }, price: current, below: false },
    {
      key: 'highest',
      words: { pt: 'maior já visto', en: 'highest seen' },
      price: highestSeen,
      below: false,
    },
    {
      key: 'competitor',
      words: { pt: 'concorrente', en: 'competitor' },
      price: competitor ?? null,
      below: true,
    },
    { key: 'suggestion', words: { pt: 'sugestão', en: 'suggestion' }, price, below: true },
  ].filter((rung): rung is Rung => rung.price !== null);
}

/** A price without its currency, whose sign the panel says once. */
export const priceOf = (price: number, language: Language): string =>
  money(price, language, { compact: false }).replace(/^\D+/, '');

/** The rungs from the lowest to the highest. */
export function tableOfLadder(suggestion: Suggestion, language: Language): ChartTable {
  return {
    columns: language === 'pt' ? ['Degrau', 'Preço'] : ['Rung', 'Price'],
    rows: rungsOf(suggestion)
      .toSorted((a, b) => a.price - b.price)
      .map(({ words, price }) => [words[language], priceOf(price, language)]),
  };
}
