import { Link, useLocation } from 'wouter';
import { useLanguage } from '../language.js';
import { Empty } from '../parts/empty.js';
import { PageHead } from '../parts/page-head.js';

/** An address that leads nowhere, or nowhere that this reader may see. */
export function NotFoundPage() {
  const { t } = useLanguage();
  const [path] = useLocation();
  return (
    <>
      <PageHead title={t({ pt: 'Página não encontrada', en: 'Page not found' })} />
      <Empty title={t({ pt: `Nada responde em ${path}.`, en: `Nothing answers at ${path}.` })}>
        <Link className="button button-main" href="/">
          {t({ pt: 'Ir para Hoje', en: 'Go to Today' })}
        </Link>
      </Empty>
    </>
  );
}
