import { TinoError } from '../contract/error.js';
import type { Promotion, Verdict } from '../contract/models.js';
import type { House } from '../ports/house.js';
import { newId } from '../store/ids.js';
import type { Queryable } from '../store/state.js';
import { findAliased, getVersion, type StoredVersion } from './versions.js';

/** Told on this channel, with the model's name, when an alias has moved. */
export const PROMOTIONS = 'promotions';

type Kind = Promotion['kind'];
interface Move {
  model: string;
  alias: 'champion' | 'challenger';
  version: number;
  kind: Kind;
  verdict: Verdict | null;
  by: string;
  reason: string;
}
type Place = Pick<House, 'state' | 'now'>;

const COLUMNS = `id, model, alias, version, replaced, kind, reasons AS verdict, by, reason, at`;

/**
 * What the gate said of a new version: PROMOTE moves @champion, HOLD moves @challenger, REJECT moves
 * nothing. The row is kept in all three cases.
 */
export function applyVerdict(
  house: Place,
  { model, version }: Pick<StoredVersion, 'model' | 'version'>,
  verdict: Verdict,
  by: string,
): Promise<Promotion> {
  const reason = verdict.checks
    .filter(({ passed }) => passed === (verdict.verdict === 'PROMOTE'))
    .map(({ says }) => says.en)
    .join('; ');
  const kind: Kind =
    verdict.verdict === 'PROMOTE' ? verdict.kind : verdict.verdict === 'HOLD' ? 'held' : 'rejected';
  const alias = verdict.verdict === 'PROMOTE' ? 'champion' : 'challenger';
  return move(house, { model, version, alias, kind, verdict, by, reason });
}

/** A person's promotion. What lost to its baseline stays out, whoever asks. */
export async function promote(
  house: Place,
  model: string,
  version: number,
  { by, reason }: { by: string; reason: string },
): Promise<Promotion> {
  await getVersion(house.state, model, version);
  const verdict = await verdictOf(house.state, model, version);
  const lost = verdict?.checks.find(({ check, passed }) => check === 'baseline' && !passed);
  if (lost !== undefined)
    throw new TinoError('GATE_REFUSES', { model, version, reason: lost.says.en });
  return move(house, { model, version, alias: 'champion', kind: 'manual', verdict, by, reason });
}

/** Back to the champion before the one that serves; NO_PREVIOUS when there was none. */
export async function rollback(
  house: Place,
  model: string,
  { by, reason }: { by: string; reason: string },
): Promise<Promotion> {
  const now = await aliasOf(house.state, model, 'champion');
  if (now === undefined) throw new TinoError('NO_CHAMPION', { model });
  const previous = await previousChampion(house.state, model);
  if (previous === undefined) throw new TinoError('NO_PREVIOUS', { model });
  const version = previous.version;
  return move(house, {
    model,
    version,
    alias: 'champion',
    kind: 'rollback',
    verdict: null,
    by,
    reason,
  });
}

/** Row and alias in one transaction: an alias never moves without its row. */
async function move(house: Place, asked: Move): Promise<Promotion> {
  const { model, alias, version, kind, verdict, by, reason } = asked;
  const id = newId('promotion');
  const promotion = await house.state.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`alias ${model}`]);
    const standing = await aliasOf(tx, model, alias);
    const [row] = await tx.query<PromotionRow>(
      `INSERT INTO promotions (id, model, alias, version, replaced, verdict, kind, reasons, by, reason, at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11) RETURNING ${COLUMNS}`,
      [
        id,
        model,
        alias,
        version,
        standing ?? null,
        kind === 'manual' ? 'MANUAL' : kind === 'rollback' ? 'ROLLBACK' : verdict!.verdict,
        kind,
        JSON.stringify(verdict),
        by,
        reason,
        house.now(),
      ],
    );
    if (kind !== 'rejected') await setAlias(tx, { model, alias, version, promotion: id });
    if (alias === 'champion')
      await tx.query(
        `DELETE FROM aliases WHERE model = $1 AND alias = 'challenger' AND version = $2`,
        [model, version],
      );
    return answerOf(row!);
  });
  await house.state.notify(PROMOTIONS, model);
  return promotion;
}

const setAlias = (
  tx: Queryable,
  {
    model,
    alias,
    version,
    promotion,
  }: Record<'model' | 'alias' | 'promotion', string> & {
    version: number;
  },
) =>
  tx.query(
    `INSERT INTO aliases (model, alias, version, promotion) VALUES ($1, $2, $3, $4)
     ON CONFLICT (model, alias) DO UPDATE SET version = excluded.version, promotion = excluded.promotion`,
    [model, alias, version, promotion],
  );

export async function aliasOf(
  state: Queryable,
  model: string,
  alias: 'champion' | 'challenger',
): Promise<number | undefined> {
  const [row] = await state.query<{ version: number }>(
    'SELECT version FROM aliases WHERE model = $1 AND alias = $2',
    [model, alias],
  );
  return row?.version;
}

export const championOf = (
  { state }: Pick<House, 'state'>,
  model: string,
): Promise<StoredVersion | undefined> => findAliased(state, model, 'champion');

/** The champion before the one that serves; a rollback goes there. */
export const previousChampion = async (
  state: Queryable,
  model: string,
): Promise<StoredVersion | undefined> => (await formerChampions(state, model))[0];

/**
 * Champions before the one that serves, the last first. Walks the moves like an undo list: a rollback
 * takes the move that it undid off the list, so that two rollbacks go back two versions.
 */
export async function formerChampions(state: Queryable, model: string): Promise<StoredVersion[]> {
  const moves = await state.query<{ version: number; kind: Kind }>(
    `SELECT version, kind FROM promotions WHERE model = $1 AND alias = 'champion' ORDER BY at, id`,
    [model],
  );
  const served: number[] = [];
  for (const { version, kind } of moves) {
    if (kind === 'rollback') served.pop();
    else if (served.at(-1) !== version) served.push(version);
  }
  const former = [...new Set(served.slice(0, -1).reverse())];
  return Promise.all(former.map((version) => getVersion(state, model, version)));
}

/** Every decision about a model, newest first. */
export async function history(
  { state }: Pick<House, 'state'>,
  model: string,
): Promise<Promotion[]> {
  const rows = await state.query<PromotionRow>(
    `SELECT ${COLUMNS} FROM promotions WHERE model = $1 ORDER BY at DESC, id DESC`,
    [model],
  );
  return rows.map(answerOf);
}

/** The version that was champion at a moment; undefined before the first. */
export async function whoServedOn(
  { state }: Pick<House, 'state'>,
  model: string,
  at: Date,
): Promise<number | undefined> {
  const [row] = await state.query<{ version: number }>(
    `SELECT version FROM promotions WHERE model = $1 AND alias = 'champion' AND at <= $2
     ORDER BY at DESC, id DESC LIMIT 1`,
    [model, at],
  );
  return row?.version;
}

async function verdictOf(
  state: Queryable,
  model: string,
  version: number,
): Promise<Verdict | null> {
  const [row] = await state.query<{ verdict: Verdict | null }>(
    `SELECT reasons AS verdict FROM promotions
     WHERE model = $1 AND version = $2 AND verdict IN ('PROMOTE', 'HOLD', 'REJECT')
     ORDER BY at, id LIMIT 1`,
    [model, version],
  );
  return row?.verdict ?? null;
}

type PromotionRow = Omit<Promotion, 'at'> & { at: Date };
const answerOf = ({ at, ...row }: PromotionRow): Promotion => ({ ...row, at: at.toISOString() });
