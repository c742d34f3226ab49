import type { ModelAnswer } from '@tino/system/contract';
import { useId } from 'react';
import { number } from '../../format.js';
import { useLanguage } from '../../language.js';
import { columnLabel } from '../kinds/labels.js';
import { type Feature, isFlag, stepOf } from './row.js';

interface FieldProps {
  model: ModelAnswer;
  feature: Feature;
  value: string | number | null;
  onChange(value: string | number | null): void;
}

/** Yes or no, one of the levels, or a number with its slider; empty means unknown. */
export function FieldOf(props: FieldProps) {
  if (isFlag(props.feature)) return <FlagField {...props} />;
  return props.feature.type === 'category' ? <LevelField {...props} /> : <NumberField {...props} />;
}

function FlagField({ model, feature, value, onChange }: FieldProps) {
  const { language, t } = useLanguage();
  const options = [
    { text: t({ pt: 'não', en: 'no' }), is: 0 },
    { text: t({ pt: 'sim', en: 'yes' }), is: 1 },
    { text: '?', is: null },
  ];
  const label = columnLabel(model, feature.name, language);
  return (
    <div className="estimate-flag" role="group" aria-label={label}>
      <span className="field-label">{label}</span>
      <span className="segmented">
        {options.map(({ text, is }) => (
          <button
            key={text}
            type="button"
            aria-pressed={value === is}
            aria-label={is === null ? t({ pt: 'não sei', en: 'unknown' }) : text}
            onClick={() => onChange(is)}
          >
            {text}
          </button>
        ))}
      </span>
    </div>
  );
}

function LevelField({ model, feature, value, onChange }: FieldProps) {
  const { language, t } = useLanguage();
  const levels = (feature.levels ?? []).toSorted((a, b) =>
    a.localeCompare(b, undefined, { numeric: true }),
  );
  return (
    <label className="field">
      <span className="field-label">{columnLabel(model, feature.name, language)}</span>
      <select
        value={value ?? ''}
        onChange={({ target }) => onChange(target.value === '' ? null : target.value)}
      >
        <option value="">{t({ pt: 'não sei', en: 'unknown' })}</option>
        {levels.map((level) => (
          <option key={level} value={level}>
            {level.replaceAll('_', ' ')}
          </option>
        ))}
      </select>
    </label>
  );
}

function NumberField({ model, feature, value, onChange }: FieldProps) {
  const { language, t } = useLanguage();
  const id = useId();
  const { low, high } = feature;
  const step = stepOf(feature);
  const label = columnLabel(model, feature.name, language);
  return (
    <div className="field">
      <label className="field-label field-label-range" htmlFor={id}>
        <span>{label}</span>
        {low !== undefined && high !== undefined && (
          <span className="figure-note">
            {number(low, language)} {t({ pt: 'a', en: 'to' })} {number(high, language)}
          </span>
        )}
      </label>
      <input
        id={id}
        type="number"
        step="any"
        value={value ?? ''}
        placeholder={t({ pt: 'não sei', en: 'unknown' })}
        onChange={({ target }) => onChange(target.value === '' ? null : target.valueAsNumber)}
      />
      {low !== undefined && high !== undefined && high > low && (
        <input
          type="range"
          aria-label={label}
          min={low}
          max={high}
          step={step}
          value={typeof value === 'number' ? value : (low + high) / 2}
          onChange={({ target }) => onChange(target.valueAsNumber)}
        />
      )}
    </div>
  );
}
