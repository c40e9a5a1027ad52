/** Reset and undo as laws: nothing that a learner wrote is ever lost, and it comes back bit for bit. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { kataById } from '../../src/kata/catalogue.js';
import { resetKata, undoReset } from '../../src/kata/backups.js';
import { initWorkspace } from '../../src/kata/init-workspace.js';
import { findWorkspace, kataPath } from '../../src/kata/workspace.js';

const kata = kataById('lstm-step')!;
const folders: string[] = [];
const scratch = (): string => {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'bptt-backups-')));
  folders.push(folder);
  return folder;
};
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

function workspace(): { folder: string; file: string; stub: Buffer } {
  const folder = scratch();
  expect(initWorkspace(folder, '1.0.0').kind).toBe('made');
  const file = kataPath(folder, kata);
  return { folder, file, stub: fs.readFileSync(file) };
}

/** The file and its copies, each as text that tells bytes apart. */
function contents(folder: string, file: string): Set<string> {
  const history = path.join(folder, '.history', kata.id);
  const copies = fs.existsSync(history)
    ? fs.readdirSync(history).map((name) => path.join(history, name))
    : [];
  const all = fs.existsSync(file) ? [file, ...copies] : copies;
  return new Set(all.map((name) => fs.readFileSync(name).toString('hex')));
}

const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));

it('reset, then undo, is nothing', () => {
  const { folder, file, stub } = workspace();
  fc.assert(
    fc.property(bytes, (mine) => {
      fs.writeFileSync(file, mine);
      expect(resetKata(folder, kata)).toMatchObject({ kind: 'done', file });
      expect(fs.readFileSync(file).equals(stub)).toBe(true);
      expect(undoReset(folder, kata)).toMatchObject({ kind: 'done', file });
      expect(fs.readFileSync(file).equals(mine)).toBe(true);
    }),
  );
});

it('no order of writing, deleting, resetting and undoing loses a content', () => {
  const steps = fc.array(
    fc.oneof(bytes, fc.constantFrom('reset' as const, 'undo' as const, 'delete' as const)),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(steps, (order) => {
      const { folder, file, stub } = workspace();
      for (const one of order) {
        if (one === 'delete') fs.rmSync(file, { force: true });
        else if (typeof one !== 'string') fs.writeFileSync(file, one);
        else {
          const before = contents(folder, file);
          const result = (one === 'reset' ? resetKata : undoReset)(folder, kata);
          const after = contents(folder, file);
          expect([...before].filter((content) => !after.has(content))).toEqual([]);
          if (result.kind === 'refused') expect(after).toEqual(before);
          if (one === 'reset') expect(fs.readFileSync(file).equals(stub)).toBe(true);
        }
      }
      expect(fs.readdirSync(path.dirname(file)).filter((name) => name.endsWith('.new'))).toEqual(
        [],
      );
    }),
    { numRuns: 60 },
  );
});

it('a folder in the place of the file is refused in a sentence', () => {
  const { folder, file } = workspace();
  fs.rmSync(file);
  fs.mkdirSync(file);
  expect(resetKata(folder, kata)).toMatchObject({
    kind: 'refused',
    says: expect.stringMatching(/^Could not change .*lstm-step\.ts: .*\.$/) as string,
  });
});

it('foreign files among the copies are left alone', () => {
  const { folder, file } = workspace();
  const history = path.join(folder, '.history', kata.id);
  fs.mkdirSync(history, { recursive: true });
  for (const name of ['notes.ts', '7.ts.bak', '-1.ts'])
    fs.writeFileSync(path.join(history, name), 'x');
  expect(undoReset(folder, kata).kind).toBe('refused');
  fs.writeFileSync(file, 'mine');
  expect(resetKata(folder, kata)).toMatchObject({ backup: path.join('.history', kata.id, '1.ts') });
  expect(fs.readdirSync(history).sort()).toEqual(['-1.ts', '1.ts', '7.ts.bak', 'notes.ts']);
});

it('a workspace is found from anywhere below it, and from nowhere else', () => {
  const { folder } = workspace();
  const name = fc.stringMatching(/^[a-z .]{1,8}$/).filter((part) => !/^\.*$/.test(part));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 5 }), (names) => {
      expect(findWorkspace(path.join(folder, ...names))).toBe(folder); // whether it exists or not
      expect(findWorkspace(path.join(path.dirname(folder), 'not', ...names))).toBeUndefined();
    }),
  );
  expect(findWorkspace(path.join(folder, 'bptt.json', 'below'))).toBe(folder);
});

it.each(['\0', 'x'.repeat(300), 'x/'.repeat(3000)])(
  'a folder that cannot be is refused',
  (name) => {
    const folder = scratch();
    expect(initWorkspace(path.join(folder, name), '1.0.0')).toMatchObject({ kind: 'refused' });
    expect(fs.readdirSync(folder)).toEqual([]);
  },
);
