/** One suggestion of an item and cycle, whoever proposes at once; found by both. */
export const prices = `
CREATE UNIQUE INDEX suggestions_of_cycle ON suggestions (model, key, ((detail->>'cycle')::int));
`;
