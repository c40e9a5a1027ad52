/** A folder of katas outside the package: loaded as it stands, refused with the file and the field. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { judge } from '../../src/kata/judge.js';
import { loadKatas } from '../../src/kata/load.js';
import { localSubject } from '../../src/kata/local-subject.js';
import { prove } from '../../src/kata/proof.js';
import { proveFiles } from '../../src/kata/prove-files.js';
import type { Kata } from '../../src/kata/define.js';
import type { Material } from '../../src/kata/proof.js';

const ours = fileURLToPath(new URL('fixtures/our-katas', import.meta.url));
const definition = 'katas/90-ours/leaky-step.kata.ts';
const source = fs.readFileSync(path.join(ours, definition), 'utf8');

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true });
});

/** A folder with these files. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bptt-spec-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

/** The definition with one passage replaced; the passage must be there. */
function edited(passage: string | RegExp, by: string): string {
  expect(source).toMatch(passage);
  return source.replace(passage, by);
}

const said = async (files: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const result = await loadKatas(folderOf(files));
  return result.kind === 'refused' ? result.says : [];
};

const left = (): string[] =>
  fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('bptt-katas-'));

/** The one kata of our folder. */
async function leaky(): Promise<Kata> {
  const result = await loadKatas(ours);
  if (result.kind === 'refused') throw new Error(result.says.join(' '));
  expect(result.katas).toHaveLength(1);
  return result.katas[0]!;
}

