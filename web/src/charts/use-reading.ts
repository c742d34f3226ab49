import { useState, type KeyboardEvent } from 'react';

/** A reading line that ←/→ move over `count` positions; Escape puts it away. */
export function useReading(count: number): {
  at: number | null;
  setAt(at: number | null): void;
  onKey(event: KeyboardEvent): void;
} {
  const [at, setAt] = useState<number | null>(null);
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape') setAt(null);
    if (step === undefined || count === 0) return;
    event.preventDefault();
    setAt(Math.min(count - 1, Math.max(0, (at ?? count - 1) + (at === null ? 0 : step))));
  };
  return { at: at !== null && at < count ? at : null, setAt, onKey };
}
