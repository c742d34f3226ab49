import fastify, { type FastifyRequest, type RouteOptions } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { createAuthenticator } from '../access/authenticator.js';
import { countJobs, type Queue } from '../jobs/queue.js';
import type { House } from '../ports/house.js';
import { missingForService } from '../serving/catalog.js';
import type { ServingContext } from '../serving/context.js';
import { authenticate } from './authenticate.js';
import { describeApi } from './describe.js';
import { docsRoutes } from './docs.js';
import { answerErrors, BODY_MAX } from './errors.js';
import { honourIdempotencyKeys } from './idempotency.js';
import { languageOf } from './language.js';
import { measureRequests } from './metrics.js';
import { servePages } from './pages.js';
import type { App, Room } from './room.js';
import { sendTogether } from './send-together.js';
import { rememberToday } from './today-memory.js';
import { refuseNul, validatorCompiler } from './validation.js';
import { accessRoutes } from './routes/access.js';
import { forecastRoutes } from './routes/forecasts.js';
import { healthRoutes } from './routes/health.js';
import { insightRoutes } from './routes/insights.js';
import { jobRoutes } from './routes/jobs.js';
import { modelRoutes } from './routes/models.js';
import { operationRoutes } from './routes/operations.js';
import { predictionRoutes } from './routes/predictions.js';
import { priceRoutes } from './routes/prices.js';
import { privacyRoutes } from './routes/privacy.js';
import { segmentRoutes } from './routes/segments.js';

export interface ServerOptions {
  house: House;
  serving: ServingContext;
  queue: Queue;
  version: string;
  /** Secret of the folder's owner, kept in the lock file: how the command line talks to this server. */
  ownerToken?: string;
  /** Built pages; absent, only the API answers. */
  pagesFolder?: string;
  /** Hears of each route as it is registered. */
  onRoute?: (route: RouteOptions) => void;
}

/** The whole HTTP face: `inject` it in tests, `listen` in a process. */
export async function buildServer({
  house,
  serving,
  queue,
  version,
  ownerToken,
  pagesFolder,
  onRoute,
}: ServerOptions): Promise<App> {
  const app = fastify({
    bodyLimit: BODY_MAX,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: true,
  }).withTypeProvider<ZodTypeProvider>();
  const asked = (request: FastifyRequest) => languageOf(request, house.workspace.language);
  app.setValidatorCompiler(validatorCompiler);
  // Answers are typed and tested against their schemas; checking each again at run time would cost more
  // than the prediction itself.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  answerErrors(app, house.log, asked);
  refuseNul(app);
  const metrics = measureRequests(app);
  await describeApi(app, version);
  const authenticator = await createAuthenticator(
    house.state,
    () => house.now().getTime(),
    ownerToken,
  );
  app.addHook('onClose', () => authenticator.close());
  authenticate(app, authenticator);
  if (onRoute !== undefined) app.addHook('onRoute', onRoute);
  honourIdempotencyKeys(app, house.state);
  sendTogether(app);

  const room: Room = {
    app,
    house,
    serving,
    queue,
    metrics,
    version,
    startedAt: Date.now(),
    ready: () => missingForService(serving),
    gauges: async () => ({
      tino_resident_memory_bytes: process.memoryUsage.rss(),
      ...Object.fromEntries(
        Object.entries(await countJobs(house.state)).map(([state, count]) => [
          `tino_jobs{state="${state}"}`,
          count,
        ]),
      ),
    }),
    today: rememberToday(serving),
    languageOf: asked,
  };
  for (const routes of [
    healthRoutes,
    accessRoutes,
    modelRoutes,
    predictionRoutes,
    forecastRoutes,
    priceRoutes,
    segmentRoutes,
    insightRoutes,
    jobRoutes,
    operationRoutes,
    privacyRoutes,
    docsRoutes,
  ])
    routes(room);
  if (pagesFolder !== undefined) await servePages(room, authenticator, pagesFolder);
  return app;
}
