import type { ReactNode } from 'react';

/** A number that has not happened: anil with a tilde; a signed change carries its sign instead. */
export const Predicted = ({
  children,
  signed = false,
}: {
  children: ReactNode;
  signed?: boolean;
}) => <span className={signed ? 'predicted signed' : 'predicted'}>{children}</span>;
