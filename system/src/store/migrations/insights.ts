/** What each run found worth telling; no row names a person: lists are made when they are asked for. */
export const insights = `
CREATE TABLE insight_runs (
  part text PRIMARY KEY, fingerprint text NOT NULL, data_until text NOT NULL,
  at timestamptz NOT NULL, looks bigint NOT NULL, headlines jsonb NOT NULL);
CREATE TABLE insights (
  id text PRIMARY KEY, part text NOT NULL, name text NOT NULL, finding text NOT NULL,
  rank integer NOT NULL, current boolean NOT NULL, body jsonb NOT NULL, told jsonb NOT NULL,
  told_at timestamptz NOT NULL, UNIQUE (part, finding));
CREATE INDEX insights_current ON insights (part, rank) WHERE current;
`;
