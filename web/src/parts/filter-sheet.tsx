import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { Chevron } from './icons.js';

interface FilterSheetProps {
  /** What is always read; pale while nothing is chosen. */
  label: ReactNode;
  isSet: boolean;
  /** Opens at once: it was just asked for. */
  opened?: boolean;
  children: ReactNode;
}

/** A filter that opens a sheet of its own; Escape and a press elsewhere close it. */
export function FilterSheet({ label, isSet, opened = false, children }: FilterSheetProps) {
  const element = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const details = element.current!;
    if (opened) {
      details.open = true;
      details.querySelector<HTMLElement>('input')?.focus();
    }
    // Not when the press begins: what unfolds in place would move what is pressed from under it.
    const press = ({ target }: MouseEvent) => {
      if (target instanceof Node && !details.contains(target)) details.open = false;
    };
    document.addEventListener('click', press);
    return () => document.removeEventListener('click', press);
  }, [opened]);
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !element.current?.open) return;
    // The dialog around it stays.
    event.preventDefault();
    event.stopPropagation();
    element.current.open = false;
    element.current.querySelector('summary')?.focus();
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <details ref={element} className={isSet ? 'filter filter-set' : 'filter'} onKeyDown={leave}>
      <summary>
        {label}
        <Chevron />
      </summary>
      <div className="filter-sheet">{children}</div>
    </details>
  );
}
