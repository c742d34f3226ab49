import type { ModelAnswer } from '@tino/system/contract';
import { useLocation, useSearch } from 'wouter';
import { useLanguage } from '../../language.js';
import type { Tab } from '../../parts/page-head.js';
import { columnLabel, wordsOf } from '../kinds/labels.js';

/** What the address asks for: `/m/:model/:level/:key`. */
export interface Place {
  level: string | undefined;
  key: string | undefined;
}

/** The second level is where most decide; the first sums too much. */
const levelFirst = ({ levels }: ModelAnswer) => levels[1] ?? levels[0];

export function usePlace(model: ModelAnswer): Place {
  const [path] = useLocation();
  const [level, key] = path
    .replace(new RegExp(`^/m/${model.name}/?`), '')
    .split('/')
    .map(decodeURIComponent);
  return { level: level || levelFirst(model), key: key || undefined };
}

/** A tab per level; the filters go along. */
export function useLevelTabs(model: ModelAnswer, level: string | undefined): Tab[] {
  const search = useSearch();
  const { language } = useLanguage();
  const query = search === '' ? '' : `?${search}`;
  return [...model.levels.slice(1), ...model.levels.slice(0, 1)].map((name) => ({
    href: `/m/${model.name}/${name}${query}`,
    label: levelLabel(model, name, language),
    current: name === level,
  }));
}

export function levelLabel(model: ModelAnswer, level: string, language: 'pt' | 'en'): string {
  const label = columnLabel(model, level, language);
  return label === '' ? wordsOf(level) : label;
}

/** A member's key as one text: `20`, or `store_id=20&product_id=101` where it has several parts. */
export function keyPath(key: Record<string, string>): string {
  const entries = Object.entries(key);
  return entries.length === 1 ? entries[0]![1] : new URLSearchParams(key).toString();
}

/** Back to the API's parameters: `key.store_id=20`. */
export function keyParams(model: ModelAnswer, { level, key }: Place): Record<string, string> {
  if (key === undefined) return {};
  if (!key.includes('=')) return { [`key.${keyName(model, level)}`]: key };
  const entries = [...new URLSearchParams(key)];
  return Object.fromEntries(entries.map(([name, value]) => [`key.${name}`, value]));
}

/** A level is named after its key column, with or without `_id`. */
const keyName = ({ key }: ModelAnswer, level = ''): string =>
  key.find((name) => name === `${level}_id`) ?? (level || key[0]!);
