/**
 * The learner's history: the fold of the workspace's log and the one in the data folder. Events are
 * written the moment they happen; where that fails, the run goes on in memory and says so once.
 */
import path from 'node:path';
import envPaths from 'env-paths';
import { v7 as idInOrder } from 'uuid';
import { append, merge, readLog } from '../store/index.js';
import { findWorkspace, historyPath } from '../kata/workspace.js';
import { exitCodes } from './refusal.js';
import type { Event } from '../store/index.js';

/** The two logs, which may be one: that of the data folder, and the one that is written to. */
export function logPaths(
  workspace: string | undefined,
  env: NodeJS.ProcessEnv,
): { readonly home: string; readonly written: string } {
  // An empty BPTT_HOME is as good as none: it would put the log where one stands.
  const folder = env.BPTT_HOME === '' ? undefined : env.BPTT_HOME;
  const home = path.join(folder ?? envPaths('bptt', { suffix: '' }).data, 'history.jsonl');
  return { home, written: workspace === undefined ? home : historyPath(workspace) };
}

export class Journal {
  readonly workspace: string | undefined;
  readonly #path: string;
  readonly #warn: (sentence: string) => void;
  #events: readonly Event[];
  #exitCode: number = exitCodes.passed;

  constructor(cwd: string, env: NodeJS.ProcessEnv, warn: (sentence: string) => void) {
    this.#warn = warn;
    this.workspace = findWorkspace(cwd);
    const { home, written } = logPaths(this.workspace, env);
    this.#path = written;
    const logs = [...new Set([home, this.#path])].map((file) => {
      const result = readLog(file);
      if (result.kind === 'unreadable') {
        this.#trouble(result.says, exitCodes.notSaved);
        return [];
      }
      const { log } = result;
      if (log.newer)
        this.#trouble(
          `${file} was written by a newer bptt: reading it, not writing to it.`,
          exitCodes.newer,
        );
      else if (log.setAside.length > 0)
        warn(
          `${file}: ${log.setAside.length} ${log.setAside.length === 1 ? 'line' : 'lines'} set aside (line ${log.setAside[0]!.line}: ${log.setAside[0]!.says})`,
        );
      return log.events;
    });
    this.#events = merge(logs);
  }

  /** Everything that happened so far, in the order of time, this run included. */
  get events(): readonly Event[] {
    return this.#events;
  }

  /** 0, or why something could not be saved. */
  get exitCode(): number {
    return this.#exitCode;
  }

  /** Writes events to the log, now. */
  record(
    ...bodies: readonly {
      readonly type: string;
      readonly at?: string;
      readonly [field: string]: unknown;
    }[]
  ): void {
    if (bodies.length === 0) return;
    const events = bodies.map((body): Event => ({
      at: new Date().toISOString(),
      ...body,
      v: 1,
      id: idInOrder(), // of events of one millisecond, merge takes the lower id first
    }));
    this.#events = merge([this.#events, events]);
    const result = append(this.#path, events);
    if (result.kind === 'newer') this.#trouble(result.says, exitCodes.newer);
    if (result.kind === 'failed')
      this.#trouble(`${result.says} This run goes on, but is not saved.`, exitCodes.notSaved);
  }

  #trouble(sentence: string, exitCode: number): void {
    if (this.#exitCode === exitCode) return;
    this.#exitCode = exitCode;
    this.#warn(sentence);
  }
}
