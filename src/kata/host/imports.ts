/**
 * The rule of imports, as an esbuild plugin: a learner's file may import `bptt/kata` and regular files
 * whose real path is inside the workspace, and nothing else; nobody imports a solution. It refuses with
 * one sentence; esbuild adds file and line.
 */
import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, sep } from 'node:path';
import type { OnResolveArgs, OnResolveResult, Plugin } from 'esbuild';

/**
 * The largest file that is bundled, in bytes. It also bounds esbuild's recursion: 500 kB of brackets
 * overflow its stack and end its service.
 */
export const MOST_FILE_BYTES = 128 * 1024;

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
      const allowed = new Set([file, runtime]);
      const asked = {};
      build.onResolve({ filter: /.*/ }, async (args): Promise<OnResolveResult | undefined> => {
        if (args.kind === 'entry-point' || args.pluginData === asked) return undefined;
        if (args.path === 'bptt/kata') return { path: runtime };
        const fromOurs = ours.has(args.importer);
        if (!/^\.\.?(\/|$)/.test(args.path)) return refuse(outsider(args));
        const { importer, resolveDir, kind } = args;
        const found = await build.resolve(args.path, {
          importer,
          resolveDir,
          kind,
          pluginData: asked,
        });
        if (found.errors.length > 0) return refuse(`"${args.path}" is not found.`);
        if (fromOurs) {
          ours.add(found.path);
          allowed.add(found.path);
          return { path: found.path };
        }
        const fault = faultOf(found.path, args.path, workspace, importer);
        if (fault !== undefined) return refuse(fault);
        const path = realpathSync(found.path);
        allowed.add(path);
        return { path };
      });
      // esbuild expands import('./' + name) into every file that matches, past onResolve: here it ends.
      build.onLoad({ filter: /.*/ }, ({ path }) =>
        allowed.has(path) ? undefined : { errors: [{ text: computedImport }] },
      );
    },
  };
}

const refuse = (text: string): OnResolveResult => ({ errors: [{ text }] });

const outsider = ({ path }: OnResolveArgs): string =>
  `"${path}" may not be imported: a kata imports "bptt/kata" and relative files, nothing else.`;

/** Why a resolved file may not be imported. */
function faultOf(file: string, as: string, workspace: string, importer: string) {
  const real = realpathSync(file);
  if (!isInside(real, workspace)) return `"${as}" leads out of the workspace.`;
  if (isPackage(real, workspace)) {
    return `"${as}" is inside node_modules: a kata imports "bptt/kata" and your own files.`;
  }
  if (isSolution(real, workspace) && !isSolution(importer, workspace)) {
    return `"${as}" is a solution: a kata may not import it.`;
  }
  return fileFault(real, `"${as}"`);
}

/** Why a real path is no file to bundle; undefined when it is one. */
export function fileFault(real: string, name: string): string | undefined {
  const stats = statSync(real);
  if (!stats.isFile()) return `${name} is not a regular file.`;
  // A second name may lie anywhere, so that the real path says nothing about where the content is from.
  if (stats.nlink > 1) {
    return `${name} is a hard link (it has ${stats.nlink} names): make a copy of it, and use that.`;
  }
  if (stats.size > MOST_FILE_BYTES) {
    return `${name} has ${stats.size} bytes; a file of at most ${MOST_FILE_BYTES} is read.`;
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
