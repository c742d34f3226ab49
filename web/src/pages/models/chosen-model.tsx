import type { ModelAnswer, Promotion, VersionAnswer } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import { Failure } from '../../parts/failure.js';
import { Loading } from '../../parts/loading.js';
import { useGet } from '../../use-get.js';
import { VerdictCard } from './verdict-card.js';
import { VersionInside } from './version-inside.js';
import { WhatWeighs } from './what-weighs.js';
import { WhoServed } from './who-served.js';

/** One model: what the gate decided, who served when, and one version from inside. */
export function ChosenModel({ model, version }: { model: ModelAnswer; version: number | null }) {
  const { t } = useLanguage();
  const past = useGet<{ items: Promotion[] }>(`/v1/models/${model.name}/history`);
  const made = useGet<{ items: VersionAnswer[] }>(`/v1/models/${model.name}/versions`);
  if (past.error) return <Failure error={past.error} />;
  if (!past.data) return <Loading />;
  const newest = past.data.items.toSorted((a, b) => b.at.localeCompare(a.at));
  const judged = newest.filter(({ verdict, kind }) => verdict !== null && kind !== 'manual');
  const versions = made.data?.items ?? [];
  const shown =
    versions.find((one) => one.version === (version ?? model.champion)) ?? versions[0] ?? null;
  return (
    <div className="chosen">
      <section>
        <h2 className="heading">
          {t(model.page.tab ?? model.page.title)}{' '}
          <span className="soft">
            {t({ pt: 'o que o portão decidiu', en: 'what the gate decided' })}
          </span>
        </h2>
        {judged.length === 0 && (
          <p className="uplift">
            {t({
              pt: 'O portão ainda não julgou versões deste modelo.',
              en: 'The gate has judged no version of this model yet.',
            })}
          </p>
        )}
        {judged.map((promotion) => (
          <VerdictCard
            key={promotion.id}
            promotion={promotion}
            recipe={versions.find((one) => one.version === promotion.version)?.recipe ?? null}
          />
        ))}
        {shown && <WhatWeighs model={model} version={shown} />}
      </section>
      <section>
        <WhoServed model={model} history={newest} versions={versions} />
        {made.error && <Failure error={made.error} />}
        {shown && (
          <VersionInside
            version={shown}
            promotion={newest.find((one) => one.version === shown.version) ?? null}
          />
        )}
      </section>
    </div>
  );
}
