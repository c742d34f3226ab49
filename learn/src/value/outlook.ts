import type { Model } from '../estimator.js';
import type { Frame } from '../frame.js';
import { expectedPurchases, pAlive, type BgNbd, type Purchases } from './bg-nbd.js';

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

export const outlookOf = (model: BgNbd, customer: Purchases, horizonDays: number): Outlook => ({
  alive: pAlive(model, customer),
  purchases: expectedPurchases(model, customer, horizonDays),
  horizonDays,
});
