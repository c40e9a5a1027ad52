/** Katas: the catalogue, the workspace, the host, the judge and its diagnosis. */
export { checkFile } from './check-file.js';
export type { CheckFileOptions } from './check-file.js';
export { kataById, katas } from './catalogue.js';
export { resetKata, undoReset } from './backups.js';
export type { BackupResult } from './backups.js';
export type { Kata } from './define.js';
export { solutionPath, stubPath } from './places.js';
export { progressOf } from './progress.js';
export type { CheckedEvent, KataProgress, KataStatus } from './progress.js';
export { outcomes } from './report.js';
export type {
  CheckReport,
  Counterexample,
  Diagnosis,
  KataReport,
  Outcome,
  WorkedLine,
} from './report.js';
export { findWorkspace, historyPath, initWorkspace, kataPath, marker } from './workspace.js';
export type { InitResult } from './workspace.js';
