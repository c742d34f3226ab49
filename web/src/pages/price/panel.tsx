import type { ModelAnswer, Suggestion } from '@tino/system/contract';
import { Figure } from '../../charts/figure.js';
import { DemandCurve, MarginCurve, tableOfCurve } from '../../charts/margin-curve.js';
import { PriceLadder, tableOfLadder } from '../../charts/price-ladder.js';
import { signOf } from '../../charts/scales.js';
import { useLanguage } from '../../language.js';
import { Decision } from './decision.js';
import { ElasticitySentence } from './elasticity.js';
import { ClampTrail } from './trail.js';
import { Exploration } from './exploration.js';
import { PriceHistory } from './history.js';
import { whereOf } from './where.js';

interface PricePanelProps {
  model: ModelAnswer;
  suggestion: Suggestion;
  /** The reader opened it: on a narrow screen it covers the list only then. */
  asked: boolean;
}

/** The open item: what demand does, the ladder, the curve, the trail, the trial and the verbs. */
export function PricePanel({ model, suggestion, asked }: PricePanelProps) {
  const { language, t } = useLanguage();
  const { name, category } = suggestion;
  const summary = suggestion.sentence.map(({ text }) => text).join('');
  return (
    <section className={`side-panel price-panel ${asked ? 'panel-asked' : ''}`} aria-live="polite">
      <h2 className="panel-title">
        {name}{' '}
        <span className="where">
          {[whereOf(model, suggestion, language), category].filter(Boolean).join(' · ')}
        </span>
      </h2>
      <ElasticitySentence suggestion={suggestion} />
      <Figure
        title={t({ pt: 'Escada de preços', en: 'Price ladder' })}
        note={signOf(language)}
        summary={summary}
        table={tableOfLadder(suggestion, language)}
      >
        <PriceLadder suggestion={suggestion} />
      </Figure>
      {suggestion.curve.length > 1 && (
        <Figure
          title={t({ pt: 'Margem por semana a cada preço', en: 'Margin a week at each price' })}
          note={t({ pt: '• preços já praticados', en: '• prices already charged' })}
          summary={summary}
          table={tableOfCurve(suggestion, language)}
        >
          <MarginCurve suggestion={suggestion} />
        </Figure>
      )}
      {suggestion.curve.length > 1 && suggestion.curve[0]!.unitsLower !== undefined && (
        <Figure
          title={t({ pt: 'Vendas por semana a cada preço', en: 'Sales a week at each price' })}
          note={t({ pt: 'faixa de 80%', en: '80% interval' })}
          summary={summary}
          table={tableOfCurve(suggestion, language)}
        >
          <DemandCurve suggestion={suggestion} />
        </Figure>
      )}
      <ClampTrail suggestion={suggestion} />
      <Exploration suggestion={suggestion} />
      <PriceHistory model={model} suggestion={suggestion} />
      <Decision model={model} suggestion={suggestion} />
    </section>
  );
}
