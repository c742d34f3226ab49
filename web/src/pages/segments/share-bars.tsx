import { share } from '../../format.js';
import { useLanguage } from '../../language.js';

interface ShareBarsProps {
  /** Of all members, 0..1. */
  base: number;
  moneyShare: number | null;
  order: number;
  /** The longest share on screen, on which all bars are drawn. */
  most: number;
}

const WIDTH = innerWidth <= 720 ? 72 : 140;

/** Share of the base, pale, over share of the money, full, on one scale. */
export function ShareBars({ base, moneyShare, order, most }: ShareBarsProps) {
  const { language, t } = useLanguage();
  const long = (value: number) => Math.max(2, (value / (most || 1)) * WIDTH);
  const label = t({
    pt: `${share(base, language)} da base${moneyShare === null ? '' : `, ${share(moneyShare, language)} do valor`}`,
    en: `${share(base, language)} of the base${moneyShare === null ? '' : `, ${share(moneyShare, language)} of the value`}`,
  });
  return (
    <svg className="share-bars" width={WIDTH + 44} height={30} role="img" aria-label={label}>
      <rect className={`category-${order + 1} pale`} y={2} width={long(base)} height={9} />
      <text x={long(base) + 5} y={10}>
        {share(base, language)}
      </text>
      {moneyShare !== null && (
        <>
          <rect className={`category-${order + 1}`} y={16} width={long(moneyShare)} height={9} />
          <text className="full" x={long(moneyShare) + 5} y={24}>
            {share(moneyShare, language)}
          </text>
        </>
      )}
    </svg>
  );
}
