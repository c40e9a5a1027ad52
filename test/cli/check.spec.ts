/** `bptt check` from outside: every way an implementation can end, its exit code and its JSON. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { edited, expectRefusal, inWorkspace, lstm, shared, solutionOf, swapped } from './bptt.js';
import type { Learner, Ran } from './bptt.js';

const outcomes =
  /^(passed|failed|threw|timedOut|outOfMemory|tooMuchOutput|exited|notImplemented|doesNotCompile|missing)$/;

interface Report {
  passed: boolean;
  katas: {
    id: string;
    outcome: string;
    says: string | null;
    checks: { name: string; passed: boolean; says: string | null }[];
    diagnosis: null | { mistake: string; says: string };
    counterexample: null | {
      given: Record<string, unknown>;
      firstDifference: { output: string; index: number[]; expected: number; got: number };
    };
    ms: number;
  }[];
}

/** The shape that others read, field by field; the verdicts agree with one another and with the exit code. */
function reportOf(ran: Ran): Report {
  const report = ran.json() as Report;
  expect(report.passed).toEqual(expect.any(Boolean));
  for (const kata of report.katas) {
    expect(kata).toMatchObject({
      id: expect.any(String) as string,
      outcome: expect.stringMatching(outcomes) as string,
      ms: expect.any(Number) as number,
    });
    for (const field of ['checks', 'diagnosis', 'counterexample'])
      expect(Object.keys(kata)).toContain(field);
    for (const check of kata.checks)
      expect(check).toMatchObject({
        name: expect.any(String) as string,
        passed: expect.any(Boolean) as boolean,
      });
    if (kata.diagnosis !== null)
      expect(kata.diagnosis).toMatchObject({
        mistake: expect.any(String) as string,
        says: expect.any(String) as string,
      });
    if (kata.counterexample !== null) expect(kata.counterexample).toBeTypeOf('object');
    if (kata.outcome === 'passed') expect(kata.checks.length).toBeGreaterThan(5);
    if (kata.outcome === 'passed' || kata.outcome === 'failed')
      expect(kata.checks.every(({ passed }) => passed)).toBe(kata.outcome === 'passed');
    else expect(kata.says).toMatch(/^.+[.?]$/s);
  }
  expect(report.passed).toBe(report.katas.every(({ outcome }) => outcome === 'passed'));
  expect(ran.status === 0).toBe(report.passed);
  return report;
}

/** Checks lstm-step with this source (null: no file) and gives the one report. */
async function checked(source: string | null, ...flags: string[]) {
  const learner = await inWorkspace();
  if (source === null) fs.rmSync(learner.path(lstm));
  else learner.write(lstm, source);
  const ran = await learner.bptt(['check', 'lstm-step', '--json', '--seed', '5', ...flags], shared);
  expect(ran.stderr).toBe('');
  const { katas } = reportOf(ran);
  expect(katas).toHaveLength(1);
  return { learner, ran, status: ran.status, kata: katas[0]! };
}

const step = (body: string): string =>
  `export function lstmStep(input: any): any {\n  const { x, hPrev, cPrev } = input;\n  ${body}\n}\n`;
const returning = (value: string): string => edited('return { h, c };', `return ${value};`);
const failing = ({ kata }: Awaited<ReturnType<typeof checked>>) =>
  kata.checks.filter(({ passed }) => !passed).map(({ name }) => name);

