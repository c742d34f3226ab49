import type { ModelAnswer } from '@tino/system/contract';
import { useState, type FormEvent } from 'react';
import { useLanguage } from '../../language.js';
import { Button } from '../../parts/button.js';
import { nounOf } from '../kinds/labels.js';
import { EntityFound } from './entity-found.js';

/** One person by key: group, reasons, what is known; and a way to ask that somebody looks again. */
export function LookUp({ model }: { model: ModelAnswer }) {
  const { language, t } = useLanguage();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<string>();
  const noun = nounOf(model, 1, language);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() !== '') setAsked(typed.trim());
  };
  return (
    <form className="row look-up" onSubmit={ask}>
      <label className="field">
        <span className="field-label">
          {t({ pt: `Consultar ${noun}`, en: `Look up a ${noun}` })}
        </span>
        <input type="search" value={typed} onChange={({ target }) => setTyped(target.value)} />
      </label>
      <Button type="submit" disabled={typed.trim() === ''}>
        {t({ pt: 'Consultar', en: 'Look up' })}
      </Button>
      {asked !== undefined && (
        <EntityFound model={model} id={asked} onClose={() => setAsked(undefined)} />
      )}
    </form>
  );
}
