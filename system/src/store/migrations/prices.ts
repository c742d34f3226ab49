/** The cycle of a suggestion: one of an item and cycle, whoever proposes at once. */
export const prices = `
ALTER TABLE suggestions ADD COLUMN cycle integer;
UPDATE suggestions SET cycle = (detail->>'cycle')::int;
CREATE UNIQUE INDEX suggestions_of_cycle ON suggestions (model, key, cycle);
`;