describe.concurrent('check lstm-step', () => {
  it('the stub is not implemented', async () => {
    const { status, kata } = await checked(
      "import { NotImplemented } from 'bptt/kata';\n" +
        step("throw new NotImplemented('lstmStep');"),
    );
    expect([status, kata.outcome]).toEqual([1, 'notImplemented']);
  });

  it('the solution passes', async () => {
    const { learner, status, kata } = await checked(solutionOf(lstm));
    expect([status, kata.outcome]).toEqual([0, 'passed']);
    const ran = await learner.bptt(['check', 'lstm-step']);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^lstm-step {2}✓ passed/);
  });

  it('with f and i swapped it fails and says so', async () => {
    const { learner, status, kata } = await checked(swapped());
    expect([status, kata.outcome]).toEqual([1, 'failed']);
    expect(kata.diagnosis).toMatchObject({ mistake: 'forget-and-input-swapped' });
    expect(kata.diagnosis!.says).toContain('swapped');
    const { output, index, expected, got } = kata.counterexample!.firstDifference;
    expect(['h', 'c']).toContain(output);
    expect(index).toEqual([expect.any(Number)]);
    expect(got).not.toBe(expected);
    expect(Object.keys(kata.counterexample!.given)).toContain('cPrev');
    const ran = await learner.bptt(['check', 'lstm-step']);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout).toMatch(/forget and input gates swapped/);
    expect(ran.stdout).toMatch(/yours \S+, should be \S+/);
  });

  it('the same seed gives the same report, but for the time it took', async () => {
    const [one, again] = await Promise.all([checked(swapped()), checked(swapped())]);
    expect({ ...again.kata, ms: 0 }).toEqual({ ...one.kata, ms: 0 });
  });

  it('an endless loop ends at the deadline and names the case in flight', async () => {
    const { status, kata } = await checked(step('for (;;);'), '--timeout', '1');
    expect([status, kata.outcome]).toEqual([124, 'timedOut']);
    expect(kata.says).toMatch(/within 1 s: .* case 1 of \d+ \(D = \d, H = \d, case seed \d+\)\.$/);
  });

  it('a loop that is endless for one case names that one', async () => {
    const loop = edited('const H = hPrev.length;', '$&\n  if (++calls === 4) for (;;);');
    const { status, kata } = await checked(`let calls = 0;\n${loop}`, '--timeout', '1');
    expect([status, kata.outcome]).toEqual([124, 'timedOut']);
    expect(kata.says).toMatch(/\bcase 4 of/i);
  });

  it.each([
    'process.exit(0);',
    'process.reallyExit(0);',
    'process.exitCode = 0; process.kill(process.pid);',
  ])('%s does not pass', async (body) => {
    const { status, kata } = await checked(step(body));
    expect(status).toBe(1);
    expect(['exited', 'threw']).toContain(kata.outcome);
  });

  it('four gigabytes are too much', async () => {
    const hoard =
      'const all = []; for (let k = 0; k < 64; k++) all.push(new Float64Array(2 ** 23).fill(k)); return all;';
    const { status, kata } = await checked(step(hoard));
    expect([status, kata.outcome]).toEqual([137, 'outOfMemory']);
    expect(kata.says).toContain('512 MB');
  });

  it('a flood of output is cut off', async () => {
    const { kata, status } = await checked(step("for (;;) console.log('x'.repeat(10_000));"));
    expect([status, kata.outcome]).toEqual([1, 'tooMuchOutput']);
  });

  it('what it prints is shown, and cannot write on the screen', async () => {
    const source = edited(
      'return { h, c };',
      "console.log('\\u001b[2J see me \\u0007'); return { h: c, c: h };",
    );
    const { learner } = await checked(source);
    const { stdout, status } = await learner.bptt(['check', 'lstm-step'], shared);
    expect(status).toBe(1);
    expect(stdout).toContain('see me');

    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
  });

  it('what does not compile is told by file and line', async () => {
    const { status, kata } = await checked(step('const = 1;'));
    expect([status, kata.outcome]).toEqual([1, 'doesNotCompile']);
    expect(kata.says).toContain(`${lstm}:3:`);
  });

  it('a file that is not there is missing', async () => {
    const { status, kata } = await checked(null);
    expect([status, kata.outcome]).toEqual([1, 'missing']);
    expect(kata.says).toContain(lstm);
  });

  it('so is an export of another name', async () => {
    const { status, kata } = await checked(solutionOf(lstm).replaceAll('lstmStep', 'lstm'));
    expect([status, kata.outcome]).toEqual([1, 'missing']);
    expect(kata.says).toContain('does not export lstmStep; it exports lstm');
  });

  it('an error of the learner’s is told with its line', async () => {
    const { status, kata } = await checked(step('return x.nope.nope;'));
    expect([status, kata.outcome]).toEqual([1, 'threw']);
    expect(kata.says).toMatch(/TypeError: .*lstm-step\.ts:3:\d+/);
  });

  it.each([
    [
      'a wrong shape',
      '{ h: c.slice(1), c }',
      'names and shapes',
      /^Expected h to be a Float64Array of H = \d, got a Float64Array of \d\.$/,
    ],
    ['plain arrays', '{ h: [...h], c }', 'names and shapes', /plain array/],
    ['a missing name', '{ h }', 'names and shapes', /c is missing/],
    ['a name too many', '{ h, c, f: h.slice() }', 'names and shapes', /nothing else, got also f/],
    ['NaN', '{ h, c: c.map(() => NaN) }', 'finite', /^c\[0\] is NaN, in all 40 cases\.$/],
    ['shared memory', '{ h, c: h }', 'no aliasing', /share memory/],
    ['no object', 'undefined as any', 'names and shapes', /undefined/],
    [
      'another number each time',
      '{ h, c: c.map((v: number) => v + Math.random()) }',
      'deterministic',
      /second time/,
    ],
  ])('%s fails', async (_, value, name, says) => {
    const result = await checked(returning(value));
    expect([result.status, result.kata.outcome]).toEqual([1, 'failed']);
    expect(failing(result)).toContain(name);
    expect(result.kata.checks.find((check) => check.name === name)?.says).toMatch(says);
  });

  it('an input that was changed is named', async () => {
    const result = await checked(edited('return { h, c };', 'cPrev[1] += 1; return { h, c };'));
    expect(result.status).toBe(1);
    expect(failing(result)).toEqual(['inputs untouched']);
    expect(result.kata.checks[2]?.says).toContain('cPrev[1]');
  });

  it('an async function is no answer', async () => {
    const result = await checked(edited('export function', 'export async function'));
    expect(result.status).toBe(1);
    expect(result.kata.checks).toMatchObject([
      { passed: false, says: expect.stringMatching(/Promise/i) as string },
    ]);
  });

  it.each([
    ['a solution', "export { lstmStep } from '../../solutions/30-lstm/lstm-step.js';", 'solution'],
    ['the file system', "import fs from 'node:fs';\n" + step('return fs;'), '"node:fs"'],
    ['the engine', "import * as engine from 'bptt';\n" + step('return engine;'), '"bptt"'],
  ])('may not import %s', async (what, source, says) => {
    const learner = await inWorkspace();
    if (what === 'a solution') learner.write(lstm.replace(/^katas/, 'solutions'), solutionOf(lstm));
    learner.write(lstm, source);
    const ran = await learner.bptt(['check', 'lstm-step', '--json'], shared);
    const { katas } = reportOf(ran);
    expect([ran.status, katas[0]!.outcome]).toEqual([1, 'doesNotCompile']);
    expect(katas[0]!.says).toContain(says);
  });
});

