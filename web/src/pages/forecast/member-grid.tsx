import type { Forecast, ForecastAnswer, ModelAnswer } from '@tino/system/contract';
import { Link, useSearch } from 'wouter';
import { extentOf, seriesOf } from '../../charts/series.js';
import { Figure } from '../../charts/figure.js';
import { ForecastChart, tableOfForecast } from '../../charts/forecast-chart.js';
import { axisScale } from '../../charts/scales.js';
import { share, valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';
import { Filters, useFilters } from '../../parts/filters.js';
import { Predicted } from '../../parts/predicted.js';
import { Change } from '../kinds/change.js';
import { perStep } from '../kinds/steps.js';
import { useCompares } from './filters.js';
import { keyPath } from './level.js';

interface MemberGridProps {
  model: ModelAnswer;
  answer: ForecastAnswer;
  level: string;
}

/** Equal charts, the largest first, on their own scale or a common one. */
export function MemberGrid({ model, answer, level }: MemberGridProps) {
  const { language, t } = useLanguage();
  const compares = useCompares();
  const common = useFilters().value('scale') === 'common';
  const members = answer.members.toSorted((a, b) => b.total.value - a.total.value);
  const ends = members.map((member) => extentOf(seriesOf(member), compares));
  const range: [number, number] = [
    Math.min(...ends.map(([low]) => low)),
    Math.max(...ends.map(([, high]) => high)),
  ];
  const scale = axisScale(range[1], model.page.unit, language);
  return (
    <>
      <Filters
        filters={[
          {
            name: 'scale',
            label: t({ pt: 'Escala', en: 'Scale' }),
            none: t({ pt: 'própria de cada um', en: 'each its own' }),
            options: [{ value: 'common', label: t({ pt: 'comum', en: 'common' }) }],
          },
        ]}
      />
      <div className="member-grid">
        {members.map((member) => (
          <Cell
            key={keyPath(member.key)}
            member={member}
            model={model}
            level={level}
            dataUntil={answer.provenance.dataUntil}
            compares={compares}
            range={common ? range : undefined}
            unitFor={range[1]}
          />
        ))}
      </div>
      <p className="figure-note">
        <span className="ink-key">— {t({ pt: 'medido', en: 'measured' })}</span>{' '}
        <span className="anil-key">— {t({ pt: 'previsto', en: 'predicted' })}</span>{' '}
        {t({ pt: 'e faixas', en: 'and intervals' })}
        {compares && t({ pt: ' · ┄ ano passado', en: ' · ┄ last year' })} · {scale.words}{' '}
        {perStep(model.step, language)}
      </p>
    </>
  );
}

interface CellProps {
  member: Forecast;
  model: ModelAnswer;
  level: string;
  dataUntil: string | null;
  compares: boolean;
  range: [number, number] | undefined;
  unitFor: number;
}

function Cell({ member, model, level, dataUntil, compares, range, unitFor }: CellProps) {
  const { language } = useLanguage();
  const search = useSearch();
  const { unit, worse } = model.page;
  const href = `/m/${model.name}/${level}/${encodeURIComponent(keyPath(member.key))}${search && `?${search}`}`;
  return (
    <Figure
      title={<Link href={href}>{member.name}</Link>}
      note={
        <>
          <strong>
            <Predicted>{valueOf(member.total.value, unit, language)}</Predicted>
          </strong>{' '}
          {member.change !== null && (
            <Change value={member.change} worse={worse} least={0.02}>
              {share(member.change, language, { sign: true })}
            </Change>
          )}
        </>
      }
      summary={member.sentence.map(({ text }) => text).join('')}
      table={tableOfForecast(member, unit, language)}
    >
      <ForecastChart
        forecast={member}
        unit={unit}
        dataUntil={dataUntil}
        reference={compares}
        height={150}
        range={range}
        unitFor={unitFor}
        small
      />
    </Figure>
  );
}
