import type { Today } from '@tino/system/contract';
import { Link } from 'wouter';
import { longDate } from '../dates.js';
import { useLanguage } from '../language.js';
import { Answer, Sentence } from '../parts/answer.js';
import { Failure } from '../parts/failure.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { useGet } from '../use-get.js';
import { TodayItem } from './today/item.js';
import { Trust } from './today/trust.js';

/** What needs me today, for how much? Ordered by money at stake. */
export function TodayPage() {
  const { t, language } = useLanguage();
  const { data, error } = useGet<Today>('/v1/today');
  return (
    <>
      <PageHead
        title={t({ pt: 'Hoje', en: 'Today' })}
        actions={
          data && <span className="page-date wide-only">{longDate(data.date, language)}</span>
        }
      />
      {data ? <List today={data} /> : error ? <Failure error={error} /> : <Loading />}
    </>
  );
}

function List({ today }: { today: Today }) {
  const { t } = useLanguage();
  const { items, sentence, trust, uplift, insights } = today;
  return (
    <>
      <Answer spans={sentence} />
      {items.length > 0 ? (
        <>
          <p className="provenance">
            {t({
              pt: 'Ordem: dinheiro em jogo; o que não tem preço vem no fim',
              en: 'Order: money at stake; what has no price comes last',
            })}
          </p>
          <ol className="today">
            {items.map((item) => (
              <TodayItem key={`${item.model} ${item.href}`} item={item} />
            ))}
          </ol>
        </>
      ) : (
        <p className="provenance">
          {t({
            pt: 'O que mudar aparece aqui, o mais caro primeiro',
            en: 'What changes appears here, the dearest first',
          })}
        </p>
      )}
      {insights.length > 0 && (
        <section>
          <h2 className="heading">
            <Link href="/insights" className="link">
              {t({ pt: 'O que se descobriu', en: 'What was found' })}
            </Link>
          </h2>
          {insights.map(({ id, sentence: found }) => (
            <p key={id} className="today-why">
              <Sentence spans={found} />
            </p>
          ))}
        </section>
      )}
      <div className="today-below">
        <Trust trust={trust} />
        <section>
          <h2 className="heading">
            {t({ pt: 'O que já decidimos rendeu?', en: 'Did what we decided pay off?' })}
          </h2>
          <p className="uplift">{uplift.says}</p>
        </section>
      </div>
      {items[0] && (
        <div className="verb-bar narrow-only">
          <Link className="button button-main" href={items[0].href}>
            {items[0].verb}: {t(items[0].title)}
          </Link>
        </div>
      )}
    </>
  );
}
