import type { ModelAnswer, Promotion, VersionAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { moment } from '../../dates.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { useMayWhole } from '../../session.js';
import { MOVES, whoOf } from '../../tasks.js';
import { MoveDialog, type Move } from './move-dialog.js';

interface WhoServedProps {
  model: ModelAnswer;
  /** Newest first. */
  history: Promotion[];
  versions: VersionAnswer[];
}

/** One bar per stretch of service, and the ways to change who serves. */
export function WhoServed({ model, history, versions }: WhoServedProps) {
  const { t } = useLanguage();
  const [move, setMove] = useState<Move | null>(null);
  const may = useMayWhole('admin');
  const served = stretchesOf(history);
  const before = championBefore(served);
  const others = versions.filter(({ version }) => version !== model.champion && version !== before);
  return (
    <>
      <h2 className="heading">{t({ pt: 'Quem serviu, e quando', en: 'Who served, and when' })}</h2>
      {served.length === 0 ? (
        <p className="uplift">
          {t({ pt: 'Nenhuma versão serviu ainda.', en: 'No version has served yet.' })}
        </p>
      ) : (
        <Stretches served={served} />
      )}
      {may && (
        <div className="row served-verbs wide-only">
          {before !== null && (
            <Button onClick={() => setMove({ kind: 'rollback', version: before })}>
              {t({ pt: `Voltar para a v${before}…`, en: `Roll back to v${before}…` })}
            </Button>
          )}
          {others.map(({ version }) => (
            <Button
              key={version}
              look="quiet"
              onClick={() => setMove({ kind: 'promote', version })}
            >
              {t({ pt: `Promover a v${version}…`, en: `Promote v${version}…` })}
            </Button>
          ))}
        </div>
      )}
      <MoveDialog model={model.name} move={move} close={() => setMove(null)} />
    </>
  );
}

function Stretches({ served }: { served: Stretch[] }) {
  const { t, language } = useLanguage();
  const [first, last] = [served[0]!.from, Math.max(...served.map(({ to }) => to))];
  const place = (at: number) => (100 * (at - first)) / (last - first || 1);
  return (
    <ol className="served">
      {served.map(({ id, version, kind, by, at, from, to, verdict, reason }, index) => {
        const now = index === served.length - 1;
        const title = `${t(MOVES[kind])}, ${whoOf(by, t)}`;
        return (
          <li key={id} className="served-line">
            <div className="served-track">
              <span
                className={now ? 'served-bar served-now' : 'served-bar'}
                style={{
                  left: `${Math.min(94, place(from))}%`,
                  width: `${Math.max(6, Math.min(100, place(to)) - place(from))}%`,
                }}
              >
                v{version}
              </span>
            </div>
            <span className="note">
              {moment(at, language)} · {title}
              {(verdict === null || kind === 'manual') && `: ${reason}`}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** Where a rollback goes: it takes the move that it undid off the list, so two go back two versions. */
function championBefore(oldestFirst: Promotion[]): number | null {
  const champions: number[] = [];
  for (const { kind, version } of oldestFirst)
    if (kind === 'rollback') champions.pop();
    else if (champions.at(-1) !== version) champions.push(version);
  return champions.at(-2) ?? null;
}

type Stretch = Promotion & { from: number; to: number };

/** Oldest first; each serves until the next, the last until now. */
function stretchesOf(history: Promotion[]): Stretch[] {
  const moved = history
    .filter(({ alias, kind }) => alias === 'champion' && kind !== 'held' && kind !== 'rejected')
    .toReversed();
  return moved.map((promotion, at) => {
    const next = moved[at + 1];
    return {
      ...promotion,
      from: Date.parse(promotion.at),
      to: next ? Date.parse(next.at) : Date.now(),
    };
  });
}
