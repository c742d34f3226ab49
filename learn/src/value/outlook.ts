import type { Model } from '../estimator.js';
import { conform, type Frame } from '../frame.js';
import { expectedPurchases, pAlive, type BgNbd } from './bg-nbd.js';
import { customerOf, purchaseNumbers, type PurchaseReading } from './purchase-columns.js';

/** What BG/NBD thinks of a customer, whatever its model predicts. */
export interface Outlook {
  /** Chance that the customer has not left for good, from 0 to 1. */
  alive: number;
  /** Purchases expected within the horizon, by a customer like this. */
  purchases: number;
  horizonDays: number;
}

/** A model that stands on BG/NBD. */
export interface OutlookModel extends Model {
  /** Of one row of `x`; undefined when the row does not say when the customer bought. */
  outlook(x: Frame, row: number): Outlook | undefined;
}

export const hasOutlook = (model: Model): model is OutlookModel => 'outlook' in model;

export function outlookBy(
  purchases: BgNbd,
  { horizonDays, ...reading }: PurchaseReading & { horizonDays: number },
  schema: Parameters<typeof conform>[1],
): OutlookModel['outlook'] {
  return (x, row) => {
    const customer = customerOf(purchaseNumbers(conform(x, schema), row), reading);
    if (customer === undefined) return undefined;
    return {
      alive: pAlive(purchases, customer),
      purchases: expectedPurchases(purchases, customer, horizonDays),
      horizonDays,
    };
  };
}
