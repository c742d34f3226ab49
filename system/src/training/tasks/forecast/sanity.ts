import type { Backtest } from '@tino/learn';
import type { ForecastDeclaration } from '../../../workspace/types.js';
import { check, type Evidence } from '../../evidence.js';
import { bandsOf } from './bands.js';

const COVERAGE_SLACK = 0.12;

/** Whether the intervals keep their promise on held-out windows. */
export function sanity(declaration: ForecastDeclaration, test: Backtest): Evidence['checks'] {
  const { coverageSlack = COVERAGE_SLACK } = declaration;
  return memberBands(declaration, test).coverage.map(({ level, measured }) => {
    const [said, found] = [level, measured].map((share) => Math.round(share * 100));
    return check(
      'coverage',
      measured >= level - coverageSlack,
      `a faixa de ${said}% conteve ${found}% dos valores`,
      `the ${said}% interval held ${found}% of the values`,
    );
  });
}

export const memberBands = ({ intervals, how, floor }: ForecastDeclaration, test: Backtest) =>
  bandsOf(test, { levels: intervals, multiplicative: how !== 'sum', floor });
