import type { Audience, ModelAnswer, Segment } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import { BackLink } from '../../parts/back-link.js';
import { Empty } from '../../parts/empty.js';
import { MemberList } from '../segments/member-list.js';
import { ruleWords } from './rule-words.js';

interface AudienceViewProps {
  model: ModelAnswer;
  audience: Audience;
  segments: readonly Segment[];
  onClose(): void;
}

/** Who belongs to an audience by the last scoring. */
export function AudienceView({ model, audience, segments, onClose }: AudienceViewProps) {
  const { language, t } = useLanguage();
  const { id, name, rule } = audience;
  return (
    <section>
      <BackLink onBack={onClose}>{t({ pt: 'todos os públicos', en: 'all audiences' })}</BackLink>
      <p className="answer">
        <strong>{name}.</strong> {ruleWords(rule, model, segments, language)}
      </p>
      <MemberList
        model={model}
        path={`/v1/models/${model.name}/audiences/${encodeURIComponent(id)}/members`}
        caption={name}
        empty={
          <Empty
            title={t({
              pt: 'Ninguém passa por esta regra na última conta.',
              en: 'Nobody passes this rule in the last scoring.',
            })}
          />
        }
      />
    </section>
  );
}
