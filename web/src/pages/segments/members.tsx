import type { AudiencesAnswer, ModelAnswer, Segment } from '@tino/system/contract';
import { useState } from 'react';
import { useLanguage } from '../../language.js';
import { BackLink } from '../../parts/back-link.js';
import { Button } from '../../parts/button.js';
import { Empty } from '../../parts/empty.js';
import { useGet } from '../../use-get.js';
import { AudienceDialog } from '../audiences/audience-dialog.js';
import { ConditionFilters } from '../conditions/condition-filters.js';
import { paramsOf, useConditions } from '../conditions/use-conditions.js';
import { nounOf } from '../kinds/labels.js';
import { MemberList } from './member-list.js';

interface MembersProps {
  model: ModelAnswer;
  segment: Segment;
  segments: readonly Segment[];
  onClose(): void;
}

/** Members of one segment, narrowed by what the address asks; what was asked can be kept as an audience. */
export function MembersView({ model, segment, segments, onClose }: MembersProps) {
  const { language, t } = useLanguage();
  const { conditions, setConditions } = useConditions();
  const { data } = useGet<AudiencesAnswer>(`/v1/models/${model.name}/audiences`);
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState<string>();
  return (
    <section>
      <BackLink onBack={onClose}>{t({ pt: 'todos os grupos', en: 'all groups' })}</BackLink>
      <p className="answer">
        <strong>{segment.name[language]}.</strong> {segment.sentences[0]?.[language]}
      </p>
      <p className="panel-sentence">
        {segment.sentences
          .slice(1)
          .map((one) => one[language])
          .join(' ')}
      </p>
      <ConditionFilters
        model={model}
        columns={data?.columns ?? []}
        conditions={conditions}
        onChange={setConditions}
      />
      {saved !== undefined && (
        <p className="figure-note" role="status">
          {t({ pt: `Público "${saved}" guardado.`, en: `Audience "${saved}" saved.` })}
        </p>
      )}
      <MemberList
        model={model}
        path={`/v1/models/${model.name}/segments/${encodeURIComponent(segment.id)}/members`}
        params={paramsOf(conditions)}
        caption={segment.name[language]}
        verbs={
          <Button onClick={() => setSaving(true)}>
            {t({ pt: 'Guardar como público', en: 'Save as an audience' })}
          </Button>
        }
        empty={
          conditions.length > 0 ? (
            <Empty
              title={t({
                pt: `Nenhum ${nounOf(model, 1, 'pt')} deste grupo passa por todos os filtros.`,
                en: `No ${nounOf(model, 1, 'en')} of this group passes all filters.`,
              })}
            >
              <Button onClick={() => setConditions([])}>
                {t({ pt: 'Tirar os filtros', en: 'Remove the filters' })}
              </Button>
            </Empty>
          ) : (
            <Empty
              title={t({
                pt: 'Ninguém está neste grupo na última conta.',
                en: 'Nobody is in this group in the last scoring.',
              })}
            />
          )
        }
      />
      {saving && (
        <AudienceDialog
          model={model}
          segments={segments}
          columns={data?.columns ?? []}
          initial={{ segments: [segment.id], where: conditions }}
          onClose={() => setSaving(false)}
          onSaved={(name) => {
            setSaving(false);
            setSaved(name);
          }}
        />
      )}
    </section>
  );
}
