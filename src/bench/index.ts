/** Measurements: each returns a report, plain data. */
export { attentionConfigs, measureSpeed, speedConfigs, speedNames } from './speed.js';
export { measureSpeedInWorker } from './speed-worker.js';
export type { SpeedAsked } from './speed-worker.js';
export type { SpeedRequest } from './speed.js';
export type { SpeedAgreement, SpeedCase, SpeedConfig, SpeedReport } from './speed-report.js';
export type { Clock } from './timing.js';
export { firstOverLimit, measureMemory, multiplyAdds } from './memory/memory.js';
export type { MemoryRequest } from './memory/memory.js';
export { measureInChild, PointFailed } from './memory/point.js';
export type { Measured } from './memory/point.js';
export { predictedBytes } from './memory/formulas.js';
export { aboutModes } from './memory/modes.js';
export { byteClasses, memoryModes } from './memory/report.js';
export type {
  ByteClass,
  BytesByClass,
  Crossover,
  Exponent,
  MemoryCurve,
  MemoryMode,
  MemoryPoint,
  MemoryReport,
  MemorySizes,
} from './memory/report.js';
export { measureThreads, threadsConfigs } from './threads/measure.js';
export type { ThreadsRequest } from './threads/measure.js';
export type { ThreadsCase, ThreadsReport } from './threads/report.js';
export { flowWork, measureFlow } from './flow/flow.js';
export type { FlowRequest } from './flow/flow.js';
export { flowCells } from './flow/report.js';
export type { FlowBound, FlowCell, FlowCurve, FlowReport, Highway, Norm } from './flow/report.js';
export { spectralNorm } from './flow/spectral-norm.js';
export { claimIds, measureClaims } from './claims/claims.js';
export type { ClaimsRequest } from './claims/claims.js';
export type {
  ClaimReport,
  ClaimsReport,
  Measured as ClaimMeasured,
  Verdict,
} from './claims/report.js';
