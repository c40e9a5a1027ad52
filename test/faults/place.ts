/**
 * Where a row takes place: a folder of its own with a workspace, a data folder, a folder for temporary files
 * and an outside that nothing may leave the workspace for. It judges nothing.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { initWorkspace } from '../../src/kata/init-workspace.js';

/** The learner's file that kata rows replace. */
export const kataFile = 'katas/10-rnn/rnn-step.ts';

export class Place {
  /** Real path of the folder that holds the others. */
  readonly base: string;
  readonly workspace: string;
  readonly home: string;
  readonly temporary: string;
  readonly outside: string;

  constructor() {
    this.base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'bptt-fault-')));
    fs.chmodSync(this.base, 0o755);
    const folder = (name: string): string => path.join(this.base, name);
    this.workspace = folder('workspace');
    this.home = folder('home');
    this.temporary = folder('temporary');
    this.outside = folder('outside');
    for (const name of [this.home, this.temporary, this.outside]) fs.mkdirSync(name);
    fs.chmodSync(this.temporary, 0o777);
    const made = initWorkspace(this.workspace, '0.0.0');
    if (made.kind === 'refused') throw new Error(made.says);
    this.write('history.jsonl', anEvent('first'));
  }

  /** The log of the workspace. */
  get log(): string {
    return this.path('history.jsonl');
  }

  /** A path in the workspace. */
  path(...names: string[]): string {
    return path.join(this.workspace, ...names);
  }

  write(name: string, content: string | Uint8Array): void {
    fs.mkdirSync(path.dirname(this.path(name)), { recursive: true });
    fs.writeFileSync(this.path(name), content);
  }

  /** Every file below the folder with its content in base 64, what is no regular file with its kind. */
  snapshot(): Record<string, string> {
    const found: Record<string, string> = {};
    const visit = (folder: string): void => {
      for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
        const name = path.join(folder, entry.name);
        if (entry.isDirectory()) visit(name);
        else
          found[path.relative(this.base, name)] = entry.isFile()
            ? fs.readFileSync(name).toString('base64')
            : 'no regular file';
      }
    };
    visit(this.base);
    return found;
  }

  remove(): void {
    fs.rmSync(this.base, { recursive: true, force: true });
  }
}

/** A line of a log, with its newline. */
export const anEvent = (id: string, fields: Readonly<Record<string, unknown>> = {}): string =>
  `${JSON.stringify({ v: 1, id, at: '2026-11-22T10:00:00.000Z', type: 'hinted', kata: 'gru-step', level: 1, ...fields })}\n`;
