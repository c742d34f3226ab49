export { foldOf } from './fold-frame.js';
export * from './frame.js';
export * from './series.js';
export * from './estimator.js';
export * from './random.js';
export { encodeArtifact, decodeArtifact, crc32, type Artifact, type Section } from './artifact.js';

export { mapTasks, type FitTask } from './tasks.js';
export type { WasmMemory, WasmModule } from './kernel/wasm.js';
export { loadModel } from './load.js';
export { auto, ensemble, estimatorOf, recipeKinds, stacked, type RecipeKind } from './recipe.js';
export type { EnsembleParameters, StackedParameters } from './ensemble/parameters.js';
export type { Recipe, Task } from './recipe-type.js';
export type { AutoEstimator } from './auto/auto.js';
export type { AutoModel } from './auto/model.js';
export type { AutoParameters } from './auto/parameters.js';
export { replayOf, type AutoCandidate, type AutoReport } from './auto/report.js';
export { mean, median, classPrior } from './baseline/constant.js';
export { boosting } from './boosting/boost.js';
export type { BoostingOptions, BoostingParameters } from './boosting/parameters.js';
export type { OwnObjective } from './boosting/scores.js';
export type { TargetRule, Targets } from './training-data.js';
export { fromLightGbm } from './boosting/interop/from-lightgbm.js';
export { toLightGbm } from './boosting/interop/to-lightgbm.js';
export { toSql, type SqlOptions } from './boosting/interop/sql.js';
export { toOnnx } from './boosting/interop/onnx.js';
export { sqlDialects, type SqlDialect } from './boosting/interop/sql-dialect.js';
export {
  ridge,
  elasticNet,
  type RidgeParameters,
  type ElasticNetParameters,
} from './linear/regression.js';
export { gamma, logistic, poisson, type GeneralisedParameters } from './linear/generalised.js';
export { encoded, type EncodedOptions } from './encode/encoded.js';
export type { Encoding } from './encode/code.js';
export { calibrated } from './calibrate/calibrated.js';
export type { CalibrationMethod } from './calibrate/calibrator.js';
export { transformedTarget } from './calibrate/transformed-target.js';
export { metricOf, metricNames, type Metric } from './metric/metrics.js';
export type { Measure } from './metric/measure.js';
export { pinball } from './metric/regression.js';
export { mase, rmsse, coverage, winkler } from './metric/series.js';
export { ndcg } from './metric/ndcg.js';
export { capturedShare, gains, liftCurve } from './metric/ranking.js';
export { calibrationTable } from './metric/probability.js';
export { psi } from './metric/drift.js';
export { adjustedRand } from './cluster/agreement.js';
export { quantiles, weightedQuantile } from './metric/quantile.js';
export { kFold, foldsByTime, rollingFolds, type Fold, type FoldOptions } from './validate/folds.js';
export {
  pairedBootstrap,
  bootstrapDifference,
  type BootstrapOptions,
  type Difference,
} from './validate/bootstrap.js';
export {
  conformalInterval,
  conformalFactors,
  type ConformalOffset,
  type ConformalFactor,
} from './validate/conformal.js';
export {
  bandAround,
  conformalBands,
  type ConformalBand,
  type ConformalBands,
} from './validate/conformal-bands.js';
export {
  permutationImportance,
  groupedImportance,
  type ColumnImportance,
  type GroupImportance,
} from './explain/importance.js';
export { correlatedGroups } from './explain/correlation.js';
export {
  partialDependence,
  jointDependence,
  individualDependence,
  type Grid,
} from './explain/dependence.js';
export { explainRows, reasonCodes, type Reason, type ReasonOptions } from './explain/reasons.js';

