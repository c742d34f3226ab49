import type { Words } from '../contract/words.js';
import { check, type Check } from './evidence.js';
import type { Cut } from './segment-kinds.js';

/** What `chooseK` asks of groups that come back. */
export const STABLE = 0.7;
/** Share of the rows that rules put in a group: the metric of groups that nobody sought. */
export const PLACED = 'placed';
const STABILITY_MIN = 0.5;
const PLACED_MIN = 0.8;

/** What has to hold before the groups serve in the place of others. */
export function checkOf({ kind, stability, noise }: Cut): Check {
  if (kind !== 'rfm')
    return check(
      'stability',
      stability >= STABILITY_MIN,
      `em reamostras os grupos voltam com acordo de ${stability.toFixed(2).replace('.', ',')}`,
      `on resamples the groups come back with agreement ${stability.toFixed(2)}`,
    );
  const share = Math.round(100 * (1 - noise));
  return check(
    'placed',
    1 - noise >= PLACED_MIN,
    `os pontos de corte dizem o grupo de ${share} em cada 100`,
    `the cut points tell the group of ${share} of each 100`,
  );
}

/** How far the groups can be trusted. */
export function qualityOf({ kind, stability, noise }: Cut): Words {
  if (kind === 'rfm') {
    const told = Math.round(100 * (1 - noise));
    return {
      pt: `regras declaradas: dizem o grupo de ${told} em cada 100`,
      en: `declared rules: they tell the group of ${told} of each 100`,
    };
  }
  const again = Math.round(stability * 100);
  return {
    pt: `grupos que se repetem: acordo de ${again} em 100 ao refazer com outra amostra`,
    en: `groups that come back: agreement of ${again} in 100 when made again on another sample`,
  };
}

/** Why these groups and not others. */
export function reasonOf({ kind, k, noise }: Cut, reason: string): Words {
  if (kind === 'rfm')
    return {
      pt: `${k} grupos por pontos de corte de recência, frequência e valor`,
      en: `${k} groups by cut points of recency, frequency and money`,
    };
  if (kind !== 'hdbscan')
    return {
      pt: `${k} grupos: a divisão mais nítida entre as que se repetem em reamostras`,
      en: kind === 'kMeans' ? reason : `${k} groups: the clearest of those that come back`,
    };
  const nobody = Math.round(100 * noise);
  return {
    pt: `${k} lugares densos com vazio entre eles, de qualquer forma; ${nobody}% não estão em nenhum`,
    en: `${k} dense places of any shape with emptiness between; ${nobody}% lie in none`,
  };
}

export const reasonOfCut = ({ k, stability }: Cut): Words =>
  stability >= STABLE
    ? {
        pt: `${k} grupos: um recorte útil que se repete; não há fronteira nítida entre eles`,
        en: `${k} groups: a useful cut that comes back; no sharp border lies between them`,
      }
    : {
        pt: `${k} grupos: um recorte que nem sempre se repete; não há fronteira entre eles`,
        en: `${k} groups: a cut that does not always come back; no border lies between them`,
      };
