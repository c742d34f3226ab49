/** What each look of the last run found, kept until what it stands on changes. */
export const looks = `
CREATE TABLE insight_looks (
  part text NOT NULL, name text NOT NULL, fingerprint text NOT NULL, found jsonb NOT NULL,
  PRIMARY KEY (part, name));
DELETE FROM insight_runs;
UPDATE insights SET current = false;
ALTER TABLE insight_runs DROP COLUMN headlines, DROP COLUMN cohorts;
`;