export type {
  Analogue,
  Driver,
  Forecaster,
  ForecastModel,
  ForecastRecipe,
} from './forecast/forecaster.js';
export { forecasterOf, loadForecastModel } from './forecast/recipe.js';
export { describeSeries, type SeriesDescription } from './forecast/describe.js';
export { forecastKinds, type ForecastKind, type ParameterKind } from './forecast/kinds.js';
export {
  backtest,
  historyAt,
  type Backtest,
  type BacktestPlan,
} from './forecast/choice/backtest.js';
export {
  accuracy,
  type Accuracy,
  type AccuracyOptions,
  type Band,
  type IntervalAccuracy,
} from './forecast/choice/accuracy.js';
export { compareBacktests, type ComparedBy } from './forecast/choice/compare.js';
export { chooseMembers, type Choice, type ChooseOptions } from './forecast/choice/choose.js';
export {
  conformal,
  intervalsOf,
  outcomesOf,
  type Conformal,
  type ConformalOptions,
  type LevelInterval,
} from './forecast/uncertainty/conformal.js';
export {
  brierOf,
  directionOf,
  learnDirections,
  scoreDirections,
  type DirectionOptions,
  type Directions,
  type DirectionScores,
  type PastDirection,
} from './forecast/uncertainty/direction.js';
export type { Direction, DirectionRecord } from './forecast/uncertainty/direction-record.js';
export { wayOf, type DeadBand, type Way } from './forecast/uncertainty/direction-way.js';
export {
  patternOf,
  seasonalHabit,
  seasonalPattern,
  type PhasePattern,
  type SeasonalHabit,
} from './forecast/pattern.js';
export { forecastParts, whatIf, type ForecastParts, type WhatIf } from './forecast/parts.js';
export {
  findStep,
  firstDay,
  periodOf,
  stepIndex,
  type FoundStep,
  type Step,
} from './forecast/series/calendar-step.js';
export { changeOf } from './forecast/series/statistics.js';
export { findAnomalies, type Anomalies, type LevelShift } from './forecast/series/anomalies.js';
export {
  regularise,
  type Availability,
  type Hygiene,
  type Point,
  type Regular,
  type RegulariseOptions,
} from './forecast/series/regularise.js';
export {
  bottomUp,
  hierarchyOf,
  temporalLevels,
  type Hierarchy,
  type HierarchyNode,
} from './forecast/hierarchy/hierarchy.js';
export { middleOut, topDown, type Proportions } from './forecast/hierarchy/proportions.js';
export {
  reconciler,
  type Reconciler,
  type ReconcileWeights,
} from './forecast/hierarchy/reconcile.js';
export {
  bootstrapQuantiles,
  gaussianQuantiles,
  type BootstrapQuantilesOptions,
} from './forecast/hierarchy/reconcile-quantiles.js';

export type { ClusterEstimator, ClusterModel } from './cluster/model.js';
export {
  kMeans,
  type KMeansEstimator,
  type KMeansModel,
  type KMeansParams,
} from './cluster/k-means.js';
export {
  mixture,
  type MixtureEstimator,
  type MixtureModel,
  type MixtureParams,
} from './cluster/mixture.js';
export {
  chooseMixture,
  type ChooseMixtureOptions,
  type MixtureCandidate,
  type MixtureChoice,
} from './cluster/choose-mixture.js';
export type { CovarianceKind } from './cluster/gaussians.js';
export {
  hdbscan,
  type HdbscanEstimator,
  type HdbscanModel,
  type HdbscanParams,
} from './cluster/hdbscan.js';
export type { ClusterSelection } from './cluster/condensed.js';
export { kPrototypes, type KPrototypesParams } from './cluster/k-prototypes.js';
export { assignStable, type StableOptions } from './cluster/stable.js';
export { migration, type Flow, type Migration } from './cluster/migration.js';
export { clusterDrift, type ClusterDrift, type ClusterShift } from './cluster/drift.js';
export { chooseK, type ChooseKOptions, type KCandidate, type KChoice } from './cluster/choose-k.js';
export { silhouette, daviesBouldin } from './cluster/quality.js';
export { densityValidity } from './cluster/density-validity.js';
export {
  profile,
  type CategoryTrait,
  type ClusterProfile,
  type NumberTrait,
} from './cluster/profile.js';
export { matchLabels, matchCentres, cheapestAssignment } from './cluster/match.js';
export type { Points } from './cluster/points.js';

export {
  rfm,
  rfmNames,
  type RfmCuts,
  type RfmInput,
  type RfmName,
  type RfmScores,
} from './value/rfm.js';
export { fitRfm, type RfmColumns, type RfmModel } from './value/rfm-model.js';
export {
  fitBgNbd,
  pAlive,
  expectedPurchases,
  chanceOfPurchase,
  type BgNbd,
  type FittedBgNbd,
  type Purchases,
} from './value/bg-nbd.js';
export type { PurchaseColumns } from './value/purchase-table.js';
export {
  fitGammaGamma,
  expectedSpend,
  type FittedGammaGamma,
  type GammaGamma,
  type Spend,
  type SpendColumns,
} from './value/gamma-gamma.js';
export { customerValue } from './value/customer-value.js';
export {
  customerValueInterval,
  valueDistribution,
  type ValueDistribution,
  type ValueInterval,
} from './value/value-interval.js';
export {
  chanceWithin,
  kaplanMeier,
  survivalAt,
  type Durations,
  type SurvivalCurve,
} from './value/survival.js';
export { ageColumn, personPeriods, survivalOf } from './value/hazard.js';
export { hazard, type HazardParams } from './value/hazard-estimator.js';
export { bgNbd, type BgNbdParams } from './value/bg-nbd-estimator.js';
export { bgNbdChance, type BgNbdChanceParams } from './value/bg-nbd-chance.js';
export { hasOutlook, type Outlook, type OutlookModel } from './value/outlook.js';

