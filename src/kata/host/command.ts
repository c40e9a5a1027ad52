/**
 * The command line of a child: Node with as little as possible, under the shell's ulimit where there is
 * a /bin/sh. It starts nothing. On Windows only the deadline and V8's own heap limit hold.
 */
import { existsSync } from 'node:fs';
import type { HostLimits } from './limits.js';

/** A program with its arguments. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * Data that Node itself may map, in megabytes, most of it never touched: a bare one maps 49 up to Node 22, and 573
 * from 24 on. What is touched is held to the limit itself, by its resident memory.
 */
const NODE_MB = Number(process.versions.node.split('.')[0]) < 24 ? 192 : 768;

/**
 * Seconds of CPU that one child may use in its whole life: the dead man's switch for a child that is busy
 * when its parent is killed by SIGKILL. It is four deadlines, and not one, because a child answers many
 * calls; open-host.ts starts a fresh child before a call could run into it.
 */
export const cpuSecondsOf = ({ deadlineMs }: Pick<HostLimits, 'deadlineMs'>): number =>
  4 * Math.ceil(deadlineMs / 1000) + 2;

/** Where Linux's setpriv knows how: the kernel kills the child when its parent is gone, however that ended. */
const dieWithParent =
  'setpriv --pdeathsig KILL true 2>/dev/null && exec setpriv --pdeathsig KILL "$@"';

/** The command for a child's script under some limits. */
export function commandOf(script: string, limits: HostLimits, cpuSeconds: number): Command {
  const node = [process.execPath, ...flags(script, limits), script];
  if (process.platform === 'win32' || !existsSync('/bin/sh')) {
    return { program: node[0]!, args: node.slice(1) };
  }
  const kilobytes = (limits.memoryMb + NODE_MB) * 1024;
  const rules = [
    'ulimit -c 0',
    // The soft limit ends it with SIGXCPU, which says why; the hard one with SIGKILL, which is obeyed.
    `ulimit -S -t ${cpuSeconds}`,
    `ulimit -H -t ${cpuSeconds + 1}`,
    `ulimit -d ${kilobytes}`,
  ].map((rule) => `${rule} 2>/dev/null`);
  const line = `${rules.join('; ')}; ${dieWithParent}; exec "$@"`;
  return { program: '/bin/sh', args: ['-c', line, 'sh', ...node] };
}

/** Flags that this Node knows, by feature detection: their names differ between versions. */
function flags(script: string, { memoryMb }: HostLimits): string[] {
  const known = process.allowedNodeEnvironmentFlags;
  const permission = ['--permission', '--experimental-permission'].find((flag) => known.has(flag));
  return [
    ...(permission === undefined ? [] : [permission, `--allow-fs-read=${script}`]),
    '--no-warnings',
    '--disable-proto=delete',
    '--disallow-code-generation-from-strings',
    `--max-old-space-size=${Math.min(128, memoryMb)}`,
  ];
}
