import type { Forecast } from '@tino/system/contract';
import { share } from '../format.js';
import { useLanguage } from '../language.js';

interface DirectionBarProps {
  direction: NonNullable<Forecast['direction']>;
  worse: 'low' | 'high' | 'none';
  width?: number;
}

/** Chances of falling, staying and rising, as one bar; only a called side is full. */
export function DirectionBar({ direction, worse, width = 136 }: DirectionBarProps) {
  const { language, t } = useLanguage();
  const { down, flat, up } = direction.probabilities;
  const call = direction.called;
  const label = t({
    pt: `cai ${share(down, language)}, estável ${share(flat, language)}, sobe ${share(up, language)}`,
    en: `falls ${share(down, language)}, flat ${share(flat, language)}, rises ${share(up, language)}`,
  });
  const parts = [
    { side: 'down', chance: down, tone: toneOf('down', worse) },
    { side: 'flat', chance: flat, tone: 'neutral' },
    { side: 'up', chance: up, tone: toneOf('up', worse) },
  ];
  let start = 0;
  return (
    <svg className="direction-bar" width={width} height={14} role="img" aria-label={label}>
      {parts.map(({ side, chance, tone }) => {
        const x = start;
        start += chance * width;
        return (
          <rect
            key={side}
            className={call === side ? `${tone} called` : tone}
            x={x}
            width={Math.max(0, chance * width - 1)}
            height={14}
          />
        );
      })}
    </svg>
  );
}

/** Colour by effect: what costs is bad, what saves is good. */
export function toneOf(side: 'up' | 'down', worse: 'low' | 'high' | 'none') {
  if (worse === 'none') return 'neutral-strong';
  return (side === 'up') === (worse === 'high') ? 'bad' : 'good';
}
