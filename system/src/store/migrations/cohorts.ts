/** What a run tells as a table beside its figures: who came back, by the period of the first purchase. */
export const cohorts = `
ALTER TABLE insight_runs ADD COLUMN cohorts jsonb NOT NULL DEFAULT '{}';
`;
