import type { EntityAnswer, ModelAnswer } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import { Sentence } from '../../parts/answer.js';
import { Dialog } from '../../parts/dialog.js';
import { Failure } from '../../parts/failure.js';
import { Loading } from '../../parts/loading.js';
import { useGet } from '../../use-get.js';
import { AskReview } from '../kinds/ask-review.js';
import { cellOf } from '../kinds/cell.js';
import { Decided } from '../kinds/decided.js';
import { capital, columnLabel, nounOf, unitOf } from '../kinds/labels.js';

/** One entity by the text of its key: its group, why, what the next better one has, what is known. */
export function EntityFound({
  model,
  id,
  onClose,
}: {
  model: ModelAnswer;
  id: string;
  onClose(): void;
}) {
  const { language } = useLanguage();
  const noun = capital(nounOf(model, 1, language));
  return (
    <Dialog title={`${noun} ${id}`} open onClose={onClose}>
      <Found model={model} id={id} />
    </Dialog>
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
      <Decided model={model} id={id} />
      <AskReview model={model} id={id} />
    </>
  );
}