export {
  meanDifference,
  momentsOf,
  shareDifference,
  type GroupDifference,
  type Moments,
  type Share,
} from './insight/difference.js';
export { falseDiscoveryRate } from './insight/false-discovery.js';
export {
  totalDrivers,
  type TotalDriver,
  type TotalDriverOptions,
  type TotalDrivers,
  type TotalRows,
} from './insight/total-drivers.js';
export {
  rateDrivers,
  type RateDriver,
  type RateDriverOptions,
  type RateDrivers,
  type RateRows,
} from './insight/rate-drivers.js';
export { cutNumbers, type Part } from './insight/cells.js';
export {
  rateDriverInsights,
  totalDriverInsights,
  type DriverInsightOptions,
} from './insight/driver-insight.js';
export { priceVolumeMix, type ItemSales, type PriceVolumeMix } from './insight/price-volume-mix.js';
export {
  itemPairs,
  type BasketLines,
  type BasketOptions,
  type ItemPair,
  type ItemPairs,
} from './insight/basket.js';
export {
  itemSequences,
  type ItemSequence,
  type ItemSequences,
  type PurchaseLines,
  type SequenceOptions,
} from './insight/sequence.js';
export { cohorts, type CohortInput, type Cohorts } from './insight/cohort.js';
export { concentration, type Concentration } from './insight/concentration.js';
export { netMoves, type MovesInput, type NetMove, type NetMoves } from './insight/net-moves.js';
export { isNews, rankInsights, type Insight, type RankOptions } from './insight/insight.js';

export { elasticity, type ElasticityOptions } from './price/elasticity.js';
export {
  orthogonalElasticity,
  type OrthogonalHistory,
  type OrthogonalOptions,
} from './price/orthogonal.js';
export { measuredElasticity, type ElasticityVerdict } from './price/measured-elasticity.js';
export type { ItemElasticity } from './price/verdict.js';
export type { PriceHistory } from './price/history.js';
export { unitsAt, type Demand } from './price/demand.js';
export {
  guardrails,
  checkGuardrails,
  floorPrice,
  type Clamp,
  type Guarded,
  type Guardrail,
  type PriceContext,
} from './price/guardrails.js';
export type { Objective, Risk } from './price/risk.js';
export { priceGrid, type GridOptions } from './price/grid.js';
export {
  optimise,
  type CurvePoint,
  type OptimisedPrice,
  type OptimiseOptions,
  type PricedItem,
} from './price/optimise.js';
export {
  optimiseMenu,
  type MenuAnswer,
  type MenuOptions,
  type PriceRelation,
} from './price/menu.js';
export type { CrossEffect } from './price/menu-cross.js';
export type { BinaryProgram, LinearConstraint, Solver } from './price/menu-program.js';
export {
  createPosterior,
  updatePosterior,
  posteriorBytes,
  loadPosterior,
  type DemandPosterior,
  type DemandPrior,
  type PriceOutcome,
} from './price/demand-posterior.js';
export { fadePosterior } from './price/fade.js';
export { updateTogether } from './price/together.js';
export { newcomerPrior } from './price/newcomer.js';
export {
  decide,
  decideBatch,
  replay,
  type Decision,
  type DecideRequest,
} from './price/thompson.js';
export {
  createRegressionPosterior,
  updateRegressionPosterior,
  regressionMean,
  chooseLinearThompson,
  type RegressionPosterior,
} from './price/regression-posterior.js';
export {
  epsilonGreedy,
  squareCb,
  createLinUcb,
  chooseLinUcb,
  updateLinUcb,
  type ArmDecision,
  type LinUcb,
} from './price/baselines.js';
export {
  directMethod,
  ips,
  snips,
  doublyRobust,
  switchDoublyRobust,
  shrunkDoublyRobust,
  effectiveSampleSize,
  type LoggedDecisions,
  type OffPolicyEstimate,
  type OffPolicyOptions,
} from './price/off-policy.js';
export {
  recordDecision,
  loggedDecisions,
  kernelDecisions,
  type DecisionOutcome,
  type DecisionRecord,
} from './price/decision-record.js';
export {
  differenceInDifferences,
  switchback,
  type HeldOutUnit,
  type SwitchbackPeriod,
  type Uplift,
  type UpliftOptions,
} from './price/uplift.js';
export { crossElasticities, type CrossElasticity, type CrossOptions } from './price/cross-price.js';
export {
  applyPolicy,
  approvePrice,
  excludedBy,
  waitsForPerson,
  type AutomaticLimits,
  type Exclusion,
  type PolicyAnswer,
  type PolicyItem,
  type PricePolicy,
} from './price/policy.js';
export {
  productCosts,
  cautiousCost,
  type ProductCost,
  type MaterialPrice,
  type RecipeLine,
} from './price/recipe-cost.js';
