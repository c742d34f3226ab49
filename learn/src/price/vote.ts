import type { Rng } from '../random.js';

/**
 * Share of drawn beliefs that find each arm best, mixed with the same exploration for all: the
 * probabilities with which `drawArm` then draws, not an estimate of them.
 * @param drawBelief answers what one drawn belief expects of an arm
 */
export function voteArms(
  arms: number,
  { draws, exploration }: { draws: number; exploration: number },
  drawBelief: () => (arm: number) => number,
): Float64Array {
  if (arms === 0) throw new Error('there is no arm to choose from');
  if (!(exploration >= 0 && exploration <= 1))
    throw new RangeError(`exploration is ${exploration}, expected 0 to 1`);
  const votes = new Float64Array(arms);
  for (let draw = 0; draw < draws; draw++) {
    const valueOf = drawBelief();
    let best = 0;
    let most = -Infinity;
    for (let arm = 0; arm < arms; arm++) {
      const value = valueOf(arm);
      if (value > most) {
        most = value;
        best = arm;
      }
    }
    votes[best]!++;
  }
  return votes.map((count) => (1 - exploration) * (count / draws) + exploration / arms);
}

/** An index drawn with the given probabilities. */
export function drawArm(propensities: Float64Array, rng: Rng): number {
  let left = rng.next();
  for (let arm = 0; arm < propensities.length; arm++) {
    left -= propensities[arm]!;
    if (left < 0) return arm;
  }
  return propensities.findLastIndex((propensity) => propensity > 0);
}
