import type { ModelAnswer } from '@tino/system/contract';
import { useState } from 'react';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { FieldOf } from './field.js';
import { type Row, typicalRow } from './row.js';

interface FormProps {
  model: ModelAnswer;
  row: Row;
  onChange(row: Row): void;
}

const SHOWN = 9;

/** A field per column of the signature, in its order; the long tail waits behind a button. */
export function EstimateForm({ model, row, onChange }: FormProps) {
  const { t } = useLanguage();
  const [all, setAll] = useState(false);
  const fields = all ? model.features : model.features.slice(0, SHOWN);
  const more = model.features.length - SHOWN;
  return (
    <form className="estimate-form" onSubmit={(event) => event.preventDefault()}>
      <div className="section-head">
        <h2 className="section-title">{t({ pt: 'Características', en: 'Characteristics' })}</h2>
        <Button look="quiet" onClick={() => onChange(typicalRow(model))}>
          {t({ pt: 'Voltar ao típico', en: 'Back to typical' })}
        </Button>
      </div>
      {fields.map((feature) => (
        <FieldOf
          key={feature.name}
          model={model}
          feature={feature}
          value={row[feature.name] ?? null}
          onChange={(value) => onChange({ ...row, [feature.name]: value })}
        />
      ))}
      {more > 0 && (
        <Button onClick={() => setAll(!all)}>
          {all
            ? t({ pt: 'Menos características', en: 'Fewer characteristics' })
            : t({ pt: `Mais ${more} características`, en: `${more} more characteristics` })}
        </Button>
      )}
      <p className="figure-note">
        {t({
          pt: 'O valor muda enquanto você digita. Campo vazio conta como desconhecido.',
          en: 'The value changes as you type. An empty field counts as unknown.',
        })}
      </p>
    </form>
  );
}
