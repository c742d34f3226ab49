import type { ButtonHTMLAttributes } from 'react';

type Look = 'main' | 'plain' | 'quiet';

/** A verb. `main` is the one thing to do here, `quiet` has no border. */
export function Button({
  look = 'plain',
  className = '',
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look }) {
  return <button type="button" className={`button button-${look} ${className}`} {...rest} />;
}
