/** Hears of saved files, however an editor saves: in place, by a rename, by a copy and a new file. It reads none. */
import path from 'node:path';
import { watch } from 'chokidar';
import { Refusal } from './refusal.js';

/** An editor may write in several steps, which are one save. */
const settleMs = 20;

/** A program of the learner's; not a test, not an editor's own copy. */
const isProgram = (file: string): boolean =>
  /^[^.].*\.ts$/.test(path.basename(file)) && !file.endsWith('.test.ts');

/**
 * Tells of files below a folder that were written, made or removed, from now on.
 * @returns how to stop, once the folder is watched
 */
async function watchFiles(
  folder: string,
  saved: (files: readonly string[]) => void,
): Promise<() => Promise<void>> {
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (file, stats) => stats?.isFile() === true && !isProgram(file),
  });
  const files = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', (_, file) => {
    if (!isProgram(file)) return;
    files.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const all = [...files];
      files.clear();
      saved(all);
    }, settleMs);
  });
  await new Promise<void>((ready, fail) => {
    watcher.once('ready', ready);
    watcher.once('error', fail);
  });
  return async () => {
    clearTimeout(timer);
    await watcher.close();
  };
}

/** The same of the katas of a workspace. @throws {Refusal} where the system does not let us. */
export const watchKatas = (
  workspace: string,
  saved: (files: readonly string[]) => void,
): Promise<() => Promise<void>> =>
  watchFiles(path.join(workspace, 'katas'), saved).catch((error: unknown) => {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new Refusal(`The katas of ${workspace} cannot be watched: the system answers ${code}.`);
  });
