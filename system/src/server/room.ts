import type { FastifyInstance, FastifyRequest, RawServerDefault, FastifyBaseLogger } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Today } from '../contract/operations.js';
import type { Language, Words } from '../contract/words.js';
import type { Queue } from '../jobs/queue.js';
import type { TodayOptions } from '../monitoring/today.js';
import type { House } from '../ports/house.js';
import type { ServingContext } from '../serving/context.js';
import type { Metrics } from './metrics.js';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What every file of routes gets: the application and the layers below it. */
export interface Room {
  app: App;
  house: House;
  serving: ServingContext;
  queue: Queue;
  metrics: Metrics;
  version: string;
  startedAt: number;
  ready(): Promise<Words[]>;
  gauges(): Promise<Record<string, number>>;
  today(options: TodayOptions): Promise<Today>;
  languageOf(request: FastifyRequest): Language;
}
