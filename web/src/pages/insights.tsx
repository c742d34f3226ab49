import type { InsightAnswer, InsightsAnswer } from '@tino/system/contract';
import { date } from '../dates.js';
import { money, number } from '../format.js';
import { useLanguage } from '../language.js';
import { Answer, Sentence } from '../parts/answer.js';
import { Empty } from '../parts/empty.js';
import { Failure } from '../parts/failure.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { useMayWhole } from '../session.js';
import { useGet } from '../use-get.js';
import { CohortTable } from './insights/cohort-table.js';
import { PairTable } from './insights/pair-table.js';

/** What stands out from chance: what changed first, then what still holds, by money. */
export function InsightsPage() {
  const { t } = useLanguage();
  const { data, error } = useGet<InsightsAnswer>('/v1/insights');
  return (
    <>
      <PageHead title={t({ pt: 'Descobertas', en: 'Insights' })} />
      {data ? <Feed feed={data} /> : error ? <Failure error={error} /> : <Loading />}
    </>
  );
}

function Feed({ feed }: { feed: InsightsAnswer }) {
  const { language, t } = useLanguage();
  const { items, headlines, runs, sentence } = feed;
  if (runs.length === 0)
    return (
      <Empty
        title={t({
          pt: 'Nada foi declarado para olhar, ou ainda não se olhou.',
          en: 'Nothing is declared to be looked into, or nobody has looked yet.',
        })}
      />
    );
  const looks = runs.reduce((sum, run) => sum + run.looks, 0);
  const until = runs
    .map(({ dataUntil }) => dataUntil)
    .toSorted()
    .at(-1)!;
  return (
    <>
      <Answer spans={sentence} />
      <p className="provenance">
        {t({
          pt: `${number(looks, language)} combinações olhadas; dados até ${date(until, language)}. Só aparece o que se destaca do acaso.`,
          en: `${number(looks, language)} combinations looked at; data until ${date(until, language)}. Only what stands out from chance is shown.`,
        })}
      </p>
      <ul className="alerts">
        {items.map((item) => (
          <Finding key={item.id} item={item} />
        ))}
      </ul>
      {headlines.map(({ part, name, title, sentences, cohorts, pairs }) => (
        <section key={`${part} ${name}`} className="headline">
          <h2 className="heading">{t(title)}</h2>
          {sentences.map((spans, i) => (
            <p key={i}>
              <Sentence spans={spans} />
            </p>
          ))}
          {cohorts !== null && cohorts.length > 1 && (
            <CohortTable cohorts={cohorts} title={t(title)} />
          )}
          {pairs !== null && pairs.length > 0 && <PairTable pairs={pairs} title={t(title)} />}
        </section>
      ))}
    </>
  );
}

function Finding({ item }: { item: InsightAnswer }) {
  const { language, t } = useLanguage();
  const analyst = useMayWhole('analyst');
  const { id, title, sentence, sure, money: stake, action, news, since } = item;
  const whom = item.list;
  const list = `/v1/insights/${encodeURIComponent(id)}/members`;
  return (
    <li className="alert">
      <span className={`chip ${news ? 'chip-attention' : ''}`}>
        {news
          ? t({ pt: 'novo', en: 'new' })
          : t({ pt: `desde ${date(since, language)}`, en: `since ${date(since, language)}` })}
      </span>
      <div>
        <p className="alert-says">
          <Sentence spans={sentence} />
        </p>
        <p className="note">
          {t(title)} · {money(stake.effect, language, { sign: true })} (
          {money(stake.lower, language)} – {money(stake.upper, language)}) · {sure}
        </p>
        <p className="note">
          → {action}
          {whom !== null &&
            t({ pt: ` · na lista: ${whom.says}`, en: ` · on the list: ${whom.says}` })}
        </p>
      </div>
      {analyst && (
        <span className="row">
          <a className="button button-plain" href={`${list}?format=csv&lang=${language}`} download>
            {t({ pt: 'Exportar a lista', en: 'Export the list' })}
          </a>
          <a className="button button-plain" href={`${list}?format=parquet`} download>
            Parquet
          </a>
        </span>
      )}
    </li>
  );
}
