import type { ReactNode } from 'react';
import { Link, useRoute } from 'wouter';
import { useLanguage } from '../language.js';
import { useShell } from '../shell.js';
import { siblingsOf, useModels } from '../use-models.js';
import { Chevron } from './icons.js';

export interface Tab {
  href: string;
  label: string;
  current: boolean;
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
  const every = [...useSiblings(), ...tabs];
  return (
    <header className="page-head">
      <h1 className="page-title">
        <span className="wide-only">{title}</span>
        <button type="button" className="narrow-only page-title-button" onClick={openRail}>
          {title} <Chevron />
        </button>
      </h1>
      {every.length > 0 && (
        <nav className="tabs" aria-label={title}>
          {every.map(({ href, label, current }) => (
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

/** Questions that share a title are tabs of one page, whichever model answers. */
function useSiblings(): Tab[] {
  const { t } = useLanguage();
  const models = useModels();
  const [, params] = useRoute('/m/:model/*?');
  const model = models.find(({ name }) => name === params?.model);
  const siblings = model ? siblingsOf(model, models) : [];
  if (siblings.length < 2) return [];
  return siblings.map(({ name, page }) => ({
    href: `/m/${name}`,
    label: t(page.tab ?? page.title),
    current: name === model?.name,
  }));
}
