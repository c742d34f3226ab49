import { useId, useState, type KeyboardEvent } from 'react';
import { useLocation } from 'wouter';
import { useLanguage } from '../language.js';
import { useJumps } from './use-jumps.js';

/** Ctrl K: a few letters of a page, a member of a model, a source or a run, then Enter. */
export function Palette({ close }: { close(): void }) {
  const { t } = useLanguage();
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const jumps = useJumps(text);
  const chosen = Math.min(at, jumps.length - 1);
  const go = (href: string) => {
    close();
    navigate(href);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt(Math.max(0, Math.min(jumps.length - 1, chosen + step)));
    if (event.key === 'Enter' && jumps[chosen]) go(jumps[chosen].href);
    if (step !== undefined || event.key === 'Enter') event.preventDefault();
  };
  return (
    <>
      <input
        // The dialog was opened to type in it.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={jumps[chosen] && `${list}-${chosen}`}
        aria-label={t({ pt: 'Ir para', en: 'Go to' })}
        placeholder={t({ pt: 'Página, modelo, fonte, execução…', en: 'Page, model, source, run…' })}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div
        id={list}
        role="listbox"
        className="palette-list"
        aria-label={t({ pt: 'Destinos', en: 'Places' })}
      >
        {jumps.map(({ href, title, kind }, index) => (
          <button
            key={`${href} ${title}`}
            type="button"
            role="option"
            tabIndex={-1}
            id={`${list}-${index}`}
            aria-selected={index === chosen}
            className="palette-item"
            onClick={() => go(href)}
            onMouseMove={() => setAt(index)}
          >
            <span>{title}</span>
            <span className="note">{kind}</span>
          </button>
        ))}
        {jumps.length === 0 && (
          <p className="palette-none">
            {t({ pt: 'Nada com este nome.', en: 'Nothing by this name.' })}
          </p>
        )}
      </div>
    </>
  );
}
