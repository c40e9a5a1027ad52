/**
 * The rule of imports, as an esbuild plugin: a learner's file may import `bptt/kata` and regular files
 * whose real path is inside the workspace, and nothing else; nobody imports a solution. It refuses with
 * one sentence; esbuild adds file and line. esbuild itself opens none of these files: it would wait for a
 * pipe called package.json, and follow a source map to wherever a comment says.
 */
import { realpathSync } from 'node:fs';
import { dirname, extname, isAbsolute, join, relative, sep } from 'node:path';
import type { OnLoadResult, OnResolveResult, Plugin } from 'esbuild';
import { statOf } from '../workspace.js';
import { readSource } from './source-file.js';

/** What all files of one kata may have together, in bytes. */
const MOST_BYTES = 1024 * 1024;
/** What a file counts for beside its own bytes, so that there are at most 256. */
const BYTES_A_FILE = 4096;

/** What is said of a computed import. */
export const computedImport =
  'import() or require() of a computed name is not allowed: name the file in quotes.';

/**
 * The plugin for one bundle.
 * @param file real path of the learner's file
 * @param workspace real path of the folder that imports may not leave
 * @param runtime the file that `bptt/kata` means
 */
export function importRule(file: string, workspace: string, runtime: string): Plugin {
  return {
    name: 'imports',
    setup(build) {
      const ours = new Set([runtime]);
      /** Real paths that were asked for, with what they are called. */
      const allowed = new Map([[file, relative(workspace, file).replaceAll(sep, '/')]]);
      let left = MOST_BYTES;

      build.onResolve({ filter: /.*/ }, ({ path: asked, importer, kind }): OnResolveResult => {
        if (kind === 'entry-point') return { path: file };
        if (asked === 'bptt/kata') return { path: runtime };
        if (!/^\.\.?(\/|$)/.test(asked)) return refuse(outsider(asked));
        const found = locate(join(dirname(importer), asked));
        if (found === undefined) return refuse(`"${asked}" is not found.`);
        if (ours.has(importer)) {
          ours.add(found);
          return { path: found };
        }
        try {
          const path = realpathSync(found);
          const fault = faultOf(path, asked, workspace, importer);
          if (fault !== undefined) return refuse(fault);
          allowed.set(path, `"${asked}"`);
          return { path };
        } catch (error) {
          return refuse(unreadable(`"${asked}"`, error));
        }
      });

      build.onLoad({ filter: /.*/ }, ({ path }): OnLoadResult | undefined => {
        if (ours.has(path)) return undefined;
        // esbuild expands import('./' + name) into every file that matches, past onResolve: here it ends.
        const name = allowed.get(path);
        if (name === undefined) return refuse(computedImport);
        try {
          const read = readSource(path, name);
          if (typeof read === 'string') return refuse(read);
          left -= read.length + BYTES_A_FILE;
          if (left < 0) return refuse(`${name} is one file too many: a kata has at most 1 MB.`);
          return {
            contents: withoutSourceMap(read),
            loader: 'default',
            resolveDir: dirname(path),
          };
        } catch (error) {
          return refuse(unreadable(name, error));
        }
      });
    },
  };
}

const refuse = (text: string): { errors: { text: string }[] } => ({ errors: [{ text }] });

/** What is said of a file that is there and cannot be read. */
export const unreadable = (name: string, error: unknown): string =>
  `${name} could not be read (${(error as NodeJS.ErrnoException).code ?? String(error)}).`;

const outsider = (asked: string): string =>
  `"${asked}" may not be imported: a kata imports "bptt/kata" and relative files, nothing else.`;

const endings = ['.tsx', '.ts', '.jsx', '.js', '.css', '.json'];
/** TypeScript imports a file by the name that it will have when it is compiled. */
const sources: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** The file that a path means, as esbuild finds it, without the package.json of a folder. */
function locate(path: string): string | undefined {
  const ending = extname(path);
  const stem = path.slice(0, path.length - ending.length);
  return [
    path,
    ...endings.map((one) => path + one),
    ...(sources[ending] ?? []).map((one) => stem + one),
    ...endings.map((one) => join(path, `index${one}`)),
  ].find((candidate) => statOf(candidate)?.isDirectory() === false);
}

/** The same bytes, with no comment that esbuild takes for the place of a source map. */
const withoutSourceMap = (bytes: Buffer): Buffer =>
  Buffer.from(
    bytes.toString('latin1').replace(/([#@]\s*)sourceMappingURL=/g, '$1sourceMappingURL:'),
    'latin1',
  );

/** Why a real path may not be imported. */
function faultOf(real: string, as: string, workspace: string, importer: string) {
  if (!isInside(real, workspace)) return `"${as}" leads out of the workspace.`;
  if (isPackage(real, workspace)) {
    return `"${as}" is inside node_modules: a kata imports "bptt/kata" and your own files.`;
  }
  if (isSolution(real, workspace) && !isSolution(importer, workspace)) {
    return `"${as}" is a solution: a kata may not import it.`;
  }
  return undefined;
}

/** True when a real path is inside a real folder. */
export function isInside(real: string, folder: string): boolean {
  const way = relative(folder, real);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const isSolution = (real: string, workspace: string): boolean =>
  foldersOf(real, workspace).includes('solutions');

/** The engine, its references and our solutions are installed there. */
const isPackage = (real: string, workspace: string): boolean =>
  foldersOf(real, workspace).includes('node_modules');

const foldersOf = (real: string, workspace: string): string[] =>
  relative(workspace, dirname(real)).toLowerCase().split(sep);
