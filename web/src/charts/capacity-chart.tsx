import type { Language, ScoresAnswer } from '@tino/system/contract';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useRef, type PointerEvent } from 'react';
import { share } from '../format.js';
import { useLanguage } from '../language.js';
import { BottomAxis, ValueAxis } from './axes.js';
import { capturedAt } from './captured-at.js';
import type { ChartTable } from './chart-table.js';
import { Plot, type Area } from './plot.js';

type Capacity = ScoresAnswer['capacity'];

interface CapacityChartProps {
  capacity: Capacity;
  /** Share contacted, 0 to 1. */
  contacted: number;
  onChange(contacted: number): void;
  /** What the rule says beside its mark. */
  says: string;
}

/** Captured share by share contacted, against chance; the rule is dragged or moved by ←/→. */
export function CapacityChart({ capacity, contacted, onChange, says }: CapacityChartProps) {
  const { t } = useLanguage();
  return (
    <Plot
      height={230}
      margin={{ top: 12, right: 12, bottom: 28, left: 44 }}
      label={t({ pt: `parcela alcançada: ${says}`, en: `captured share: ${says}` })}
    >
      {(area) => (
        <Drawing
          area={area}
          capacity={[{ contacted: 0, captured: 0 }, ...capacity]}
          contacted={contacted}
          onChange={onChange}
          says={says}
        />
      )}
    </Plot>
  );
}

function Drawing({
  area,
  capacity,
  contacted,
  onChange,
  says,
}: CapacityChartProps & { area: Area }) {
  const { language, t } = useLanguage();
  const x = scaleLinear([0, 1], [area.left, area.right]);
  const y = scaleLinear([0, 1], [area.bottom, area.top]);
  const curve = line<Capacity[number]>(
    (point) => x(point.contacted),
    ({ captured }) => y(captured),
  );
  const quarters = [0, 0.25, 0.5, 0.75, 1];
  const per = (value: number) => (value === 0 ? '0%' : share(value, language));
  return (
    <g className="capacity">
      <rect
        className="chosen"
        x={area.left}
        y={area.top}
        width={x(contacted) - area.left}
        height={area.bottom - area.top}
      />
      <ValueAxis area={area} ticks={quarters} y={y} write={per} />
      <BottomAxis
        area={area}
        marks={false}
        ticks={quarters.map((tick) => ({ at: x(tick), text: per(tick) }))}
      />
      <line className="chance" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
      <text className="chance-label" x={x(0.82)} y={y(0.66)} textAnchor="middle">
        {t({ pt: 'ao acaso', en: 'by chance' })}
      </text>
      <path className="predicted-line" d={curve(capacity) ?? ''} />
      <Rule area={area} capacity={capacity} contacted={contacted} onChange={onChange} says={says} />
    </g>
  );
}

/** The draggable rule: a slider to assistive technology. */
function Rule({ area, capacity, contacted, onChange, says }: CapacityChartProps & { area: Area }) {
  const { t } = useLanguage();
  const dragging = useRef(false);
  const captured = capturedAt(capacity, contacted);
  const x = area.left + contacted * (area.right - area.left);
  const y = area.bottom - captured * (area.bottom - area.top);
  const follow = (event: PointerEvent<SVGRectElement>) => {
    const box = event.currentTarget.ownerSVGElement!.getBoundingClientRect();
    const at = (event.clientX - box.left - area.left) / (area.right - area.left);
    onChange(Math.min(1, Math.max(0.01, at)));
  };
  const left = x > (area.left + area.right) / 2;
  return (
    <g
      className="rule"
      tabIndex={0}
      role="slider"
      aria-label={t({ pt: 'parcela a contatar', en: 'share to contact' })}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(contacted * 100)}
      aria-valuetext={says}
      onKeyDown={(event) => {
        const step = { ArrowLeft: -0.01, ArrowRight: 0.01 }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        onChange(Math.min(1, Math.max(0.01, contacted + step)));
      }}
    >
      <rect
        className="rule-field"
        x={area.left}
        y={area.top}
        width={area.right - area.left}
        height={area.bottom - area.top}
        onPointerDown={(event) => {
          dragging.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          follow(event);
        }}
        onPointerMove={(event) => dragging.current && follow(event)}
        onPointerUp={() => (dragging.current = false)}
      />
      <line className="rule-line" x1={x} x2={x} y1={area.top} y2={area.bottom} />
      <line className="rule-captured" x1={area.left} x2={x} y1={y} y2={y} />
      <circle cx={x} cy={y} r={5} />
      <text
        x={left ? x - 10 : x + 10}
        y={Math.min(y + 24, area.bottom - 8)}
        textAnchor={left ? 'end' : 'start'}
      >
        {says}
      </text>
    </g>
  );
}

/** Contacted and captured, as measured on held-out folds. */
export function tableOfCapacity(capacity: Capacity, language: Language): ChartTable {
  return {
    columns: language === 'pt' ? ['Contatados', 'Alcançados'] : ['Contacted', 'Captured'],
    rows: capacity.map(({ contacted, captured }) => [
      share(contacted, language),
      share(captured, language),
    ]),
  };
}
