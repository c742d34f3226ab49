import type { EntityAnswer, ModelAnswer, ScoredRow } from '@tino/system/contract';
import { valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Sentence } from '../../parts/answer.js';
import { Dialog } from '../../parts/dialog.js';
import { Predicted } from '../../parts/predicted.js';
import { useGet } from '../../use-get.js';
import { AskReview } from '../kinds/ask-review.js';
import { cellOf } from '../kinds/cell.js';
import { Decided } from '../kinds/decided.js';
import { capital, columnLabel, nounOf, unitOf } from '../kinds/labels.js';
import { pointsOf } from './points.js';

interface EntityDialogProps {
  model: ModelAnswer;
  row: ScoredRow;
  onClose(): void;
}

/** One entity with all its reasons and columns, what was decided of it, a way to have it looked at. */
export function EntityDialog({ model, row, onClose }: EntityDialogProps) {
  const { language, t } = useLanguage();
  const id = Object.values(row.key).join(',');
  const { data } = useGet<EntityAnswer>(
    `/v1/models/${model.name}/entities/${encodeURIComponent(id)}`,
  );
  const reasons = data?.reasons.length ? data.reasons : row.reasons;
  const parts =
    model.task === 'classify'
      ? pointsOf(reasons, row.value).map((part) => ({
          ...part,
          text: `${part.points > 0 ? '+' : ''}${part.points}`.replace('-', '−'),
        }))
      : reasons.map((reason) => ({
          ...reason,
          text: `${reason.contribution > 0 ? '+' : ''}${valueOf(reason.contribution, model.page.unit, language)}`,
        }));
  return (
    <Dialog title={`${capital(nounOf(model, 1, language))} ${id}`} open onClose={onClose}>
      <p className="panel-sentence">
        {data ? (
          <Sentence spans={data.sentence} />
        ) : (
          <Predicted>{valueOf(row.value, model.page.unit, language)}</Predicted>
        )}
      </p>
      {parts.length > 0 && (
        <dl className="fact-list">
          {parts.map(({ column, phrase, text }) => (
            <div key={column}>
              <dt>{phrase[language]}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      )}
      <h3 className="section-title">{t({ pt: 'O que se sabe', en: 'What is known' })}</h3>
      <dl className="fact-list">
        {Object.entries(data?.columns ?? row.columns).map(([column, value]) => (
          <div key={column}>
            <dt>{columnLabel(model, column, language)}</dt>
            <dd>{cellOf(value, language, unitOf(model, column))}</dd>
          </div>
        ))}
      </dl>
      <Decided model={model} id={id} />
      <AskReview model={model} id={id} />
    </Dialog>
  );
}
