import { useEffect, useState } from 'react';
import { useLanguage } from '../language.js';

/** Nothing for 200 ms, then the skeleton with its cut-off; after 5 s, what is being done. */
export function Loading({ doing }: { doing?: string }) {
  const { t } = useLanguage();
  const waited = useWaited();
  if (waited < 200) return null;
  const text = doing ?? t({ pt: 'Buscando a resposta…', en: 'Fetching the answer…' });
  return (
    <div className="skeleton" role="status" aria-live="polite">
      <p className="answer skeleton-says">{text}</p>
      <div className="skeleton-bar" style={{ width: '45%' }} />
      <div className="skeleton-figure" />
      <div className="skeleton-bar" />
      <div className="skeleton-bar" />
      <div className="skeleton-bar" style={{ width: '70%' }} />
      {waited >= 5000 && (
        <p className="note">
          {t({
            pt: 'Está demorando mais que o normal; o servidor ainda trabalha nisto.',
            en: 'This takes longer than usual; the server is still working on it.',
          })}
        </p>
      )}
    </div>
  );
}

function useWaited(): number {
  const [waited, set] = useState(0);
  useEffect(() => {
    const timers = [200, 5000].map((ms) => setTimeout(() => set(ms), ms));
    return () => timers.forEach(clearTimeout);
  }, []);
  return waited;
}
