import type { ReactNode } from 'react';

/** Nothing here: says which filter emptied it, or what would fill it, and offers the way out. */
export const Empty = ({ title, children }: { title: string; children?: ReactNode }) => (
  <div className="state">
    <p className="state-title">{title}</p>
    {children}
  </div>
);
