import { productCosts, type RecipeLine } from '@tino/learn';
import type { House } from '../../ports/house.js';
import { readAsOf } from '../../features/read-as-of.js';
import { championOf } from '../../registry/promotions.js';
import { columnOf, keyText, keyValue, numbersOf } from '../../training/tasks/forecast/keys.js';
import type { Item } from '../../training/tasks/price/data.js';
import type { LoadedModel, PriceDeclaration } from '../../workspace/types.js';
import { openView } from '../forecast/version.js';
import type { View } from '../forecast/view.js';

/**
 * Items at what they will cost over the next cycle, where materials that are foretold to rise make that
 * more than today: the floor stands on it before the invoice comes. A material that falls lowers nothing
 * until it is bought; one without a forecast is taken to stay.
 */
export async function withForetoldCosts(
  house: House,
  model: LoadedModel,
  items: readonly Item[],
  cutoff: string,
): Promise<Item[]> {
  const { materials, cycle, key } = model.declaration as PriceDeclaration;
  if (materials === undefined) return [...items];
  if ((await championOf(house, materials.model)) === undefined) {
    house.log.warn('no forecast of materials yet: floors stand on the costs of today', {
      model: model.name,
      materials: materials.model,
    });
    return [...items];
  }
  const { view } = await openView({ house }, materials.model);
  const prices = foretold(view, cycle.days);
  const lines = (
    await readRecipes(house, model, { file: materials.recipes, key, cutoff, view })
  ).filter(({ material }) => prices.has(material));
  const costs = (which: 'now' | 'soon') =>
    new Map(
      productCosts(
        lines,
        new Map(
          [...prices].map(([text, own]) => [
            text,
            { price: own[which], lower: own[which], upper: own[which] },
          ]),
        ),
      ).map(({ product, cost }) => [product, cost]),
    );
  const [now, soon] = [costs('now'), costs('soon')];
  return items.map((item) => {
    const rise = (soon.get(item.text) ?? 0) - (now.get(item.text) ?? 0);
    return rise > 0 ? { ...item, cost: item.cost + rise, costToday: item.cost } : item;
  });
}

const STEP_DAYS = { hour: 1 / 24, day: 1, week: 7, month: 30, quarter: 91, year: 365 } as const;

/** Last known price of each member of a family, and the mean of those over the next days. */
function foretold(
  { data: { set }, declaration, horizon, values }: View,
  days: number,
): Map<string, { now: number; soon: number }> {
  const steps = Math.min(horizon, Math.max(1, Math.ceil(days / STEP_DAYS[declaration.step])));
  const prices = new Map<string, { now: number; soon: number }>();
  set.keys.forEach((text, member) => {
    const own = set.values.subarray(set.offsets[member]!, set.offsets[member + 1]!);
    const now = own.findLast((value) => !Number.isNaN(value));
    const next = values.subarray(member * horizon, member * horizon + steps);
    const soon = next.reduce((sum, value) => sum + value, 0) / steps;
    if (now !== undefined && now >= 0 && soon >= 0) prices.set(text, { now, soon });
  });
  return prices;
}

/** Lines of the recipes SQL; the member of the family by its key columns, each named `material_…`. */
async function readRecipes(
  house: House,
  model: LoadedModel,
  { file, key, cutoff, view }: { file: string; key: readonly string[]; cutoff: string; view: View },
): Promise<RecipeLine[]> {
  const allowPersonal = model.declaration.allowPersonal ?? [];
  const batch = await readAsOf(house, model.part, file, model.sql[file]!, cutoff, {
    allowPersonal,
  });
  const names = view.declaration.key;
  const textAt = (columns: readonly string[], prefix: string) => {
    const found = columns.map((name) => columnOf(batch, `${prefix}${name}`, file));
    return (row: number) =>
      keyText(
        columns,
        Object.fromEntries(columns.map((name, i) => [name, keyValue(found[i]!, row)])),
      );
  };
  const productAt = textAt(key, '');
  const materialAt = textAt(names, 'material_');
  const quantity = numbersOf(batch, 'quantity', file);
  const kept = batch.columns.some(({ name }) => name === 'yield')
    ? numbersOf(batch, 'yield', file)
    : undefined;
  return Array.from({ length: batch.rows }, (_, row) => ({
    product: productAt(row),
    material: materialAt(row),
    quantity: quantity[row]!,
    ...(kept && { yield: kept[row]! }),
  }));
}
