import type { ErrorAnswer } from '../contract/error.js';
import { TinoError } from '../contract/error.js';
import type { MessageCode } from '../contract/messages.js';
import type {
  ApiKey,
  ErasureAnswer,
  Job,
  JobEvent,
  ModelAnswer,
  Promotion,
  Run,
  VersionAnswer,
} from '../contract/index.js';
import { requestJson } from '../http/request.js';
import type { CommandInput } from './commands.js';
import type { Door } from './door.js';

const POLL_MS = 300;

/** The same commands through the API of the server that has the folder open. */
export async function openRemoteDoor({
  address,
  token,
  input,
}: {
  address: string;
  token: string;
  input: CommandInput;
}): Promise<Door> {
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const { status, json } = await requestJson(`${address}${path}`, {
      method,
      body,
      headers: { authorization: `Bearer ${token}` },
    }).catch(() => {
      throw new TinoError('NO_SERVER', { address });
    });
    if (status < 400) return json as T;
    const { code, params, where } = json as ErrorAnswer;
    throw new TinoError(code as MessageCode, params, where === undefined ? {} : { where });
  }
  const items = async <T>(path: string) => (await ask<{ items: T[] }>('GET', path)).items;

  async function follow(job: Job): Promise<unknown> {
    let after = 0;
    for (;;) {
      for (const event of await items<JobEvent>(`/v1/jobs/${job.id}/log?after=${after}`)) {
        after = event.seq;
        if (event.message)
          input.screen.progress({ done: event.progress ?? 0, message: event.message });
      }
      const now = await ask<Job>('GET', `/v1/jobs/${job.id}`);
      if (now.state === 'done') return now.result;
      if (now.state === 'cancelled') throw new TinoError('CANCELLED');
      if (now.state === 'failed') {
        const { code, params, where } = now.error as ErrorAnswer;
        throw new TinoError(code as MessageCode, params, where === undefined ? {} : { where });
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  return {
    job: async (verb, args) =>
      follow((await ask<{ job: Job }>('POST', '/v1/jobs', { verb, args })).job),
    modelNames: async () => (await items<ModelAnswer>('/v1/models')).map(({ name }) => name),
    models: () => items('/v1/models'),
    versions: (model) => items<VersionAnswer>(`/v1/models/${encodeURIComponent(model)}/versions`),
    runs: (model) =>
      items<Run>(
        `/v1/runs?limit=1000${model === undefined ? '' : `&model=${encodeURIComponent(model)}`}`,
      ),
    jobs: () => items<Job>('/v1/jobs?limit=1000'),
    promote: (model, version, reason) =>
      ask<Promotion>('POST', `/v1/models/${encodeURIComponent(model)}/promote`, {
        version,
        reason,
      }),
    rollback: (model, reason) =>
      ask<Promotion>('POST', `/v1/models/${encodeURIComponent(model)}/rollback`, { reason }),
    erase: (entity, key) => ask<ErasureAnswer>('POST', '/v1/erasures', { entity, key }),
    keys: () => items<ApiKey>('/v1/keys'),
    createKey: (key) => ask('POST', '/v1/keys', key),
    revokeKey: (id) => ask('DELETE', `/v1/keys/${encodeURIComponent(id)}`),
    signInLink: (link) => ask('POST', '/v1/keys/link', link),
    close: async () => {},
  };
}
