/** Katas: the catalogue, the workspace, the host, the judge and its diagnosis. */
export { checkFile } from './check-file.js';
export type { CheckFileOptions } from './check-file.js';
export { kataById, katas } from './catalogue.js';
export { resetKata, undoReset } from './backups.js';
export type { BackupResult } from './backups.js';
export type { Kata } from './define.js';
export { loadKatas } from './load.js';
export type { LoadResult } from './load.js';
export { solutionPath, stubPath } from './places.js';
export { nextKata } from './next-kata.js';
export { proveFiles } from './prove-files.js';
export type { ProofReport } from './proof.js';
export { readKata } from './read-kata.js';
export type { ReadResult } from './read-kata.js';
export { scaffold as workspaceFiles } from './scaffold.js';
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
export { initWorkspace } from './init-workspace.js';
export type { InitResult } from './init-workspace.js';
export { shelf } from './shelf.js';
export type { Shelved } from './shelf.js';
export { findWorkspace, historyPath, kataPath, marker } from './workspace.js';
