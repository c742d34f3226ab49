import type { ModelAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { useLanguage } from '../language.js';
import { PageHead } from '../parts/page-head.js';
import { EstimateAnswer } from './estimate/answer.js';
import { EstimateForm } from './estimate/form.js';
import { ScoredList } from './estimate/scored-list.js';
import { type Row, typicalRow } from './estimate/row.js';
import { CopyLink } from './kinds/copy-link.js';
import { useTaskTabs } from './kinds/task-tabs.js';

/** What is this one worth, and why? Form at the left, answer at the right, then all of them. */
export function EstimatePage({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
  const tabs = useTaskTabs(model);
  const [row, setRow] = useState<Row>(() => typicalRow(model));
  const title = tabs.length > 0 ? t(model.page.title) : t(model.page.tab ?? model.page.title);
  return (
    <>
      <PageHead title={title} tabs={tabs} actions={<CopyLink />} />
      <div className="form-and-answer">
        <EstimateForm model={model} row={row} onChange={setRow} />
        <div>
          <EstimateAnswer model={model} row={row} />
          <ScoredList model={model} />
        </div>
      </div>
    </>
  );
}
