import type { Job, Words } from '@tino/system/contract';

const VERBS: Record<string, Words> = {
  train: { pt: 'treinar', en: 'train' },
  score: { pt: 'prever', en: 'score' },
  build: { pt: 'construir', en: 'build' },
  check: { pt: 'conferir', en: 'check' },
};

export const STATES: Record<Job['state'], { words: Words; look: string }> = {
  queued: { words: { pt: 'na fila', en: 'queued' }, look: '' },
  running: { words: { pt: 'corre', en: 'running' }, look: '' },
  done: { words: { pt: 'terminou', en: 'done' }, look: 'chip-gain' },
  failed: { words: { pt: 'parou', en: 'failed' }, look: 'chip-attention' },
  cancelled: { words: { pt: 'cancelada', en: 'cancelled' }, look: 'chip-caution' },
};

/** A verb in the asked language; one that is not known keeps its name. */
export const verbWords = (verb: string, t: (words: Words) => string): string =>
  VERBS[verb] ? t(VERBS[verb]) : verb;

/** What a verb works on: its model, its view, or everything. */
export function subjectOf({ args }: Pick<Job, 'args'>, t: (words: Words) => string): string {
  const named = args['model'] ?? args['view'];
  const key = args['key'];
  const whom = key && typeof key === 'object' ? ` ${Object.values(key).join(', ')}` : '';
  return typeof named === 'string' ? `${named}${whom}` : t({ pt: 'tudo', en: 'everything' });
}

export const jobTitle = (job: Pick<Job, 'verb' | 'args'>, t: (words: Words) => string): string =>
  `${verbWords(job.verb, t)} ${subjectOf(job, t)}`;

/** What the gate did with a training. */
const ENDS: Record<string, Words> = {
  promoted: { pt: 'promovida', en: 'promoted' },
  held: { pt: 'em espera', en: 'held' },
  rejected: { pt: 'rejeitada', en: 'rejected' },
  unchanged: { pt: 'nada mudou', en: 'nothing changed' },
};
/** Facts of a result that people read, by the name that the verb gives them. */
const FACTS: Record<string, Words> = {
  rows: { pt: 'linhas', en: 'rows' },
  sources: { pt: 'fontes', en: 'sources' },
  partitions: { pt: 'partições novas', en: 'new partitions' },
};

/** The failure in words, or the plain facts of what was done. */
export function outcomeOf({ error, result, message }: Job, t: (words: Words) => string): string {
  if (isFailure(error)) return [error.message, error.next].filter(Boolean).join('; ');
  if (result !== null && typeof result === 'object') {
    const facts = Object.entries(result).flatMap(([name, value]) => factOf(name, value, t));
    if (facts.length > 0) return facts.join(' · ');
  }
  return message ? t(message) : '—';
}

const isFailure = (error: unknown): error is { message: string; next?: string } =>
  typeof error === 'object' && error !== null && 'message' in error;

function factOf(name: string, value: unknown, t: (words: Words) => string): string[] {
  if (name === 'version' && typeof value === 'number') return [`v${value}`];
  if (name === 'state' && typeof value === 'string' && ENDS[value]) return [t(ENDS[value])];
  const words = FACTS[name];
  if (words === undefined) return [];
  const count = Array.isArray(value) ? value.length : value;
  return typeof count === 'number' ? [`${count} ${t(words)}`] : [];
}
