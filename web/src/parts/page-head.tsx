import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useShell } from '../shell.js';
import { Chevron } from './icons.js';

export interface Tab {
  href: string;
  label: string;
  current: boolean;
}

/** On a phone the tabs scroll: the one that is open is not left outside. */
function showCurrent(tabs: HTMLElement | null): void {
  const current = tabs?.querySelector<HTMLElement>('[aria-current]');
  if (tabs && current) tabs.scrollLeft = current.offsetLeft - tabs.offsetLeft;
}

/** Title row: tabs beside the title, verbs at the right. When narrow the title opens the rail. */
export function PageHead({
  title,
  tabs = [],
  actions,
}: {
  title: string;
  tabs?: Tab[];
  actions?: ReactNode;
}) {
  const { openRail } = useShell();
  return (
    <header className="page-head">
      <h1 className="page-title">
        <span className="wide-only">{title}</span>
        <button type="button" className="narrow-only page-title-button" onClick={openRail}>
          {title} <Chevron />
        </button>
      </h1>
      {tabs.length > 0 && (
        <nav className="tabs" aria-label={title} ref={showCurrent}>
          {tabs.map(({ href, label, current }) => (
            <Link
              key={href}
              href={href}
              className={current ? 'tab tab-current' : 'tab'}
              aria-current={current ? 'page' : undefined}
            >
              {label}
            </Link>
          ))}
        </nav>
      )}
      {actions && <div className="page-actions">{actions}</div>}
    </header>
  );
}
