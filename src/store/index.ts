/** The store: one append-only log of events on disk, and merging logs. It knows no domain type. */
export type { Event } from './event.js';
export { readLog } from './read.js';
export type { OpenLog, OpenResult } from './read.js';
export { append } from './append.js';
export type { AppendResult } from './append.js';
export { merge } from './merge.js';
export { repair } from './repair.js';
export type { RepairResult } from './repair.js';
