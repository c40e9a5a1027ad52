/**
 * Bundles a learner's file into one script without imports, by esbuild, in the parent (esbuild starts a
 * process of its own, which a child may not). Types are stripped, not checked. It runs nothing.
 */
import { realpathSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Message } from 'esbuild';
import { printable } from '../printable.js';
import type { Fault } from '../subject.js';
import { compile, MOST_COMPILER_MB } from './compiler.js';
import { computedImport, importRule, isInside, unreadable } from './imports.js';
import { learnerRuntime } from './places.js';
import { spoken } from './limits.js';
import { readSource } from './source-file.js';

/** The longest bundle that is run, in characters: text that repeats in the source may unfold. */
const MOST_CODE = 4 * 1024 * 1024;

/** The name of the bundled script in the child's stack traces. */
export const scriptName = 'bptt-kata.js';

/** A bundled file. */
export interface Bundle {
  readonly kind: 'bundled';
  /** CommonJS that assigns `module.exports`. */
  readonly code: string;
  /** Its source map, JSON; sources are named as the file is. */
  readonly map: string;
  /** The learner's file as it is named to the learner, with forward slashes. */
  readonly name: string;
}

/** What to bundle. */
export interface BundleOptions {
  readonly file: string;
  readonly workspace: string;
  /** The folder from which files are named to the learner; the workspace unless told. */
  readonly from?: string;
  readonly deadlineMs: number;
  /** The file that `bptt/kata` means; found by itself when left out. */
  readonly runtime?: string;
}

/** The bundle, or why there is none: `missing`, `doesNotCompile`, `timedOut` or `outOfMemory`. Never rejects. */
export async function bundle(options: BundleOptions): Promise<Bundle | Fault> {
  const workspace = realPath(options.workspace);
  if (workspace === undefined) return missing(`There is no folder ${options.workspace}.`);
  const asked = resolve(options.file);
  const file = realPath(asked);
  const named = relative(resolve(options.from ?? options.workspace), asked).replaceAll('\\', '/');
  if (file === undefined) return missing(`There is no file ${named}.`);
  if (!isInside(file, workspace)) return refused(`${named} leads out of the workspace.`);
  const from = realPath(options.from ?? workspace) ?? workspace;
  const name = relative(from, file).replaceAll('\\', '/');
  try {
    const read = readSource(file, name); // for a sentence of its own; esbuild asks for it again
    if (typeof read === 'string') return refused(read);
  } catch (error) {
    return refused(unreadable(name, error));
  }
  return built(file, workspace, name, { ...options, from });
}

async function built(
  file: string,
  workspace: string,
  name: string,
  { from = workspace, deadlineMs, runtime = learnerRuntime() }: BundleOptions,
): Promise<Bundle | Fault> {
  const compiled = await compile(
    ({ build }) =>
      build({
        entryPoints: ['kata'], // the plugin says which file; a path with a star would be a pattern
        absWorkingDir: from,
        outfile: join(from, scriptName),
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
        logLimit: 1,
        logOverride: {
          'unsupported-dynamic-import': 'error',
          'unsupported-require-call': 'error',
          'indirect-require': 'error',
        },
        plugins: [importRule(file, workspace, runtime)],
      }),
    deadlineMs,
  );
  switch (compiled.kind) {
    case 'refused':
      return refused(sentence(compiled.errors[0]!));
    case 'late':
      return {
        kind: 'timedOut',
        says: `Compiling ${name} took longer than ${spoken(deadlineMs)}.`,
        loading: true,
      };
    case 'large':
      return {
        kind: 'outOfMemory',
        says: `Compiling ${name} needed more than ${MOST_COMPILER_MB} MB.`,
        loading: true,
      };
    case 'crashed':
      return refused(`${name} could not be compiled: ${compiled.message}.`);
  }
  const { outputFiles, metafile } = compiled.result;
  // A computed import that matched no other file: esbuild lists it as a pattern.
  for (const [input, { imports }] of Object.entries(metafile.inputs)) {
    if (imports.some(({ path, external }) => external === true && path.includes('*'))) {
      return refused(`${input}: ${computedImport}`);
    }
  }
  const ending = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  const code = ending('.js');
  if (code.length > MOST_CODE) {
    return refused(
      `${name} compiles to ${code.length} characters; at most ${MOST_CODE} of them are run.`,
    );
  }
  return { kind: 'bundled', code, map: ending('.map'), name };
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
const refused = (says: string): Fault => ({ kind: 'doesNotCompile', says: printable(says) });
