// What the smoke test asks of each operation of the API. What would change a decision is asked of things
// that do not exist.
const keyQuery = (entity) =>
  new URLSearchParams(Object.entries(entity).map(([name, value]) => [`key.${name}`, value]));
const typicalRow = ({ features }) =>
  Object.fromEntries(features.map(({ name, typical }) => [name, typical]));

/** Lists of people, and what the law asks of a system that decides about them. */
const aboutPeople = (t) => ({
  getModelsAudiences: [`/v1/models/${t.grouped.name}/audiences`],
  postModelsAudiences: [
    `/v1/models/${t.grouped.name}/audiences`,
    { name: `smoke ${Date.now()}`, rule: { top: 5 } },
    [201],
  ],
  getModelsAudiencesMembers: [
    `/v1/models/${t.grouped.name}/audiences/${t.audience.id}/members?format=parquet`,
  ],
  deleteModelsAudiencesByAudience: [
    `/v1/models/${t.grouped.name}/audiences/${t.audience.id}`,
    undefined,
    [204],
  ],
  getErasures: ['/v1/erasures'],
  postErasures: ['/v1/erasures', { entity: 'smoke', key: '1' }, [404]],
  getLookUps: ['/v1/look-ups'],
  getDecisions: ['/v1/decisions'],
  getReviews: ['/v1/reviews?state=open'],
  postReviews: [
    '/v1/reviews',
    { model: t.grouped.name, key: Object.values(t.member.key).join(','), reason: 'smoke' },
    [201],
  ],
  postReviewsResolve: ['/v1/reviews/smoke/resolve', { state: 'kept', note: 'smoke' }, [404]],
});

const ofTheService = {
  getHealth: ['/v1/health'],
  getReady: ['/v1/ready', undefined, [200, 503]],
  getMetrics: ['/metrics'],
  postSession: ['/v1/session', { token: 'smoke' }, [401]],
  getSession: ['/v1/session'],
  deleteSession: ['/v1/session', undefined, [204]],
  getKeys: ['/v1/keys'],
  postKeys: ['/v1/keys', { name: 'smoke', role: 'viewer' }, [201]],
  postKeysLink: ['/v1/keys/link', { role: 'viewer' }, [201]],
  deleteKeysById: ['/v1/keys/smoke', undefined, [404]],
};

/** How each operation is asked: path, body, and the statuses that are right. */
export const questions = (t) => ({
  ...ofTheService,
  getModels: ['/v1/models'],
  getModelsByModel: [`/v1/models/${t.any.name}`],
  getModelsVersions: [`/v1/models/${t.scored.name}/versions`],
  getModelsHistory: [`/v1/models/${t.scored.name}/history`],
  getModelsVersionsArtifact: [`/v1/models/${t.scored.name}/versions/${t.scored.champion}/artifact`],
  postModelsPromote: [
    `/v1/models/${t.any.name}/promote`,
    { version: 2_000_000_000, reason: 'smoke' },
    [404],
  ],
  postModelsRollback: ['/v1/models/smoke/rollback', { reason: 'smoke' }, [404]],
  postModelsPredict: [
    `/v1/models/${t.scored.name}/predict?explain=true`,
    { rows: [typicalRow(t.scored)] },
  ],
  getModelsScores: [`/v1/models/${t.scored.name}/scores`],
  getModelsForecast: [`/v1/models/${t.family.name}/forecast?${keyQuery(t.series.key)}`],
  postModelsForecastWhatIf: [
    `/v1/models/${t.planned.name}/forecast/what-if`,
    { changes: t.planned.changes },
  ],
  getModelsSuggestion: [`/v1/models/${t.priced.name}/suggestion?${keyQuery(t.suggestion.key)}`],
  getModelsSuggestionHistory: [
    `/v1/models/${t.priced.name}/suggestion/history?${keyQuery(t.suggestion.key)}`,
  ],
  getModelsSuggestions: [`/v1/models/${t.priced.name}/suggestions`],
  getModelsEvaluation: [`/v1/models/${t.priced.name}/evaluation`],
  postModelsSuggestionsDecision: [
    `/v1/models/${t.priced.name}/suggestions/smoke/decision`,
    { decision: 'refuse' },
    [404],
  ],
  postModelsOutcomes: [
    `/v1/models/${t.priced.name}/outcomes`,
    { outcomes: [{ id: 'smoke', suggestion: 'smoke', price: 1, units: 1 }] },
    [404],
  ],
  getModelsSegments: [`/v1/models/${t.grouped.name}/segments`],
  getModelsSegmentsMembers: [
    `/v1/models/${t.grouped.name}/segments/${t.segment.id}/members?format=csv`,
  ],
  getModelsSegmentsCompare: [
    `/v1/models/${t.grouped.name}/segments/compare?segment=${t.segment.id}&segment=${t.other.id}`,
  ],
  getModelsEntitiesByKey: [
    `/v1/models/${t.grouped.name}/entities/${encodeURIComponent(Object.values(t.member.key).join('|'))}`,
  ],
  getModelsEntitiesDecisions: [
    `/v1/models/${t.grouped.name}/entities/${encodeURIComponent(Object.values(t.member.key).join('|'))}/decisions`,
  ],
  postModelsTrain: [`/v1/models/${t.any.name}/train`, {}, [202]],
  postModelsScore: [`/v1/models/${t.any.name}/score`, {}, [202]],
  getJobs: ['/v1/jobs'],
  postJobs: ['/v1/jobs', { verb: 'check' }, [202]],
  getJobsById: [`/v1/jobs/${t.job.id}`],
  getJobsLog: [`/v1/jobs/${t.job.id}/log`],
  // Before its events are asked, which end with the job.
  deleteJobsById: [`/v1/jobs/${t.job.id}`, undefined, [200, 409]],
  getJobsEvents: [`/v1/jobs/${t.job.id}/events`],
  getRuns: ['/v1/runs'],
  getRunsById: [`/v1/runs/${t.run.id}`],
  ...aboutPeople(t),
  getSources: ['/v1/sources'],
  getToday: ['/v1/today'],
  getAlerts: ['/v1/alerts'],
  getInsights: ['/v1/insights'],
  getInsightsMembers: ['/v1/insights/none/members', undefined, [404]],
});
