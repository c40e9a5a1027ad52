/** What the store's specs share: a scratch folder, sample events, and the store in processes of its own. */
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn, type ChildProcess } from 'node:child_process';
import { build } from 'esbuild';
import fc from 'fast-check';
import { readLog, type Event, type OpenLog } from '../../src/store/index.js';

/** A new empty folder that any user may enter. */
export function scratch(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'bptt-store-'));
  chmodSync(folder, 0o755);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A sample event; `k` gives its id and its time. */
export const sample = (k: number, fields: Record<string, unknown> = {}): Event => ({
  v: 1,
  id: `e${k}`,
  at: new Date(Date.UTC(2026, 10, 22) + k * 1000).toISOString(),
  type: 'answered',
  ...fields,
});

/** The log at a path; fails the test when it is unreadable. */
export function opened(path: string): OpenLog {
  const result = readLog(path);
  if (result.kind !== 'open') throw new Error(result.says);
  return result.log;
}

export const idsOf = (events: readonly Event[]): string[] => events.map(({ id }) => id);

const instants = fc
  .date({
    min: new Date('1970-01-01T00:00:00Z'),
    max: new Date('2999-12-31T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString());

/** Any event: the fields are any JSON, with every kind of text in them. */
export const anyEvent: fc.Arbitrary<Event> = fc
  .record({
    id: fc.string({ minLength: 1, unit: 'binary' }),
    at: instants,
    type: fc.string({ minLength: 1, unit: 'binary' }),
    fields: fc.dictionary(fc.string({ unit: 'binary' }), jsonBack(), { maxKeys: 4 }),
  })
  .filter(({ fields }) => !Object.hasOwn(fields, '__proto__'))
  .map(({ fields, ...envelope }) => ({ ...fields, v: 1, ...envelope }));

/** Values that JSON gives back as they were: not -0, which it writes as 0, and no key __proto__. */
function jsonBack(): fc.Arbitrary<unknown> {
  return fc
    .jsonValue({ stringUnit: 'binary' })
    .map((value) => JSON.stringify(value))
    .filter((text) => !text.includes('__proto__'))
    .map((text) => JSON.parse(text) as unknown);
}

const program = (store: string): string => `
  import { append, readLog } from ${JSON.stringify(store)};
  import { writeSync } from 'node:fs';
  const [how, path, name, count, size] = process.argv.slice(2);
  const event = (k) => ({ v: 1, id: name + '-' + k, at: '2026-11-22T10:00:00Z', type: 'test', pad: 'x'.repeat(Number(size)) });
  const say = (what) => writeSync(1, JSON.stringify(what) + '\\n');
  if (how === 'nobody') {
    if (process.getuid() === 0) { process.setgid(65534); process.setuid(65534); }
    say({ read: readLog(path), append: append(path, [event(0)]) });
  } else {
    for (let k = 0; k < Number(count); k++) say({ id: name + '-' + k, ...append(path, [event(k)]) });
  }
`;

/** Bundles the store as it is now with a small program around it: `node file how path name count size`. */
export async function bundleWriter(folder: string): Promise<string> {
  const outfile = join(folder, 'writer.mjs');
  const store = new URL('../../src/store/index.ts', import.meta.url).pathname;
  const stdin = { contents: program(store), resolveDir: folder, loader: 'js' as const };
  await build({ stdin, bundle: true, platform: 'node', format: 'esm', outfile, logLevel: 'error' });
  return outfile;
}

/** Runs a command, hands every whole line it prints to `heard`, and waits for its end. */
export function run(
  command: string,
  args: readonly string[],
  heard: (line: unknown, child: ChildProcess) => void,
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) heard(JSON.parse(line), child);
    });
    child.on('error', reject).on('close', resolve);
  });
}
