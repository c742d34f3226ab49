import type { House } from '../ports/house.js';
import { championOf } from '../registry/promotions.js';
import { openDesk } from './price/desk.js';

/**
 * Reads what the first question about prices would have to wait for: the items, and what their materials
 * are foretold to cost. In the background of a server that answers already.
 */
export async function warmPrices(house: House): Promise<void> {
  for (const { name, declaration } of Object.values(house.workspace.models)) {
    if (declaration.task !== 'price') continue;
    try {
      if ((await championOf(house, name)) !== undefined) await openDesk(house, name);
    } catch (error) {
      // The question itself will say it to whoever asks.
      const message = error instanceof Error ? error.message : String(error);
      house.log.warn('prices could not be read ahead', { model: name, message });
    }
  }
}
