/** The files of the repository as the house rules see them. It judges nothing. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git']);

/** The text of every program file below some folders, by its path from the root. */
export function programs(...folders: readonly string[]): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const folder of folders) {
    for (const path of below(join(root, folder))) {
      if (/\.[cm]?[jt]sx?$/.test(path)) texts[fromRoot(path)] = readFileSync(path, 'utf8');
    }
  }
  return texts;
}

/** The content of every file that is in git or would be added to it, by its path from the root. */
export function tracked(): Record<string, Buffer> {
  const contents: Record<string, Buffer> = {};
  for (const path of trackedPaths()) {
    const full = join(root, path);
    if (existsSync(full) && statSync(full).isFile()) contents[path] = readFileSync(full);
  }
  return contents;
}

function trackedPaths(): string[] {
  try {
    const list = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
    return execFileSync('git', list, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
      .split('\0')
      .filter((path) => path !== '');
  } catch {
    return below(root).map(fromRoot); // a source archive without git
  }
}

function below(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : below(path);
    return [path];
  });
}

const fromRoot = (path: string): string => relative(root, path).split(sep).join('/');
