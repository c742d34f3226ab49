import type { ReactNode } from 'react';

/** From one of many back to all, in words. */
export const BackLink = ({ onBack, children }: { onBack(): void; children: ReactNode }) => (
  <p className="back">
    <button type="button" className="under link" onClick={onBack}>
      ← {children}
    </button>
  </p>
);
