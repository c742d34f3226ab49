/** Everything the first version keeps. Plain SQL at PostgreSQL 15's level. */
export const first = `
-- A Parquet table exists when its row does: the one commit point.
CREATE TABLE tables (
  name text NOT NULL, snapshot text NOT NULL, part text NOT NULL DEFAULT '', kind text NOT NULL,
  files jsonb NOT NULL, rows bigint NOT NULL, fingerprint text NOT NULL,
  manifest jsonb NOT NULL DEFAULT '{}', at timestamptz NOT NULL DEFAULT now(),
  current boolean NOT NULL DEFAULT true);
CREATE UNIQUE INDEX tables_current ON tables (kind, name) WHERE current;
CREATE INDEX tables_history ON tables (kind, name, at);

CREATE TABLE runs (
  id text PRIMARY KEY, model text NOT NULL, status text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(), ended_at timestamptz, seed bigint,
  params jsonb NOT NULL DEFAULT '{}', metrics jsonb NOT NULL DEFAULT '{}',
  folds jsonb NOT NULL DEFAULT '[]', candidates jsonb NOT NULL DEFAULT '[]',
  manifest jsonb NOT NULL DEFAULT '{}', code text, timings jsonb NOT NULL DEFAULT '{}',
  error text, parent text REFERENCES runs (id));
CREATE INDEX runs_of_model ON runs (model, id DESC);
CREATE TABLE run_artifacts (
  run text NOT NULL REFERENCES runs (id), name text NOT NULL, hash text NOT NULL,
  bytes bigint NOT NULL, PRIMARY KEY (run, name));

CREATE TABLE versions (
  model text NOT NULL, version integer NOT NULL, run text REFERENCES runs (id),
  hash text NOT NULL, signature jsonb NOT NULL DEFAULT '{}', recipe jsonb NOT NULL DEFAULT '{}',
  metrics jsonb NOT NULL DEFAULT '{}', preprocessing jsonb NOT NULL DEFAULT '{}',
  declaration_hash text NOT NULL DEFAULT '', data_until text,
  created_at timestamptz NOT NULL DEFAULT now(), meta jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (model, version));
CREATE INDEX versions_of_run ON versions (run);
CREATE TABLE promotions (
  id text PRIMARY KEY, model text NOT NULL, alias text NOT NULL, version integer NOT NULL,
  replaced integer, verdict text NOT NULL, kind text NOT NULL, reasons jsonb NOT NULL DEFAULT '[]',
  by text NOT NULL, reason text, at timestamptz NOT NULL DEFAULT now(),
  FOREIGN KEY (model, version) REFERENCES versions (model, version));
CREATE INDEX promotions_of_model ON promotions (model, alias, at);
CREATE TABLE aliases (
  model text NOT NULL, alias text NOT NULL, version integer NOT NULL,
  promotion text NOT NULL REFERENCES promotions (id), PRIMARY KEY (model, alias),
  FOREIGN KEY (model, version) REFERENCES versions (model, version));
CREATE TABLE members (
  model text NOT NULL, version integer NOT NULL, key text NOT NULL, hash text NOT NULL,
  kind text NOT NULL, metrics jsonb NOT NULL DEFAULT '{}', PRIMARY KEY (model, version, key),
  FOREIGN KEY (model, version) REFERENCES versions (model, version));

CREATE TABLE jobs (
  id text PRIMARY KEY, verb text NOT NULL, args jsonb NOT NULL DEFAULT '{}',
  state text NOT NULL CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  attempt integer NOT NULL DEFAULT 0, attempts_max integer NOT NULL DEFAULT 3,
  lease_until timestamptz, worker text, run_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(), started_at timestamptz, ended_at timestamptz,
  progress real NOT NULL DEFAULT 0, message jsonb, result jsonb, error jsonb, key text,
  requested_by text NOT NULL);
CREATE UNIQUE INDEX jobs_active_key ON jobs (key) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_to_take ON jobs (run_at) WHERE state IN ('queued', 'running');
CREATE TABLE job_events (
  job text NOT NULL REFERENCES jobs (id), seq bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT now(), event jsonb NOT NULL, PRIMARY KEY (job, seq));
CREATE TABLE schedules (
  name text PRIMARY KEY, verb text NOT NULL, args jsonb NOT NULL DEFAULT '{}',
  rhythm jsonb NOT NULL, next_at timestamptz NOT NULL, last_at timestamptz, last_job text);

CREATE TABLE keys (
  id text PRIMARY KEY, name text NOT NULL, role text NOT NULL, scope jsonb NOT NULL DEFAULT '{}',
  hash text NOT NULL UNIQUE, created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz, last_used_at timestamptz);
CREATE TABLE sign_in_links (
  hash text PRIMARY KEY, role text NOT NULL, scope jsonb NOT NULL DEFAULT '{}',
  expires_at timestamptz NOT NULL, used_at timestamptz);
CREATE TABLE sessions (
  hash text PRIMARY KEY, key text REFERENCES keys (id), role text NOT NULL,
  scope jsonb NOT NULL DEFAULT '{}', created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL);

CREATE TABLE suggestions (
  id text PRIMARY KEY, model text NOT NULL, key text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(), price numeric NOT NULL, current numeric,
  state text NOT NULL, detail jsonb NOT NULL DEFAULT '{}', decided_by text,
  decided_at timestamptz, decided_price numeric, reason text);
CREATE INDEX suggestions_of_key ON suggestions (model, key, at DESC);
CREATE INDEX suggestions_waiting ON suggestions (model, at) WHERE state = 'waiting';
CREATE TABLE outcomes (
  id text PRIMARY KEY, suggestion text REFERENCES suggestions (id), model text NOT NULL,
  key text NOT NULL, at timestamptz NOT NULL, detail jsonb NOT NULL DEFAULT '{}',
  idempotency_key text UNIQUE);
CREATE INDEX outcomes_of_key ON outcomes (model, key, at);
CREATE TABLE posteriors (
  model text NOT NULL, key text NOT NULL, posterior jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), outcomes integer NOT NULL DEFAULT 0,
  PRIMARY KEY (model, key));

CREATE TABLE idempotency (
  key text NOT NULL, route text NOT NULL, key_owner text NOT NULL, body_hash text NOT NULL,
  status integer, response jsonb, at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (key, route, key_owner));
CREATE INDEX idempotency_age ON idempotency (at);
CREATE TABLE erasures (
  id text PRIMARY KEY, entity text NOT NULL, pseudonym_hash text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(), report jsonb NOT NULL DEFAULT '{}');
CREATE TABLE audit (
  id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), who text NOT NULL, role text,
  action text NOT NULL, subject text NOT NULL, detail jsonb NOT NULL DEFAULT '{}');
CREATE INDEX audit_of_subject ON audit (subject, at);
CREATE TABLE segment_names (
  model text NOT NULL, segment text NOT NULL, label jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (model, segment));
CREATE TABLE alerts (
  id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(), kind text NOT NULL,
  subject text NOT NULL, severity text NOT NULL, params jsonb NOT NULL DEFAULT '{}',
  money numeric, closed_at timestamptz);
CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject) WHERE closed_at IS NULL;
CREATE TABLE settings (name text PRIMARY KEY, value jsonb NOT NULL);
`;
