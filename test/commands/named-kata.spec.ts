/** A kata by its id or by any spelling of its file's path, and what is said of a word that is neither. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { namedKata } from '../../src/commands/named-kata.js';
import { kataPath } from '../../src/kata/workspace.js';
import { shelf } from '../../src/kata/shelf.js';
import { walkIds } from '../../src/walk/step.js';

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'bptt-named-')));
const workspace = path.join(folder, 'mine');
const other = path.join(folder, 'other');
const below = path.join(workspace, 'katas', '10-rnn');
beforeAll(() => {
  fs.mkdirSync(below, { recursive: true });
  fs.mkdirSync(other);
  for (const one of [workspace, other]) fs.writeFileSync(path.join(one, 'bptt.json'), '{}');
});
afterAll(() => fs.rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** Standing there. */
const from = (cwd: string): void => void vi.spyOn(process, 'cwd').mockReturnValue(cwd);
const refusalOf = (given: string, katas = shelf, from?: string): string => {
  try {
    return namedKata(given, katas, from).id;
  } catch (error) {
    return (error as Error).message;
  }
};

describe('a kata', () => {
  it('is meant by its id and by every spelling of its path, from anywhere in the workspace', () => {
    const detour = fc.array(fc.constantFrom('.', 'x/..', 'katas/..'), { maxLength: 3 });
    fc.assert(
      fc.property(
        fc.constantFrom(...shelf),
        fc.constantFrom(workspace, below),
        fc.boolean(),
        detour,
        (kata, cwd, absolute, parts) => {
          from(cwd);
          expect(namedKata(kata.id, shelf)).toBe(kata);
          const root = absolute ? workspace : path.relative(cwd, workspace) || '.';
          const rest = path.relative(workspace, kataPath(workspace, kata));
          expect(namedKata([root, ...parts, rest].join('/'), shelf)).toBe(kata);
        },
      ),
    );
    from(below);
    expect(namedKata('rnn-step.ts', shelf).id).toBe('rnn-step');
  });

  it('is not meant by the path of another file', () => {
    from(below);
    for (const file of ['gru-step.ts', 'rnn-step.test.ts', '../rnn-step.ts', '/etc/passwd', '/'])
      expect(refusalOf(file)).toMatch(
        /^There is no kata «.*» *: that is not .* bptt check --file FILE KATA checks any file\.$/,
      );
    expect(refusalOf('../lstm-stp.ts')).toContain('Did you mean lstm-step?');
  });

  it('of another workspace is not taken for the one here', () => {
    from(workspace);
    const file = kataPath(other, shelf[0]!);
    expect(refusalOf(file)).toContain(`cd ${other}`);
    from(folder); // in no workspace
    expect(refusalOf(file)).toBe(shelf[0]!.id);
  });
});

describe('a word that names none', () => {
  it('of a topic names its katas, all that fit a line, and the walk of that name', () => {
    for (const topic of new Set(shelf.map((one) => one.topic)))
      for (const given of [topic, topic.replace(/^\d+-/, '')]) {
        const says = refusalOf(given);
        const ids = shelf.filter((one) => one.topic === topic).map(({ id }) => id);
        expect(says).toMatch(/^There is no kata «/);
        const [, list, more = '0'] = / has ([a-z-, ]+?)(?: and (\d+) more)?\. /.exec(says)!;
        const named = list!.split(', ');
        expect(named).toEqual(ids.slice(0, named.length));
        expect(named.length + Number(more)).toBe(ids.length);
        expect(list!.length).toBeLessThanOrEqual(60);
        const walk = walkIds.find((id) => topic.endsWith(`-${id}`));
        if (walk === undefined) expect(says).not.toContain('bptt walk');
        else expect(says).toContain(`bptt walk ${walk} `);
      }
  });

  it('that begins one names those that begin so', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shelf), fc.integer({ min: 5, max: 30 }), ({ id }, letters) => {
        const given = id.slice(0, letters);
        const says = refusalOf(given);
        if (says === given || says.includes(' The topic ')) return;
        const first = shelf.find((one) => one.id.startsWith(given))!.id;
        expect(says).toContain(`There is no kata «${given}». Names that begin so: ${first}`);
      }),
    );
  });

  it('is a slip of one, or nothing', () => {
    expect(refusalOf('lstm-stp')).toBe(
      'There is no kata «lstm-stp». Did you mean lstm-step? bptt list shows them all.',
    );
    expect(refusalOf('')).toBe('There is no kata «». bptt list shows them all.');
  });

  it('of katas of one’s own is told where those are, and names one however long it is', () => {
    const id = 'leaky-'.repeat(20);
    for (const given of ['lstm', 'leaky', 'nothing']) {
      const says = refusalOf(given, [{ ...shelf[0]!, id, topic: '30-lstm' }], 'ours');
      expect(says).toMatch(/ bptt list --katas ours shows them all\.$/);
      expect(says).not.toContain('walk');
      expect(says.includes(` ${id}.`)).toBe(given !== 'nothing');
    }
  });
});
