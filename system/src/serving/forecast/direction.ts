import { directionOf as directionFrom, type Direction } from '@tino/learn';
import type { Forecast } from '../../contract/forecasts.js';
import type { Words } from '../../contract/words.js';
import { lastKnown } from '../../training/tasks/forecast/rolling.js';
import type { Calibration } from './view.js';

/**
 * Up, flat or down at the end of the horizon against the last known value: called only when it is
 * likely enough and this series' own past calls beat chance. Null where no dead band is declared or
 * nothing is known.
 */
export function directionOf(
  node: { text: string; history: Float64Array; points: Float64Array },
  calibration: Calibration,
): Forecast['direction'] {
  const current = lastKnown(node.history);
  const step = node.points.length - 1;
  const learned = calibration.directions(step);
  if (learned === null || Number.isNaN(current)) return null;
  const point = node.points[step]!;
  const said = directionFrom(learned, calibration.histories(), node.text, { current, point });
  const { record } = said;
  return {
    probabilities: said.probabilities,
    called: said.called,
    reason: reasonOf(said),
    deadBand: learned.options.deadBand,
    record: { calls: record.calls, hits: record.hits, chance: record.naiveRate },
  };
}

function reasonOf({ reason, record, probabilities }: Direction): Words {
  const most = Math.round(100 * Math.max(...Object.values(probabilities)));
  const past = { pt: `${record.hits} de ${record.calls}`, en: `${record.hits} of ${record.calls}` };
  const chance = Math.round(100 * record.naiveRate);
  return {
    'likely and proven': {
      pt: `${most} chances em 100, e acertou ${past.pt} vezes`,
      en: `${most} chances in 100, and right ${past.en} times`,
    },
    'no way is likely enough': {
      pt: `nenhum lado passa de ${most} chances em 100`,
      en: `no way is above ${most} chances in 100`,
    },
    'past calls did not beat chance': {
      pt: `aponta, mas não tem acertado: ${past.pt}, e ao acaso seriam ${chance} em 100`,
      en: `it points, but has not been right: ${past.en}, chance would be ${chance} in 100`,
    },
    'no past calls': {
      pt: 'ainda não há acertos passados para confiar',
      en: 'there are no past calls to trust yet',
    },
  }[reason];
}
