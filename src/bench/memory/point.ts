/** Runs one point in a fresh child process (child.ts) and gives what it counted. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Counted } from './run.js';
import type { MemoryMode, MemoryPoint, MemorySizes } from './report.js';

export type Measured = Counted & Pick<MemoryPoint, 'runtimeBytes' | 'peakRssBytes'>;

/** A point that gave no numbers. */
export class PointFailed extends Error {
  override readonly name = 'PointFailed';
  constructor(
    sentence: string,
    /** Whether it ended for want of memory. */
    readonly outOfMemory: boolean,
  ) {
    super(sentence);
  }
}

/** Always the built one, as a child loads no TypeScript. @throws Error when it has not been built. */
function childScript(): string {
  const root = path.dirname(createRequire(import.meta.url).resolve('bptt/package.json'));
  const script = path.join(root, 'dist', 'bench-child.js');
  if (!existsSync(script)) throw new Error(`${script} is missing, run npm run build`);
  return script;
}

/** @throws {PointFailed} if the child ends without numbers. Aborting the signal kills the child. */
export function measureInChild(
  mode: MemoryMode,
  sizes: MemorySizes,
  signal?: AbortSignal,
): Promise<Measured> {
  const child = spawn(
    process.execPath,
    ['--expose-gc', childScript(), JSON.stringify({ mode, sizes })],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      killSignal: 'SIGKILL',
      ...(signal ? { signal } : {}),
    },
  );
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, killedBy) => {
      if (code === 0) {
        resolve(JSON.parse(texts.stdout) as Measured);
        return;
      }
      // The kernel kills with SIGKILL where memory runs out, V8 aborts with SIGABRT.
      const memory = code === 137 || killedBy === 'SIGKILL' || killedBy === 'SIGABRT';
      const says = texts.stderr.trim().split('\n')[0] ?? '';
      reject(
        new PointFailed(
          `${mode} at T = ${sizes.T} ${memory ? 'ran out of memory' : `ended with ${killedBy ?? code}`}${says === '' ? '.' : `: ${says}`}`,
          memory,
        ),
      );
    });
  });
}
