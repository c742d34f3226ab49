import type { Forecast, ModelAnswer } from '@tino/system/contract';
import { Fragment, type KeyboardEvent } from 'react';
import { DirectionBar } from '../../charts/direction-bar.js';
import { share, valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Predicted } from '../../parts/predicted.js';
import { keyPath } from '../forecast/level.js';
import { namesOf } from './names.js';
import { leaning, moveOf, VERDICT_WORDS, type Verdict } from './verdicts.js';

interface VerdictListProps {
  model: ModelAnswer;
  verdicts: Verdict[];
  open: string | undefined;
  onOpen(key: string): void;
}

/** Items grouped by verdict: price now, change ahead, chances as one bar, and the record. */
export function VerdictList({ model, verdicts, open, onOpen }: VerdictListProps) {
  const { t } = useLanguage();
  return (
    <table className="table verdicts" data-keys>
      <caption className="hidden">
        {t({ pt: 'Itens por veredito', en: 'Items by verdict' })}
      </caption>
      <thead>
        <tr>
          <th scope="col">{t({ pt: 'Item', en: 'Item' })}</th>
          <th scope="col" className="num">
            {t({ pt: 'Hoje', en: 'Today' })}
          </th>
          <th scope="col" className="num">
            {t({ pt: 'Adiante', en: 'Ahead' })}
          </th>
          <th scope="col" className="wide-only">
            {t({ pt: 'cai … sobe', en: 'falls … rises' })}
          </th>
          <th scope="col" className="num">
            {t({ pt: 'acertou', en: 'was right' })}
          </th>
        </tr>
      </thead>
      {verdicts.map(({ kind, members }) => (
        <tbody key={kind}>
          <tr className="group-head">
            <th colSpan={5} scope="rowgroup">
              <span className={toneOf(kind, model)}>{t(VERDICT_WORDS[kind].name)}</span>{' '}
              <span className="figure-note">
                {members.length} · {t(VERDICT_WORDS[kind].note)}
              </span>
            </th>
          </tr>
          {members.map((member) => (
            <Row
              key={keyPath(member.key)}
              member={member}
              model={model}
              chosen={keyPath(member.key) === open}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

interface RowProps {
  member: Forecast;
  model: ModelAnswer;
  chosen: boolean;
  onOpen(key: string): void;
}

function Row({ member, model, chosen, onOpen }: RowProps) {
  const { language } = useLanguage();
  const { direction } = member;
  const names = namesOf(member, model);
  const { now } = moveOf(member);
  const key = keyPath(member.key);
  const press = (event: KeyboardEvent) => event.key === 'Enter' && onOpen(key);
  return (
    <tr
      tabIndex={0}
      className={`row-opens ${chosen ? 'row-chosen' : ''}`}
      aria-selected={chosen}
      onClick={() => onOpen(key)}
      onKeyDown={press}
    >
      <td>
        <span className="name">{names.main}</span> <span className="where">{names.where}</span>
      </td>
      <td className="num">{now === null ? '—' : valueOf(now, model.page.unit, language)}</td>
      <td className="num">
        <Ahead member={member} />
      </td>
      <td className="wide-only">
        {direction && (
          <DirectionBar direction={direction} worse={model.page.worse ?? 'none'} width={80} />
        )}
      </td>
      <td className="num">
        <Record direction={direction} />
      </td>
    </tr>
  );
}

const ARROWS = { up: '↑', flat: '→', down: '↓' };

/** The change ahead, only where a side is called or pointed to. */
function Ahead({ member }: { member: Forecast }) {
  const { language } = useLanguage();
  const { change } = moveOf(member);
  const called = member.direction?.called ?? null;
  const side = called ?? leaning(member);
  if (side === null || change === null) return '—';
  const text = share(change, language, { sign: true });
  return called !== null ? (
    <Predicted signed>{text}</Predicted>
  ) : (
    <Fragment>
      {ARROWS[side]} {text}
    </Fragment>
  );
}

function Record({ direction }: { direction: Forecast['direction'] }) {
  const { language, t } = useLanguage();
  if (direction === null || direction.record.calls === 0) return '—';
  const { calls, hits, chance } = direction.record;
  const better = hits / calls > chance && direction.called !== null;
  const title = t({
    pt: `${hits} de ${calls}; ao acaso ${share(chance, language)}`,
    en: `${hits} of ${calls}; by chance ${share(chance, language)}`,
  });
  return (
    <span title={title} className={better ? 'name' : undefined}>
      {t({ pt: `${hits} de ${calls}`, en: `${hits} of ${calls}` })}
    </span>
  );
}

function toneOf(kind: Verdict['kind'], { page }: ModelAnswer): string {
  if (kind !== 'up' && kind !== 'down') return 'name';
  if (page.worse === undefined || page.worse === 'none') return 'name';
  return (kind === 'up') === (page.worse === 'high') ? 'name tone-bad' : 'name tone-good';
}
