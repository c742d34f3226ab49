/** Chevron down of selects and of the narrow title. */
export const Chevron = () => (
  <svg className="icon" width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
    <path d="M1.5 3.2 5 6.8l3.5-3.6" fill="none" stroke="currentColor" strokeWidth="1.5" />
  </svg>
);

/** The tilde alone: the mark at the top right when narrow. */
export const Tilde = () => (
  <svg className="tilde" width="22" height="12" viewBox="0 0 22 12" aria-hidden="true">
    <path d="M2 8c3-7 6.500-7 9-2s6 5 9-2" fill="none" stroke="currentColor" strokeWidth="3" />
  </svg>
);
