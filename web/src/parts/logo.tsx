/** tĩno: the tilde of a prediction sits on the i. */
export const Logo = () => (
  <svg className="logo" viewBox="0 0 56 34" role="img" aria-label="Tino">
    <text x="0" y="29" className="logo-letters">
      tıno
    </text>
    <path d="M9.5 5.2c1.6-3 3.4-3 5-1.2s3.4 1.8 5-1.2" className="logo-tilde" />
  </svg>
);
