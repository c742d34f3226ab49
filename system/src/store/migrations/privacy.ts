/** Persons who were erased, groups kept by rule, and decisions that a person asked to have looked at. */
export const privacy = `
-- Keyed digests only: the list blocks a person's return without telling who it is.
CREATE TABLE suppressions (
  part text NOT NULL, entity text NOT NULL, digest text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (part, entity, digest));
ALTER TABLE erasures ADD COLUMN part text NOT NULL DEFAULT '',
  ADD COLUMN by text NOT NULL DEFAULT '', ADD COLUMN ended_at timestamptz;
CREATE TABLE audiences (
  id text PRIMARY KEY, model text NOT NULL, name text NOT NULL, rule jsonb NOT NULL,
  made_by text NOT NULL, at timestamptz NOT NULL DEFAULT now(), UNIQUE (model, name));
CREATE TABLE reviews (
  id text PRIMARY KEY, model text NOT NULL, version integer NOT NULL, key jsonb NOT NULL,
  decision jsonb NOT NULL, asked_by text NOT NULL, reason text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'changed')),
  note text, resolved_by text, resolved_at timestamptz);
CREATE INDEX reviews_open ON reviews (at) WHERE state = 'open';
`;
