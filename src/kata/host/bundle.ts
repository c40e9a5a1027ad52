/**
 * Bundles a learner's file into one script without imports, by esbuild, in the parent (esbuild starts a
 * process of its own, which a child may not). Types are stripped, not checked. It runs nothing.
 */
import { realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { BuildFailure, Message } from 'esbuild';
import type { Fault } from '../subject.js';
import { computedImport, fileFault, importRule, isInside } from './imports.js';
import { learnerRuntime } from './places.js';
import { spoken } from './limits.js';

/** The name of the bundled script in the child's stack traces. */
export const scriptName = 'bptt-kata.js';

/** A bundled file. */
export interface Bundle {
  readonly kind: 'bundled';
  /** CommonJS that assigns `module.exports`. */
  readonly code: string;
  /** Its source map, JSON; sources are relative to the workspace. */
  readonly map: string;
  /** The learner's file, relative to the workspace, with forward slashes. */
  readonly name: string;
}

/** What to bundle. */
export interface BundleOptions {
  readonly file: string;
  readonly workspace: string;
  readonly deadlineMs: number;
  /** The file that `bptt/kata` means; found by itself when left out. */
  readonly runtime?: string;
}

/** The bundle, or `missing`, `doesNotCompile` or `timedOut`. Never rejects. */
export async function bundle(options: BundleOptions): Promise<Bundle | Fault> {
  const workspace = realPath(options.workspace);
  if (workspace === undefined) return missing(`There is no folder ${options.workspace}.`);
  const asked = resolve(options.file);
  const file = realPath(asked);
  if (file === undefined)
    return missing(`There is no file ${relative(resolve(options.workspace), asked)}.`);
  const name = relative(workspace, file).replaceAll('\\', '/');
  if (!isInside(file, workspace)) return refused(`${options.file} leads out of the workspace.`);
  const fault = fileFault(file, name);
  if (fault !== undefined) return refused(fault);
  const timer = new AbortController();
  const tooLate = expiry(options.deadlineMs, timer.signal).then((): Fault => ({
    kind: 'timedOut',
    says: `Compiling ${name} took longer than ${spoken(options.deadlineMs)}.`,
  }));
  const built = build(file, workspace, name, options.runtime ?? learnerRuntime());
  return Promise.race([built, tooLate]).finally(() => timer.abort());
}

const expiry = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => clearTimeout(timer));
  });

async function build(file: string, workspace: string, name: string, runtime: string) {
  const esbuild = await import('esbuild');
  try {
    const { outputFiles, metafile } = await esbuild.build({
      entryPoints: [file],
      absWorkingDir: workspace,
      outfile: join(workspace, scriptName),
      bundle: true,
      write: false,
      metafile: true,
      banner: { js: '"use strict";' }, // as in a module
      platform: 'neutral',
      format: 'cjs',
      target: 'es2022',
      sourcemap: 'external',
      sourcesContent: false,
      loader: { '.css': 'empty' },
      tsconfigRaw: {},
      logLevel: 'silent',
      logOverride: {
        'unsupported-dynamic-import': 'error',
        'unsupported-require-call': 'error',
        'indirect-require': 'error',
      },
      plugins: [importRule(file, workspace, runtime)],
    });
    // A computed import that matched no other file: esbuild lists it as a pattern.
    for (const [input, { imports }] of Object.entries(metafile.inputs)) {
      if (imports.some(({ path, external }) => external === true && path.includes('*'))) {
        return refused(`${input}: ${computedImport}`);
      }
    }
    const ending = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
    return { kind: 'bundled', code: ending('.js'), map: ending('.map'), name } as const;
  } catch (error) {
    const first = (error as Partial<BuildFailure>).errors?.[0];
    if (first !== undefined) return refused(sentence(first));
    await esbuild.stop(); // its process ended: the next bundle gets a new one
    return refused(`${name} could not be compiled: ${(error as Error).message}.`);
  }
}

/** `katas/30-lstm/lstm-step.ts:12:5: Expected ";" but found "x".` Line and column count from 1. */
function sentence({ text, location }: Message): string {
  const said = plainer[text.replace(/"cjs" output format.*/, '"cjs" output format')] ?? text;
  const ended = /[.?!]$/.test(said) ? said : `${said}.`;
  return location === null
    ? ended
    : `${location.file}:${location.line}:${location.column + 1}: ${ended}`;
}

const plainer: Record<string, string> = {
  'This "import" expression will not be bundled because the argument is not a string literal':
    computedImport,
  'This call to "require" will not be bundled because the argument is not a string literal':
    computedImport,
  'This call to "require" will not be bundled because it has multiple arguments':
    'require() takes one file name in quotes.',
  'Indirect calls to "require" will not be bundled': 'require may only be called by its own name.',
  'Top-level await is currently not supported with the "cjs" output format':
    'A kata is one synchronous function: await at the top level is not allowed.',
};

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

const missing = (says: string): Fault => ({ kind: 'missing', says });
const refused = (says: string): Fault => ({ kind: 'doesNotCompile', says });
