import { expectedPurchases, type BgNbd, type Purchases } from './bg-nbd.js';
import { expectedSpend, type GammaGamma } from './gamma-gamma.js';

/**
 * Money that a customer is expected to bring in the next `horizon`, in the unit of time of the
 * purchases: purchases × their value, undiscounted.
 * @param monetary mean value of its purchases so far; `NaN` or 0 when unknown
 */
export const customerValue = (
  models: { purchases: BgNbd; spend: GammaGamma },
  customer: Purchases & { monetary: number },
  horizon: number,
): number =>
  expectedPurchases(models.purchases, customer, horizon) *
  expectedSpend(models.spend, { frequency: customer.frequency + 1, monetary: customer.monetary });
