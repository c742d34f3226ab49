import type { Condition } from '@tino/system/contract';
import type { KeyboardEvent } from 'react';
import { useLanguage } from '../../language.js';
import { cellOf } from '../kinds/cell.js';
import { unitOf } from '../kinds/labels.js';
import type { ColumnEditing } from './levels.js';

/** From and to, asked for when the field is left or Enter is pressed; shares are written in per cent. */
export function Range({ model, column, conditions, onChange }: ColumnEditing) {
  const { language, t } = useLanguage();
  const unit = unitOf(model, column.name);
  const scale = unit === 'share' ? 100 : 1;
  const valueOf = (is: Condition['is']) => conditions.find((one) => one.is === is)?.values[0];
  const leave = (is: 'atLeast' | 'atMost', written: string) => {
    const others = conditions.filter((one) => one.is !== is);
    if (written === '') return valueOf(is) === undefined ? undefined : onChange(others);
    // As written: 0,1 of a hundred times 0,29 is not 29.
    const value = Number((Number(written) / scale).toPrecision(12));
    if (value !== Number(valueOf(is)))
      onChange([...others, { column: column.name, is, values: [value] }]);
  };
  const field = (is: 'atLeast' | 'atMost', label: string, seen: number | null) => {
    const value = valueOf(is);
    const shown =
      value === undefined ? '' : String(Number((Number(value) * scale).toPrecision(12)));
    return (
      <label className="field" key={`${is} ${shown}`}>
        <span className="field-label">
          {label}
          {unit === 'share' && ' (%)'}
        </span>
        <input
          type="number"
          step="any"
          defaultValue={shown}
          placeholder={seen === null ? undefined : cellOf(seen, language, unit)}
          onBlur={({ target }) => leave(is, target.value)}
          onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            leave(is, event.currentTarget.value);
          }}
        />
      </label>
    );
  };
  return (
    <>
      {field('atLeast', t({ pt: 'a partir de', en: 'at least' }), column.low)}
      {field('atMost', t({ pt: 'até', en: 'at most' }), column.high)}
    </>
  );
}
