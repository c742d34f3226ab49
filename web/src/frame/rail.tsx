import type { Role, Words } from '@tino/system/contract';
import { Link, useLocation } from 'wouter';
import { useLanguage } from '../language.js';
import { Logo } from '../parts/logo.js';
import { useSession } from '../session.js';
import { useTheme } from '../theme.js';
import { useCounts } from './use-counts.js';
import { usePlaces, type Place } from './use-places.js';

/** Decisions in declared order with a count of open ones, then the workshop. */
export function Rail({ openPalette, close }: { openPalette(): void; close?: () => void }) {
  const { t } = useLanguage();
  const { workspace } = useSession();
  const { decisions, workshop } = usePlaces();
  const counts = useCounts();
  return (
    <div className="rail-inside">
      <div className="rail-top">
        <Link
          href="/"
          className="rail-logo"
          onClick={close}
          aria-label={t({ pt: 'Tino, hoje', en: 'Tino, today' })}
        >
          <Logo />
        </Link>
        {close && (
          <button type="button" className="rail-close" onClick={close}>
            {t({ pt: 'Fechar', en: 'Close' })}
          </button>
        )}
      </div>
      <p className="rail-workspace">{t(workspace.title)}</p>
      <button type="button" className="rail-jump" onClick={openPalette}>
        {t({ pt: 'Ir para…', en: 'Go to…' })}
        <kbd>Ctrl K</kbd>
      </button>
      <nav className="rail-nav" aria-label={t({ pt: 'Páginas', en: 'Pages' })}>
        <Places places={decisions} counts={counts} close={close} />
        {workshop.length > 0 && (
          <h2 className="rail-heading">{t({ pt: 'Oficina', en: 'Workshop' })}</h2>
        )}
        <Places places={workshop} counts={counts} close={close} />
      </nav>
      <Foot />
    </div>
  );
}

function Places({
  places,
  counts,
  close,
}: {
  places: Place[];
  counts: Record<string, number>;
  close: (() => void) | undefined;
}) {
  const { t } = useLanguage();
  const [path] = useLocation();
  const under = (href: string) =>
    href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
  const here = ({ href, within = [href] }: Place) => within.some(under);
  return (
    <ul>
      {places.map((place) => (
        <li key={place.href}>
          <Link
            href={place.href}
            className={here(place) ? 'rail-link rail-here' : 'rail-link'}
            aria-current={here(place) ? 'page' : undefined}
            onClick={close}
          >
            <span>{t(place.title)}</span>
            {place.state === 'untrained' && <NoModel />}
            <Count of={place} counts={counts} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Count({ of, counts }: { of: Place; counts: Record<string, number> }) {
  const { t } = useLanguage();
  const { href, within = [href] } = of;
  const open = within.reduce((sum, path) => sum + (counts[path] ?? 0), 0);
  if (open === 0) return null;
  const says = t({ pt: 'pedem decisão', en: 'need a decision' });
  return (
    <span className="rail-count">
      {open} <span className="hidden">{says}</span>
    </span>
  );
}

function NoModel() {
  const { t } = useLanguage();
  const says = t({ pt: 'ainda não tem modelo', en: 'has no model yet' });
  return <i className="dot dot-none" role="img" aria-label={says} title={says} />;
}

function Foot() {
  const { t, language, setLanguage } = useLanguage();
  const { theme, toggle } = useTheme();
  const { name, role } = useSession();
  return (
    <div className="rail-foot">
      <div className="row-between">
        <span>{name}</span>
        <span className="rail-languages">
          {(['pt', 'en'] as const).map((code) => (
            <button
              key={code}
              type="button"
              lang={code}
              aria-pressed={language === code}
              onClick={() => setLanguage(code)}
            >
              {code.toUpperCase()}
            </button>
          ))}
        </span>
      </div>
      <div className="row-between">
        <span className="note">{t(ROLES[role])}</span>
        <button
          type="button"
          className="rail-theme"
          aria-pressed={theme === 'dark'}
          onClick={toggle}
        >
          {theme === 'dark' ? t({ pt: 'claro', en: 'light' }) : t({ pt: 'escuro', en: 'dark' })}
        </button>
      </div>
    </div>
  );
}

const ROLES: Record<Role, Words> = {
  viewer: { pt: 'leitura', en: 'viewer' },
  analyst: { pt: 'análise', en: 'analyst' },
  approver: { pt: 'aprovação', en: 'approver' },
  admin: { pt: 'administração', en: 'admin' },
};
