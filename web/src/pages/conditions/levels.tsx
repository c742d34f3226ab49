import type { Condition, ConditionColumn, ModelAnswer } from '@tino/system/contract';
import { useLanguage } from '../../language.js';
import { cellOf } from '../kinds/cell.js';
import { columnLabel } from '../kinds/labels.js';

export interface ColumnEditing {
  model: ModelAnswer;
  column: ConditionColumn;
  /** What is asked of this column. */
  conditions: readonly Condition[];
  onChange(next: Condition[]): void;
}

/** Values of a category to tick, or to write where they are too many to list. */
export function Levels({ model, column: { name, levels }, conditions, onChange }: ColumnEditing) {
  const { language, t } = useLanguage();
  const chosen = conditions.flatMap(({ values }) => values.map(String));
  const choose = (values: string[]) =>
    onChange(values.length === 0 ? [] : [{ column: name, is: 'oneOf', values }]);
  if (levels === null)
    return (
      <label className="field">
        <span className="field-label">
          {columnLabel(model, name, language)}
          {t({ pt: ', separados por vírgula', en: ', separated by commas' })}
        </span>
        <input
          type="text"
          defaultValue={chosen.join(', ')}
          onBlur={({ target }) =>
            choose(
              target.value
                .split(',')
                .map((one) => one.trim())
                .filter(Boolean),
            )
          }
        />
      </label>
    );
  return levels.map((level) => (
    <label key={level} className="check">
      <input
        type="checkbox"
        checked={chosen.includes(level)}
        onChange={() =>
          choose(
            chosen.includes(level) ? chosen.filter((one) => one !== level) : [...chosen, level],
          )
        }
      />
      {cellOf(level, language)}
    </label>
  ));
}
