/**
 * Where the package's own files are, whether this code runs from source (under vitest) or from the built
 * chunks in dist/ (installed). It looks for the package's root; it builds nothing.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the package bptt that a module belongs to, real path.
 * @throws Error when no folder above holds bptt's package.json: a broken installation.
 */
export function packageRoot(moduleUrl: string = import.meta.url): string {
  const here = dirname(realpathSync(fileURLToPath(moduleUrl)));
  for (let folder = here; ; folder = dirname(folder)) {
    if (isPackage(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) throw new Error(`No package bptt above ${here}.`);
  }
}

function isPackage(file: string): boolean {
  if (!existsSync(file)) return false;
  const { name } = JSON.parse(readFileSync(file, 'utf8')) as { name?: unknown };
  return name === 'bptt';
}

/** What `bptt/kata` means in a learner's file: the source from source, dist/kata.js when built. */
export const learnerRuntime = (moduleUrl: string = import.meta.url): string =>
  entry('kata/learner', 'kata', moduleUrl);

/** What a definition outside the package may import from it, likewise. */
export const definitionEntries = (): Readonly<Record<string, string>> => ({
  bptt: entry('engine/index', 'engine'),
  'bptt/kata': entry('kata/learner', 'kata'),
  'bptt/define': entry('kata/define', 'define'),
});

function entry(source: string, built: string, moduleUrl: string = import.meta.url): string {
  const root = packageRoot(moduleUrl);
  const fromRoot = relative(root, realpathSync(fileURLToPath(moduleUrl)));
  return fromRoot.startsWith(`src${sep}`)
    ? join(root, 'src', `${source}.ts`)
    : join(root, 'dist', `${built}.js`);
}

/**
 * The child's script. It is always the built one, as a child loads no TypeScript. (`.cjs`, because the
 * package is of type module and the child may read no package.json.)
 * @throws Error when it has not been built.
 */
export function childScript(): string {
  const script = join(packageRoot(), 'dist', 'host-child.cjs');
  if (!existsSync(script)) throw new Error(`${script} is missing, run npm run build`);
  return script;
}
