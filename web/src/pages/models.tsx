import type { ModelAnswer, SentenceSpan } from '@tino/system/contract';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { useLanguage } from '../language.js';
import { Answer } from '../parts/answer.js';
import { Empty } from '../parts/empty.js';
import { Failure } from '../parts/failure.js';
import { Loading } from '../parts/loading.js';
import { PageHead } from '../parts/page-head.js';
import { TrainButton } from '../parts/train-button.js';
import { useGet } from '../use-get.js';
import { Champions } from './models/champions.js';
import { ChosenModel } from './models/chosen-model.js';

interface ModelsPageProps {
  model?: string | undefined;
  version?: string | undefined;
}

/** Who serves, why was it chosen, how do I go back? */
export function ModelsPage({ model, version }: ModelsPageProps) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const { data, error } = useGet<{ items: ModelAnswer[] }>('/v1/models');
  const models = data?.items;
  const chosen = models?.find(({ name }) => name === model) ?? models?.[0];
  const answer = useMemo(() => (models ? sentenceOf(models) : []), [models]);
  return (
    <>
      <PageHead
        title={t({ pt: 'Modelos', en: 'Models' })}
        actions={chosen && <TrainButton model={chosen.name} />}
      />
      {!models && (error ? <Failure error={error} /> : <Loading />)}
      {models && (
        <>
          <Answer spans={answer.map(({ kind, words }) => ({ kind, text: t(words) }))} />
          <Champions
            models={models}
            chosen={chosen?.name ?? null}
            open={({ name }) => navigate(`/models/${name}`)}
          />
        </>
      )}
      {models && model !== undefined && chosen?.name !== model && (
        <Empty
          title={t({ pt: `Nenhum modelo se chama ${model}.`, en: `No model is called ${model}.` })}
        />
      )}
      {chosen && <ChosenModel key={chosen.name} model={chosen} version={Number(version) || null} />}
    </>
  );
}

type Span = { kind: SentenceSpan['kind']; words: { pt: string; en: string } };

function sentenceOf(models: ModelAnswer[]): Span[] {
  const serving = models.filter(({ champion }) => champion !== null).length;
  const none = models.length - serving;
  const waiting = models.filter(({ challenger }) => challenger !== null).length;
  const rest: Span[] = [];
  if (none > 0)
    rest.push({
      kind: 'text',
      words: {
        pt:
          none === 1 ? ' Um ainda não passou no portão.' : ` ${none} ainda não passaram no portão.`,
        en:
          none === 1
            ? ' One has not passed the gate yet.'
            : ` ${none} have not passed the gate yet.`,
      },
    });
  if (waiting > 0)
    rest.push({
      kind: 'text',
      words: {
        pt:
          waiting === 1 ? ' Há uma desafiante em espera.' : ` Há ${waiting} desafiantes em espera.`,
        en: waiting === 1 ? ' One challenger waits.' : ` ${waiting} challengers wait.`,
      },
    });
  const head = {
    pt:
      none === 0
        ? `Os ${serving} modelos têm campeã.`
        : `${serving} de ${models.length} modelos têm campeã.`,
    en:
      none === 0
        ? `All ${serving} models have a champion.`
        : `${serving} of ${models.length} models have a champion.`,
  };
  return [{ kind: 'strong', words: head }, ...rest];
}
