/** Throw-away workspaces for the host's specs, and the census of children that must end empty. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { openHost, type HostLimits, type HostSubject } from '../../../src/kata/host/index.js';
import type { Answer, Fault } from '../../../src/kata/subject.js';
import type { Values } from '../../../src/kata/values.js';

const folders: string[] = [];
const hosts: HostSubject[] = [];

/** A folder with these files; removed after the test. */
export function workspace(files: Record<string, string>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bptt-spec-')));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Opens `kata.ts` of a folder. */
export async function open(folder: string, limits: Partial<HostLimits> = {}): Promise<HostSubject> {
  const file = join(folder, 'kata.ts');
  const host = await openHost({ file, functionName: 'step', workspace: folder, limits });
  hosts.push(host);
  return host;
}

/** What one call of `step` in this source gives. */
export async function answerOf(
  source: string,
  limits: Partial<HostLimits> = {},
  inputs: Values = { x: Float64Array.of(1, 2, 3) },
): Promise<Answer | Fault> {
  return (await open(workspace({ 'kata.ts': source }), limits)).call(inputs);
}

/** The body of `step`, which has `x` and `given`. */
export const body = (lines: string): string =>
  `export function step(given: any): any { const { x } = given; ${lines} }`;

/** Command lines of this process's children that run the host's script (Linux; elsewhere none). */
export function living(): string[] {
  let ids: string[];
  try {
    ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
  return ids.flatMap((id) => {
    try {
      const parent = /\) \S (\d+)/.exec(readFileSync(`/proc/${id}/stat`, 'utf8'))?.[1];
      const line = readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return Number(parent) === process.pid && line.includes('host-child') ? [line] : [];
    } catch {
      return [];
    }
  });
}

const listeners = () =>
  ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGUSR1'].map((signal) => process.listenerCount(signal));
const before = listeners();

/** Closes what a spec opened; then no child, no listener and no folder may be left. */
export function leavesNothing(): void {
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.close()));
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    expect(living()).toEqual([]);
    expect(listeners()).toEqual(before);
  });
}
