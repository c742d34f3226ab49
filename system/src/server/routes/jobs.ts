import { z } from 'zod';
import { isScoped, type Principal } from '../../access/principal.js';
import {
  jobEventSchema,
  jobSchema,
  jobsAnswerSchema,
  messages,
  trainRequestSchema,
  type ErrorAnswer,
  type Job,
  type Language,
  type MessageCode,
} from '../../contract/index.js';
import { pageQuery } from '../../contract/common.js';
import { TinoError } from '../../contract/error.js';
import { requireModel } from '../../serving/catalog.js';
import { seesKey } from '../../access/principal.js';
import { listSchedule } from '../../jobs/schedule.js';
import { streamEvents } from '../events.js';
import type { Room } from '../room.js';

const params = z.object({ model: z.string() });
const jobRequest = z.object({
  verb: z.enum(['build', 'check', 'train', 'score', 'insights']),
  args: z.record(z.string(), z.unknown()).default({}),
});
const accepted = z.object({ job: jobSchema });

/** A failed job keeps its error's code and parameters: the sentence is said in the asked language. */
function told(job: Job, language: Language): Job {
  const { code, params: values, where } = (job.error ?? {}) as Partial<ErrorAnswer>;
  if (code === undefined || !(code in messages) || code === 'INTERNAL') return job;
  const options = where === undefined ? {} : { where };
  return { ...job, error: new TinoError(code as MessageCode, values, options).answer(language) };
}

export function jobRoutes({ app, house, serving, queue, languageOf }: Room): void {
  app.post(
    '/v1/models/:model/train',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'Train the whole model, or the members of one key',
        tags: ['jobs'],
        params,
        body: trainRequestSchema.nullish(),
        response: { 202: accepted },
      },
    },
    async (request, reply) => {
      const { scope, id } = request.principal;
      const model = requireModel(serving, request.params.model, scope);
      const { key, seed } = request.body ?? {};
      if (isScoped(scope) && !seesKey(scope, key ?? {}))
        throw new TinoError('UNKNOWN_KEY', { model: model.name, key: JSON.stringify(key ?? {}) });
      if (key !== undefined) serving.requireTrainKey(model, key);
      const job = await queue.send({
        verb: 'train',
        args: { model: model.name, ...(key && { key }), ...(seed !== undefined && { seed }) },
        key: `train ${model.name} ${JSON.stringify(key ?? {})}`,
        requestedBy: id,
      });
      return reply.status(202).send({ job });
    },
  );
  app.post(
    '/v1/models/:model/score',
    {
      config: { role: 'analyst', workspaceWide: true },
      schema: {
        summary: 'Score every entity now',
        tags: ['jobs'],
        params,
        response: { 202: accepted },
      },
    },
    async (request, reply) => {
      const model = requireModel(serving, request.params.model, request.principal.scope);
      const job = await queue.send({
        verb: 'score',
        args: { model: model.name },
        key: `score ${model.name}`,
        requestedBy: request.principal.id,
      });
      return reply.status(202).send({ job });
    },
  );
  app.get(
    '/v1/jobs',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'Jobs, newest first, and the schedule',
        tags: ['jobs'],
        querystring: z.looseObject(pageQuery),
        response: { 200: jobsAnswerSchema },
      },
    },
    async (request) => {
      const { principal } = request;
      const page = await queue.list({
        ...request.query,
        ...(isScoped(principal.scope) && { requestedBy: principal.id }),
      });
      return {
        ...page,
        items: page.items.map((job) => told(job, languageOf(request))),
        schedule: isScoped(principal.scope) ? [] : await listSchedule(house.state),
      };
    },
  );
  app.get(
    '/v1/jobs/:id',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'One job',
        tags: ['jobs'],
        params: z.object({ id: z.string() }),
        response: { 200: jobSchema },
      },
    },
    async (request) =>
      told(await visibleJob(request.params.id, request.principal), languageOf(request)),
  );
  app.delete(
    '/v1/jobs/:id',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'Cancel a job',
        tags: ['jobs'],
        params: z.object({ id: z.string() }),
        response: { 200: jobSchema },
      },
    },
    async (request) => {
      const job = await visibleJob(request.params.id, request.principal);
      if (!(await queue.cancel(job.id)))
        throw new TinoError('JOB_NOT_CANCELLABLE', { id: job.id, state: job.state });
      return visibleJob(job.id, request.principal);
    },
  );
  app.post(
    '/v1/jobs',
    {
      config: { role: 'admin', workspaceWide: true },
      schema: {
        summary: 'Run a verb as a job',
        tags: ['jobs'],
        body: jobRequest,
        response: { 202: accepted },
      },
    },
    async (request, reply) => {
      const { verb, args } = request.body;
      const job = await queue.send({
        verb,
        args,
        key: `${verb} ${JSON.stringify(args)}`,
        requestedBy: request.principal.id,
      });
      return reply.status(202).send({ job });
    },
  );
  app.get(
    '/v1/jobs/:id/log',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'Events of a job after a number',
        tags: ['jobs'],
        params: z.object({ id: z.string() }),
        querystring: z.looseObject({ after: z.coerce.number().int().default(0) }),
        response: { 200: z.object({ items: z.array(jobEventSchema) }) },
      },
    },
    async (request) => {
      const job = await visibleJob(request.params.id, request.principal);
      return { items: await queue.events(job.id, request.query.after) };
    },
  );
  app.get(
    '/v1/jobs/:id/events',
    {
      config: { role: 'analyst' },
      schema: {
        summary: 'Progress as server-sent events',
        produces: ['text/event-stream'],
        tags: ['jobs'],
        params: z.object({ id: z.string() }),
        response: { 200: z.unknown() },
      },
    },
    async (request, reply) => {
      const job = await visibleJob(request.params.id, request.principal);
      await streamEvents(queue, job.id, request, reply);
    },
  );

  async function visibleJob(id: string, principal: Principal): Promise<Job> {
    const job = await queue.find(id);
    if (job === undefined || (isScoped(principal.scope) && job.requestedBy !== principal.id))
      throw new TinoError('NOT_FOUND', { kind: 'job', id });
    return job;
  }
}