describe('a folder of katas', () => {
  it('is loaded, judged like ours, and proved from its files', async () => {
    const before = left();
    const kata = await leaky();
    expect(kata).toMatchObject({ id: 'leaky-step', functionName: 'leakyStep', root: ours });
    const report = await judge(kata, localSubject(kata.mistakes[0]!.variant), { seed: 3 });
    expect(report).toMatchObject({ outcome: 'failed', diagnosis: { mistake: 'leak-swapped' } });
    const proof = await proveFiles(kata, () => false);
    expect(proof.claims.flatMap(({ says }) => says)).toEqual([]);
    expect(proof.holds).toBe(true);
    expect(left()).toEqual(before);
  });

  it.each([
    ['no text as title', edited("title: 'One step of a leaky integrator'", 'title: 7'), 'title: expected a text, got 7.'],
    ['a level of 4', edited('level: 2', 'level: 4'), 'level: expected 1, 2 or 3, got 4.'],
    ['no reference', edited(/reference: \([\s\S]*?\n {2}\},\n/, ''), 'reference: expected a function, got nothing.'],
    ['no mistakes', edited(/mistakes: \[[\s\S]*?\n {2}\],/, ''), 'mistakes: expected a list with at least one mistake, got nothing.'],
    ['a mistake twice', edited("'old-state-whole'", "'leak-swapped'"), 'mistakes[1].id: expected an id of its own, got «leak-swapped».'],
    ['a mistake without its sentence', edited(/says: 'Your new state has no tanh.',/, ''), 'mistakes[3].says: expected a text, got nothing.'],
    ['a change to no attempt', edited('attempt:', 'attempted:'), 'mistakes[0].variant: expected a function, or a change to an attempt, got nothing.'],
    ['a law that judges nothing', edited(/holds: .*\n/, ''), 'laws[0].holds: expected a function, got nothing.'],
    ['no steps forward', edited('level: 2', 'level: 2, forward: {}'), 'forward: expected an object with steps, got an object.'],
    ['an upstream gradient that is no input', edited('level: 2', "level: 2, backward: { of: 'rnn', steps: () => [], upstream: ['dh'] }"), 'backward.upstream: expected names of inputs, got a list of 1.'],
    ['two hints', edited(/ {4}'h\[j\] = .*\n/, ''), 'hints: expected a list of at least three texts, got a list of 2.'],
    ['an unknown equation', edited("'rnn.hidden'", "'rnn.hiden'"), 'equations: expected an id of docs/notation.md, got «rnn.hiden».'],
    ['a shape of its own', edited("leak: vector('H'),", "leak: { kind: 'ring' },"), 'inputs: expected shapes by name, as in { x: vector("D") }, got an object.'],
    ['a letter of its own', edited("leak: vector('H'),", "leak: vector('Q'),"), 'inputs: expected shapes by name, as in { x: vector("D") }, got an object.'],
    ['another id', edited("kata('leaky-step'", "kata('leaky'"), 'id: expected leaky-step, as the file is called, got «leaky».'],
    ['another topic', edited("topic: '90-ours'", "topic: '../..'"), 'topic: expected 90-ours, the folder it lies in, got «../..».'],
    ['no default export', edited('export default kata', 'export const no = kata'), 'its default export is not kata("id", { … }).'],
    ['an error of its own', `throw new Error('not today');\n${source}`, 'it threw Error: not today.'],
  ])('with %s is refused by file and field', async (_, text, flaw) => {
    expect((await said({ [definition]: text }))[0]).toBe(`${definition}: ${flaw}`);
  }); // prettier-ignore

  it('that does not compile is refused by line', async () => {
    const [says] = await said({ [definition]: edited('level: 2', 'level 2') });
    expect(says).toMatch(/^katas\/90-ours\/leaky-step\.kata\.ts:\d+:\d+: Expected/);
    expect(await said({ [definition]: "import 'bptt/vitest';" })).toEqual([
      expect.stringContaining('"bptt/vitest" is not for definitions'),
    ]);
  });

  it('may not use a name of ours, nor one name twice', async () => {
    const named = edited("kata('leaky-step'", "kata('rnn-step'");
    expect(await said({ 'katas/90-ours/rnn-step.kata.ts': named })).toEqual([
      'katas/90-ours/rnn-step.kata.ts: id: bptt has another rnn-step.',
    ]);
    const other = edited("'90-ours'", "'91-ours'");
    const twice = { [definition]: source, 'katas/91-ours/leaky-step.kata.ts': other };
    expect(await said(twice)).toEqual([
      'katas/91-ours/leaky-step.kata.ts: id: there is another leaky-step.',
    ]);
  });

  it('that is none says what is missing', async () => {
    expect(await said({})).toEqual([expect.stringMatching(/^There is no folder .*katas\.$/)]);
    expect(await said({ 'katas/90-ours/README.md': '' })).toEqual([
      expect.stringContaining('expected katas/<topic>/<id>.kata.ts'),
    ]);
  });
});

describe('the proof', () => {
  /** Every claim about the leaky step holds, until something is changed. */
  async function failing(
    change: (kata: Kata) => Partial<Kata>,
    material: Partial<Material> = {},
  ): Promise<string[]> {
    const kata = await leaky();
    const changed = { ...kata, ...change(kata) };
    const solution = {
      text: "import type { Vector } from 'bptt/kata';",
      subject: localSubject(changed.reference),
    };
    const stub = {
      text: '// TODO: it.',
      subject: localSubject(() => {
        throw Object.assign(new Error(), { name: 'NotImplemented' });
      }),
    };
    const all = { kata: changed, stub, solution, hasCard: () => false, ...material };
    const { claims, holds } = await prove(all);
    const names = claims.filter((claim) => !claim.holds).map(({ name }) => name);
    expect(holds).toBe(names.length === 0);
    return names;
  }
  const same = () => ({});

  it('holds for a right kata', async () => {
    expect(await failing(same)).toEqual([]);
  });

  it.each<[string, (kata: Kata) => Partial<Kata>, RegExp]>([
    [
      'a mistake that is none',
      ({ mistakes, reference }) => ({
        mistakes: [...mistakes, { id: 'none', says: 'x', variant: reference }],
      }),
      /caught and named/,
    ],
    [
      'two mistakes that are one',
      ({ mistakes }) => ({ mistakes: [...mistakes, { ...mistakes[0]!, id: 'again' }] }),
      /every two mistakes differ/,
    ],
    ['three mistakes', ({ mistakes }) => ({ mistakes: mistakes.slice(1) }), /at least 4 mistakes/],
    [
      'a law that does not hold',
      ({ laws }) => ({ laws: [{ ...laws[0]!, holds: () => false }] }),
      /laws hold for the reference/,
    ],
    [
      'a law that says nothing',
      ({ laws }) => ({ laws: [...laws, { ...laws[0]!, holds: () => true }] }),
      /broken by some mistake/,
    ],
    [
      'a card that does not exist',
      ({ mistakes: [first, ...more] }) => ({ mistakes: [{ ...first!, card: 'no.card' }, ...more] }),
      /cards that it names exist/,
    ],
    ['a hint twice', () => ({ hints: ['a', 'b', 'a'] }), /three hints or more/],
    [
      'a zero in its cases',
      () => ({ prepare: (given) => ({ ...given, bh: new Float64Array(3) }) }),
      /no zeros/,
    ],
  ])('does not for %s', async (_, change, name) => {
    expect((await failing(change)).join('\n')).toMatch(name);
  });

  it('does not for a stub that answers, nor a solution that imports the engine', async () => {
    const kata = await leaky();
    const text = "import { lstm } from 'bptt';";
    const answers = { text, subject: localSubject(kata.reference) };
    expect(await failing(same, { stub: answers })).toEqual([
      expect.stringContaining('not implemented'),
      expect.stringContaining('TODO'),
    ]);
    expect(await failing(same, { solution: answers })).toEqual([
      expect.stringContaining('shares no code'),
    ]);
    const wrong = { ...answers, text: '', subject: localSubject(kata.mistakes[1]!.variant) };
    expect(await failing(same, { solution: wrong })).toEqual([
      expect.stringContaining('the solution passes'),
    ]);
  });
});
