import type { EntityAnswer, ModelAnswer, Review } from '@tino/system/contract';
import { useState, type FormEvent } from 'react';
import { send, type ApiError } from '../../api.js';
import { useLanguage } from '../../language.js';
import { Sentence } from '../../parts/answer.js';
import { Button } from '../../parts/button.js';
import { Dialog } from '../../parts/dialog.js';
import { Failure } from '../../parts/failure.js';
import { Loading } from '../../parts/loading.js';
import { useGet } from '../../use-get.js';
import { cellOf } from '../kinds/cell.js';
import { capital, columnLabel, nounOf, unitOf } from '../kinds/labels.js';

/** One person by key: group, reasons, what is known; and a way to ask that somebody looks again. */
export function LookUp({ model }: { model: ModelAnswer }) {
  const { language, t } = useLanguage();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<string>();
  const noun = nounOf(model, 1, language);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '') setAsked(typed.trim());
  };
  return (
    <form className="row look-up" onSubmit={ask}>
      <label className="field">
        <span className="field-label">
          {t({ pt: `Consultar ${noun}`, en: `Look up a ${noun}` })}
        </span>
        <input type="search" value={typed} onChange={({ target }) => setTyped(target.value)} />
      </label>
      <Button type="submit" disabled={typed.trim() === ''}>
        {t({ pt: 'Consultar', en: 'Look up' })}
      </Button>
      {asked !== undefined && (
        <Dialog title={`${capital(noun)} ${asked}`} open onClose={() => setAsked(undefined)}>
          <Found model={model} id={asked} />
        </Dialog>
      )}
    </form>
  );
}

function Found({ model, id }: { model: ModelAnswer; id: string }) {
  const { language, t } = useLanguage();
  const { data, error } = useGet<EntityAnswer>(
    `/v1/models/${model.name}/entities/${encodeURIComponent(id)}`,
  );
  if (!data) return error ? <Failure error={error} /> : <Loading />;
  return (
    <>
      <p className="panel-sentence">
        <Sentence spans={data.sentence} />
      </p>
      <dl className="fact-list">
        {data.reasons.map(({ column, phrase }) => (
          <div key={column}>
            <dt>{phrase[language]}</dt>
          </div>
        ))}
      </dl>
      {data.next !== null && data.next.facts.length > 0 && (
        <>
          <h3 className="section-title">
            {t({ pt: 'Para chegar a ', en: 'To come to ' })}
            {data.next.segment.name[language]}
          </h3>
          <dl className="fact-list">
            {data.next.facts.map(({ column, value, phrase }) => (
              <div key={column}>
                <dt>{phrase[language]}</dt>
                <dd>
                  {t({ pt: 'hoje ', en: 'now ' })}
                  {cellOf(value, language, unitOf(model, column))}
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {data.also.map((each) => (
        <p key={each.model}>
          <span className="muted">{t(each.title)}</span> <Sentence spans={each.sentence} />
        </p>
      ))}
      <h3 className="section-title">{t({ pt: 'O que se sabe', en: 'What is known' })}</h3>
      <dl className="fact-list">
        {Object.entries(data.columns).map(([column, value]) => (
          <div key={column}>
            <dt>{columnLabel(model, column, language)}</dt>
            <dd>{cellOf(value, language, unitOf(model, column))}</dd>
          </div>
        ))}
      </dl>
      <AskReview model={model} id={id} />
    </>
  );
}

/** A decision by a machine may be looked at by a person: LGPD, art. 20. */
function AskReview({ model, id }: { model: ModelAnswer; id: string }) {
  const { t } = useLanguage();
  const [reason, setReason] = useState('');
  const [kept, setKept] = useState<Review>();
  const [error, setError] = useState<ApiError>();
  const ask = () =>
    send<Review>('POST', '/v1/reviews', { model: model.name, key: id, reason: reason.trim() }).then(
      setKept,
      (failed: ApiError) => setError(failed),
    );
  if (kept)
    return (
      <p className="figure-note">
        {t({
          pt: 'O pedido foi guardado com o que foi decidido e por quê.',
          en: 'The request is kept with what was decided and why.',
        })}
      </p>
    );
  return (
    <>
      <label className="field">
        <span className="field-label">
          {t({ pt: 'Pedir revisão por uma pessoa: motivo', en: 'Ask a person to review: reason' })}
        </span>
        <textarea
          rows={2}
          maxLength={2000}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      {error && <Failure error={error} />}
      <Button disabled={reason.trim() === ''} onClick={() => void ask()}>
        {t({ pt: 'Pedir revisão', en: 'Ask for review' })}
      </Button>
    </>
  );
}
