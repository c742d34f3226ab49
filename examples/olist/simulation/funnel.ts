import type { Rng } from '@tino/learn';
import { chance, exponential, hexKey, pick, pickWeighted } from '../../chance.js';
import { dateText, timeText } from '../../dates.js';
import type { Cell } from '../../simulator.js';
import { categoryNames, segments } from './products.js';
import type { Seller } from './sellers.js';

export const leadColumns = ['mql_id', 'first_contact_date', 'landing_page_id', 'origin'];
export const dealColumns = (
  'mql_id seller_id sdr_id sr_id won_date business_segment lead_type ' +
  'lead_behaviour_profile has_company has_gtin average_stock business_type ' +
  'declared_product_catalog_size declared_monthly_revenue'
).split(' ');

const origins: [name: string | null, weight: number][] = [
  ['organic_search', 23],
  ['paid_search', 16],
  ['social', 13],
  ['unknown', 11],
  ['direct_traffic', 5],
  ['email', 5],
  ['referral', 3],
  ['other', 1.5],
  ['display', 1.2],
  ['other_publicities', 0.6],
  [null, 0.6],
];

/** What each attribute adds to the log-odds that a signed seller sells within 90 days. */
export const activation = {
  base: -0.9,
  lead_type: {
    online_medium: 0.3,
    online_big: 0.9,
    industry: -0.6,
    offline: -1.2,
    online_small: 0.2,
    online_beginner: -0.8,
    online_top: 1.3,
  } as Record<string, number>,
  origin: {
    organic_search: 0.4,
    paid_search: 0.3,
    social: -0.6,
    unknown: 0,
    direct_traffic: 0.2,
    email: -0.3,
    referral: 0.7,
  } as Record<string, number>,
  lead_behaviour_profile: { cat: 0.3, eagle: 0.1, wolf: -0.2, shark: 0.4 } as Record<
    string,
    number
  >,
  /** Home, health and pet lines start sooner. */
  quickSegments: ['health_beauty', 'home_decor', 'household_utilities', 'pet'],
  quick: 0.7,
  manufacturer: -0.4,
};
const leadTypes: [string, number][] = [
  ['online_medium', 33],
  ['online_big', 13],
  ['industry', 12],
  ['offline', 10],
  ['online_small', 8],
  ['online_beginner', 6],
  ['online_top', 2],
];
const profiles: [string | null, number][] = [
  ['cat', 41],
  ['eagle', 12],
  ['wolf', 10],
  ['shark', 2],
  [null, 18],
];

export interface Deal {
  won: number;
  activates: boolean;
  /** Days from the signature to the first sale, when there is one. */
  waitDays: number;
  lead: Cell[];
  row: (sellerId: string) => Cell[];
}

export function lead(day: number, rng: Rng): Cell[] {
  return [
    hexKey(rng),
    dateText(day),
    `${rng.below(12)}`.padStart(32, 'a'),
    pickWeighted(origins, rng),
  ];
}

/** A lead that signed; `category` is what it will sell if it ever does. */
export function makeDeal(contact: number, seller: Seller | null, rng: Rng): Deal {
  const from = lead(contact, rng);
  const origin = from[3];
  const leadType = pickWeighted(leadTypes, rng);
  const profile = pickWeighted(profiles, rng);
  const category = seller?.products[0]?.category ?? pick(categoryNames, rng);
  const segment = segments[category]!;
  const business = chance(leadType === 'industry' ? 0.8 : 0.2, rng) ? 'manufacturer' : 'reseller';
  const logOdds =
    activation.base +
    activation.lead_type[leadType]! +
    (origin ? (activation.origin[origin] ?? 0) : 0) +
    (profile ? activation.lead_behaviour_profile[profile]! : 0) +
    (activation.quickSegments.includes(segment) ? activation.quick : 0) +
    (business === 'manufacturer' ? activation.manufacturer : 0);
  const won = contact + 2 + exponential(25, rng);
  const known = chance(0.08, rng);
  const revenue = known && leadType !== 'offline' ? 5000 * (1 + rng.below(30)) : 0;
  const details = [
    known ? 'True' : null,
    known ? pick(['True', 'False'], rng) : null,
    known ? pick(['1-5', '5-20', '20-50', '50-200', '200+'], rng) : null,
  ];
  const [sdr, sr] = [`${rng.below(9)}`.padStart(32, 'b'), `${rng.below(7)}`.padStart(32, 'c')];
  return {
    won,
    activates: chance(1 / (1 + Math.exp(-logOdds)), rng),
    waitDays: Math.min(85, 3 + exponential(25, rng)),
    lead: from,
    row: (sellerId) => [
      from[0]!,
      sellerId,
      sdr,
      sr,
      timeText(won),
      segment,
      leadType,
      profile,
      ...details,
      business,
      known ? `${10 * (1 + rng.below(40))}.0` : null,
      `${revenue}.0`,
    ],
  };
}
