/** A text in the two languages of the house. */
export interface Words {
  pt: string;
  en: string;
}

export type Language = keyof Words;

/** Singular and plural. */
export interface Noun {
  pt: [string, string];
  en: [string, string];
}
