/** Measurements: each returns a report, plain data. */
export { measureSpeed, speedConfigs } from './speed.js';
export type { SpeedRequest } from './speed.js';
export type { SpeedCase, SpeedConfig, SpeedReport } from './speed-report.js';
export type { Clock } from './timing.js';
