import type { ModelAnswer } from '@tino/system/contract';
import type { ReactNode } from 'react';

interface ChangeProps {
  value: number;
  worse: ModelAnswer['page']['worse'];
  /** Smaller moves keep the ink: they may well be noise. */
  least?: number;
  children: ReactNode;
}

/** A signed change: urucum where it costs, folha where it gains, by the page's `worse`. */
export function Change({ value, worse = 'none', least = 0, children }: ChangeProps) {
  const tone =
    worse === 'none' || Math.abs(value) < least || value === 0 ? '' : toneOf(value, worse);
  return <span className={`change ${tone}`}>{children}</span>;
}

const toneOf = (value: number, worse: 'low' | 'high') =>
  value < 0 === (worse === 'low') ? 'tone-bad' : 'tone-good';
