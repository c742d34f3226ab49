import type { Forecast, Words } from '@tino/system/contract';

export type VerdictKind = 'up' | 'down' | 'flat' | 'unproven' | 'none' | 'young';

export interface Verdict {
  kind: VerdictKind;
  members: Forecast[];
}

/** A side that reaches this chance points somewhere, whether or not its past calls earn trust. */
const POINTS_FROM = 0.55;

const ORDER: VerdictKind[] = ['up', 'down', 'flat', 'unproven', 'none', 'young'];

export const VERDICT_WORDS: Record<VerdictKind, { name: Words; note: Words }> = {
  up: {
    name: { pt: '↑ Deve subir', en: '↑ Likely up' },
    note: { pt: 'a chance e os acertos passados sustentam', en: 'chance and past hits support it' },
  },
  down: {
    name: { pt: '↓ Deve cair', en: '↓ Likely down' },
    note: { pt: 'a chance e os acertos passados sustentam', en: 'chance and past hits support it' },
  },
  flat: {
    name: { pt: '→ Deve ficar estável', en: '→ Likely flat' },
    note: { pt: 'a chance e os acertos passados sustentam', en: 'chance and past hits support it' },
  },
  unproven: {
    name: { pt: 'Aponta, mas não tem acertado', en: 'Points, but has not been right' },
    note: { pt: 'os acertos passados não vencem o acaso', en: 'past hits do not beat chance' },
  },
  none: {
    name: { pt: 'Sem sinal claro', en: 'No clear signal' },
    note: { pt: 'nenhum lado passa de 55%', en: 'no side reaches 55%' },
  },
  young: {
    name: { pt: 'Ainda sem história', en: 'No history yet' },
    note: { pt: 'responde pelos parecidos', en: 'answers by similar ones' },
  },
};

/** Members by what may be said of them, the strongest chance first in each group. */
export function verdictsOf(members: readonly Forecast[]): Verdict[] {
  return ORDER.map((kind) => ({
    kind,
    members: members
      .filter((member) => kindOf(member) === kind)
      .toSorted((a, b) => strongest(b) - strongest(a)),
  })).filter((verdict) => verdict.members.length > 0);
}

function kindOf({ direction }: Forecast): VerdictKind {
  if (direction === null) return 'young';
  if (direction.called !== null) return direction.called;
  return Math.max(...Object.values(direction.probabilities)) >= POINTS_FROM ? 'unproven' : 'none';
}

const strongest = ({ direction }: Forecast) =>
  direction === null ? 0 : Math.max(...Object.values(direction.probabilities));

/** The side that an uncalled direction points to. */
export function leaning({ direction }: Forecast): 'up' | 'flat' | 'down' | null {
  if (direction === null) return null;
  const { up, flat, down } = direction.probabilities;
  if (Math.max(up, flat, down) < POINTS_FROM) return null;
  if (up >= flat && up >= down) return 'up';
  return down >= flat ? 'down' : 'flat';
}

/** Last measured value, and the change from it to the end of the horizon. */
export function moveOf({ history, points }: Forecast): {
  now: number | null;
  change: number | null;
} {
  const now = history.findLast(({ value }) => value !== null)?.value ?? null;
  const end = points.at(-1)?.value;
  return { now, change: now === null || now === 0 || end === undefined ? null : end / now - 1 };
}
