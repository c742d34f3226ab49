import type { ModelAnswer, SuggestionsAnswer } from '@tino/system/contract';
import { useLanguage } from '../language.js';
import { Answer } from '../parts/answer.js';
import { Failure } from '../parts/failure.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { ProvenanceLine } from '../parts/provenance-line.js';
import { useGet } from '../use-get.js';
import { CopyLink } from './kinds/copy-link.js';
import { useTaskTabs } from './kinds/task-tabs.js';
import { ExportPrices } from './price/export-prices.js';
import { PriceBody } from './price/body.js';
import { PolicyWorth } from './price/worth.js';

const ITEMS_MAX = 1000;

/** Which price, what stops it, what is it worth? */
export function PricePage({ model }: { model: ModelAnswer }) {
  const { t } = useLanguage();
  const tabs = useTaskTabs(model);
  const path = `/v1/models/${model.name}/suggestions`;
  const { data, error } = useGet<SuggestionsAnswer>(path, { limit: ITEMS_MAX });
  return (
    <>
      <PageHead
        title={t(model.page.title)}
        tabs={tabs}
        actions={
          <>
            <CopyLink />
            {data && <ExportPrices model={model} answer={data} />}
          </>
        }
      />
      {data ? (
        <>
          <Answer spans={data.sentence} />
          <ProvenanceLine provenance={data.provenance} />
          <PolicyWorth model={model} />
          <PriceBody model={model} answer={data} />
        </>
      ) : error ? (
        <Failure error={error} />
      ) : (
        <Loading doing={t({ pt: 'Fazendo a conta dos preços…', en: 'Working out the prices…' })} />
      )}
    </>
  );
}
