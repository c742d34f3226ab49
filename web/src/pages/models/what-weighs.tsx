import type { ModelAnswer, VersionAnswer } from '@tino/system/contract';
import { share, valueOf } from '../../format.js';
import { useLanguage } from '../../language.js';
import { isFlag } from '../estimate/row.js';
import { cellOf } from '../kinds/cell.js';
import { columnLabel } from '../kinds/labels.js';
import { DependenceCurve } from './dependence-curve.js';

const SHOWN = 8;

/** The columns that weigh most as bars, each with what is said on average as it changes. */
export function WhatWeighs({ model, version }: { model: ModelAnswer; version: VersionAnswer }) {
  const { t, language } = useLanguage();
  const { importance, dependence } = version;
  const top = importance.filter((one) => one.share > 0).slice(0, SHOWN);
  if (top.length === 0) return null;
  const most = top[0]!.share;
  const flags = new Set(model.features.filter(isFlag).map(({ name }) => name));
  const named = (column: string, value: number | string) =>
    cellOf(flags.has(column) ? value === 1 : value, language);
  return (
    <section className="inside">
      <h2 className="heading">
        {t({ pt: 'O que mais pesa', en: 'What weighs most' })}{' '}
        <span className="soft">
          {t({ pt: 'e o que muda na previsão', en: 'and how the prediction follows' })}
        </span>
      </h2>
      <ul className="weighs">
        {top.map(({ column, share: part }) => {
          const points = dependence.find((one) => one.column === column)?.points ?? [];
          const said = points.map(({ predicted }) => predicted);
          const low = points.find(({ predicted }) => predicted === Math.min(...said));
          const high = points.find(({ predicted }) => predicted === Math.max(...said));
          return (
            <li key={column} className="weighs-row">
              <span className="weighs-name">{columnLabel(model, column, language)}</span>
              <span className="weighs-bar" aria-hidden="true">
                <span style={{ width: `${(100 * part) / most}%` }} />
              </span>
              <span className="weighs-share">{share(part, language)}</span>
              <DependenceCurve points={points} flag={flags.has(column)} />
              {low && high && low !== high && (
                <span className="weighs-says">
                  {`${named(column, low.value)}: ${valueOf(low.predicted, model.page.unit, language)} · ${named(column, high.value)}: ${valueOf(high.predicted, model.page.unit, language)}`}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
