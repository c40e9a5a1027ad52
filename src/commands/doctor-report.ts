/** What bptt doctor looks at, one finding each. It changes nothing; doctor.ts repairs. */
import fs from 'node:fs';
import path from 'node:path';
import type { OpenResult } from '../store/index.js';

/** One thing that was looked at. */
export interface Finding {
  /** E.g. `node`, `workspace-log`. */
  readonly id: string;
  /** A `problem` makes the report unhealthy, a `note` does not. */
  readonly level: 'good' | 'note' | 'problem';
  readonly says: string;
  /** What would help, or null. */
  readonly repair: string | null;
}

export interface DoctorReport {
  readonly version: 1;
  readonly healthy: boolean;
  readonly findings: readonly Finding[];
  /** What --repair did, a sentence each. */
  readonly repaired: readonly string[];
}

export const finding = (
  id: string,
  level: Finding['level'],
  says: string,
  repair: string | null = null,
): Finding => ({ id, level, says, repair });

/** Node 20.17 is what package.json asks for. */
export function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 17)
    ? finding('node', 'good', `Node ${version}.`)
    : finding('node', 'problem', `Node ${version} is too old.`, 'Install Node 20.17 or newer.');
}

/** What contains a learner's code here: the permission flag, the shell's limits, the network's gate. */
export function containmentFinding(
  flags: ReadonlySet<string>,
  platform: NodeJS.Platform,
  version: string,
): Finding {
  const has = flags.has('--permission') || flags.has('--experimental-permission');
  const lacks = [
    ...(has ? [] : ['no permission flag']),
    ...(platform === 'win32' ? ['no ulimit (Windows): memory is held by V8’s limit only'] : []),
    ...(Number(version.split('.')[0]) < 25 ? ['no gate for the network before Node 25'] : []),
  ];
  return finding(
    'containment',
    has ? 'good' : 'note',
    `Katas run in a process of their own, with a deadline${has ? ', and the permission flag' : ''}${lacks.length > 0 ? `; ${lacks.join('; ')}` : ''}.`,
  );
}

/** One log: how much is in it, what is set aside, and whether it can be written. */
export function logFindings(id: string, file: string, result: OpenResult): Finding[] {
  if (result.kind === 'unreadable')
    return [
      finding(id, 'problem', result.says, 'Make it a regular file that you may read and write.'),
    ];
  const { events, setAside, newer } = result.log;
  if (newer)
    return [
      finding(
        id,
        'problem',
        `${file} holds events of a newer bptt: it is read, not written.`,
        'Update bptt.',
      ),
    ];
  const found = fs.existsSync(file);
  const findings = [
    finding(
      id,
      found ? 'good' : 'note',
      found ? `${file}: ${count(events.length, 'event')}.` : `${file} is not there yet.`,
    ),
  ];
  if (!writable(file))
    findings.push(
      finding(`${id}-writing`, 'problem', `${file} cannot be written.`, 'Change its permissions.'),
    );
  const [first] = setAside;
  if (first)
    findings.push(
      finding(
        `${id}-lines`,
        'problem',
        `${count(setAside.length, 'line')} of ${file} set aside; line ${first.line}: ${first.says}`,
        'bptt doctor --repair copies the log, then moves these lines to a file beside it.',
      ),
    );
  return findings;
}

/** Folders of children whose parent was killed. */
export const leftFinding = (folders: readonly string[]): Finding =>
  folders.length === 0
    ? finding('leftovers', 'good', 'No folder of an earlier run is left behind.')
    : finding(
        'leftovers',
        'note',
        `${count(folders.length, 'empty folder')} of killed runs, the first ${folders[0]!}.`,
        'bptt doctor --repair removes them.',
      );

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/** Whether the file, or the nearest folder that exists, may be written. */
function writable(file: string): boolean {
  for (let name = file; ; name = path.dirname(name)) {
    if (!fs.existsSync(name) && name !== path.dirname(name)) continue;
    try {
      fs.accessSync(name, fs.constants.W_OK);
      return true;
    } catch {
      return false;
    }
  }
}
