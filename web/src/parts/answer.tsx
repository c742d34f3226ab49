import type { SentenceSpan } from '@tino/system/contract';
import { Predicted } from './predicted.js';

/** The sentence one could say on the phone. Predicted levels take the tilde, signed changes do not. */
export function Answer({ spans, children }: { spans: SentenceSpan[]; children?: React.ReactNode }) {
  return (
    <p className="answer" data-answer>
      {spans.map((span, at) => (
        <Span key={at} {...span} />
      ))}
      {children}
    </p>
  );
}

/** A sentence inside a list: same spans, body size. */
export const Sentence = ({ spans }: { spans: SentenceSpan[] }) => (
  <span className="sentence">
    {spans.map((span, at) => (
      <Span key={at} {...span} />
    ))}
  </span>
);

function Span({ kind, text }: SentenceSpan) {
  if (kind === 'text') return text;
  if (kind === 'strong') return <strong>{text}</strong>;
  if (kind === 'measured') return <span className="measured">{text}</span>;
  const bare = text.replace(/^~/, '');
  return <Predicted signed={/^[+\u2212-]/.test(bare)}>{bare}</Predicted>;
}
