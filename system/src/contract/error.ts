import type { Language, Words } from './words.js';
import { messages, type MessageCode } from './messages.js';

export type Params = Record<string, string | number | boolean | null>;

/**
 * Every failure that a person can cause or mend: a code and its parameters, from which the sentence is
 * made in the asked language. `where` is file:line, route, table or key.
 */
export class TinoError extends Error {
  override readonly name = 'TinoError';
  constructor(
    readonly code: MessageCode,
    readonly params: Params = {},
    readonly options: { where?: string; cause?: unknown; retryable?: boolean } = {},
  ) {
    super(
      say(code, params, 'en').message,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
  }

  get status(): number {
    return messages[this.code].status;
  }

  /** What the API sends: `{ code, message, params, next }`. */
  answer(language: Language): ErrorAnswer {
    const { message, next } = say(this.code, this.params, language);
    return {
      code: this.code,
      message,
      params: this.params,
      next,
      ...(this.options.where && { where: this.options.where }),
    };
  }
}

export interface ErrorAnswer {
  code: string;
  message: string;
  params: Params;
  /** What to do now. */
  next: string;
  where?: string;
}

/** Several failures at once: `tino check` shows them all. */
export class TinoErrors extends Error {
  override readonly name = 'TinoErrors';
  constructor(readonly errors: readonly TinoError[]) {
    super(errors.map((error) => error.message).join('\n'));
  }
}

export function say(
  code: MessageCode,
  params: Params,
  language: Language,
): { message: string; next: string } {
  const { says, next } = messages[code];
  return { message: fill(says, params, language), next: fill(next, params, language) };
}

const fill = (words: Words, params: Params, language: Language) =>
  words[language].replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in params ? String(params[name]) : whole,
  );