describe.concurrent('a file', () => {
  const name = /[\w./-]+\.ts(?=[:. ,])/g;

  it.each([
    ['does not compile', 'const a = ;'],
    ['imports what is not there', `import './nowhere.js';`],
    ['throws', edited('return { h, c };', 'throw new Error("no");')],
    ['throws while it is loaded', `throw new Error('early');`],
    [
      'prints a stack',
      edited('return { h, c };', 'console.log(new Error("hm")); return { h: c, c };'),
    ],
    ['exports something else', 'export const other = 1;'],
    ['is the stub', null],
    ['is not there', undefined],
  ])('that %s is named from where one stands', async (_, source) => {
    const learner = await inWorkspace(shared);
    const own = fs.realpathSync(learner.folder);
    if (source === undefined) fs.rmSync(learner.path(lstm));
    else if (source !== null) learner.write(lstm, source);
    for (const from of ['', 'katas/30-lstm', 'katas/10-rnn']) {
      const cwd = path.join(own, from);
      const ran = await learner.bptt(['check', 'lstm-step'], { ...shared, cwd });
      const names = ran.stdout.replaceAll(/\n +/g, ' ').match(name) ?? [];
      expect(names.length, ran.stdout).toBeGreaterThan(0);
      for (const one of names) {
        expect(path.isAbsolute(one)).toBe(false);
        expect(path.join(cwd, one)).toBe(path.join(own, lstm));
      }
    }
  });
});

describe.concurrent('check', () => {
  const ids = ({ katas }: Report) => katas.map(({ id }) => id);

  it('without a name checks all, in the order of the list', async () => {
    const learner = await inWorkspace();
    learner.write(lstm, solutionOf(lstm));
    const ran = await learner.bptt(['check', '--json']);
    const report = reportOf(ran);
    expect(ran.status).toBe(1);
    const { katas } = (await learner.bptt(['list', '--json'])).json() as Report;
    expect(ids(report)).toEqual(katas.map(({ id }) => id));
    expect(report.katas.filter(({ outcome }) => outcome === 'passed').map(({ id }) => id)).toEqual([
      'lstm-step',
    ]);
  });

  it('all solutions pass together; a name given twice is checked once', async () => {
    const learner: Learner = await inWorkspace();
    for (const file of Object.keys(learner.files()))
      if (/^katas\/.*(?<!\.test)\.ts$/.test(file)) learner.write(file, solutionOf(file));
    const ran = await learner.bptt(['check', '--json']);
    expect([ran.status, reportOf(ran).passed]).toEqual([0, true]);
    const two = await learner.bptt(['check', 'gru-step', 'rnn-step', 'gru-step', '--json']);
    expect(ids(reportOf(two))).toEqual(['gru-step', 'rnn-step']);
  });

  it.each([
    [['lstmstep'], 'Did you mean lstm-step?'],
    [['lstm-step', 'nope-at-all'], '«nope-at-all»'],
    [['../../../etc/passwd'], 'There is no kata'],
    [[''], 'There is no kata'],
    [['lstm-step', '--timeout', '0'], '--timeout'],
    [['lstm-step', '--timeout', '1e9'], '--timeout'],
    [['lstm-step', '--memory', '1'], '--memory'],
    [['lstm-step', '--seed', 'NaN'], '--seed'],
  ])('refuses %j, and records nothing', async (args, part) => {
    const learner = await inWorkspace();
    expectRefusal(await learner.bptt(['check', ...args], shared), part);
    expect(fs.existsSync(learner.path('history.jsonl'))).toBe(false);
  });
});
