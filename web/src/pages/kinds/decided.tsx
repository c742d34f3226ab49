import type { EntityDecisionsAnswer, ModelAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { date, valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { Failure } from '../../parts/failure.js';
import { Loading } from '../../parts/loading.js';
import { Predicted } from '../../parts/predicted.js';
import { useGet } from '../../use-get.js';

type Decision = EntityDecisionsAnswer['items'][number];
interface Of {
  model: ModelAnswer;
  id: string;
}

export const decisionsPath = ({ model, id }: Of): string =>
  `/v1/models/${model.name}/entities/${encodeURIComponent(id)}/decisions`;

/** What was decided about one entity until now; asked for when it is unfolded, as a look-up is noted. */
export function Decided({ model, id }: Of) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t({ pt: 'O que já foi decidido', en: 'What was decided until now' })}</summary>
      {open && <Decisions model={model} id={id} />}
    </details>
  );
}

function Decisions({ model, id }: Of) {
  const { t } = useLanguage();
  const [cursor, setCursor] = useState<string>();
  const params = cursor === undefined ? {} : { cursor };
  const { data, error } = useGet<EntityDecisionsAnswer>(decisionsPath({ model, id }), params);
  if (!data) return error ? <Failure error={error} /> : <Loading />;
  return (
    <>
      <ul className="price-past">
        {data.items.map((decision) => (
          <li key={decision.since}>
            <One model={model} decision={decision} />
          </li>
        ))}
      </ul>
      {data.items.length === 0 && (
        <p className="figure-note">
          {t({ pt: 'Antes disso nada está guardado.', en: 'Nothing is kept from before that.' })}
        </p>
      )}
      {cursor !== undefined && (
        <Button onClick={() => setCursor(undefined)}>
          {t({ pt: 'As mais novas', en: 'The newest' })}
        </Button>
      )}
      {data.next !== null && (
        <Button onClick={() => setCursor(data.next!)}>
          {t({ pt: 'Mais antigas', en: 'Earlier ones' })}
        </Button>
      )}
    </>
  );
}

function One({ model, decision }: { model: ModelAnswer; decision: Decision }) {
  const { language, t } = useLanguage();
  const { since, until, version, segment, value, changed, reasons, note, reviews } = decision;
  const span =
    until === null
      ? t({ pt: `desde ${date(since, language)}`, en: `since ${date(since, language)}` })
      : `${date(since, language)} – ${date(until, language)}`;
  return (
    <>
      {span} · v{version}
      {segment !== null && (
        <>
          {' · '}
          <strong>{segment.name[language]}</strong>
        </>
      )}
      {model.task !== 'segment' && value !== null && (
        <>
          {' · '}
          <Predicted>{valueOf(value, model.page.unit, language)}</Predicted>
        </>
      )}
      {changed !== null &&
        ` · ${changed ? t({ pt: 'mudou', en: 'changed' }) : t({ pt: 'igual à anterior', en: 'as the one before' })}`}
      {reasons !== null && reasons.length > 0 && (
        <p className="figure-note">{reasons.map(({ phrase }) => phrase[language]).join(' · ')}</p>
      )}
      {note !== null && <p className="figure-note">{note[language]}</p>}
      {reviews.map((review) => (
        <Reviewed key={review.id} review={review} />
      ))}
    </>
  );
}

function Reviewed({ review }: { review: Decision['reviews'][number] }) {
  const { language, t } = useLanguage();
  const { at, reason, state, note } = review;
  const outcome = {
    open: t({ pt: 'à espera de uma pessoa', en: 'waits for a person' }),
    kept: t({ pt: 'mantida', en: 'kept' }),
    changed: t({ pt: 'mudada', en: 'changed' }),
  }[state];
  return (
    <p className="figure-note">
      {t({ pt: 'Revisão pedida em ', en: 'Review asked on ' })}
      {date(at, language)}: “{reason}” · {outcome}
      {note !== null && `: ${note}`}
    </p>
  );
}
