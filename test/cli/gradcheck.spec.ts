/** `bptt gradcheck` from outside: right cells pass, planted mistakes fail by name, files are run, bad input is refused. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plantedMistakes } from '../../src/check/index.js';
import { Learner, expectRefusal, expectToFit, node, shared } from './bptt.js';

interface Report {
  cell: string;
  passed: boolean;
  seed: number;
  tensors: {
    name: string;
    shape: number[];
    maxError: number;
    passed: boolean;
    complexStep: { maxError: number } | null;
    worst: { index: number[]; analytic: number; numeric: number; ratio: number | null };
  }[];
}

const cells = ['rnn', 'lstm', 'gru'] as const;
const small = ['--hidden', '2', '--input', '2', '--steps', '4'];

describe.concurrent('gradcheck', () => {
  it.each(cells)('%s passes, exact to 1e-12 against the complex step', async (cell) => {
    const ran = await node(['gradcheck', cell, '--json'], shared);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const report = ran.json() as Report;
    expect(report).toMatchObject({ cell, passed: true, seed: 7 });
    expect(report.tensors.length).toBeGreaterThan(3);
    for (const { name, shape, maxError, worst, complexStep } of report.tensors) {
      expect(complexStep!.maxError, name).toBeLessThanOrEqual(1e-12);
      expect(maxError, name).toBeLessThanOrEqual(1e-12);
      expect(worst.index, name).toHaveLength(shape.length);
      for (const [axis, j] of worst.index.entries()) expect(j).toBeLessThan(shape[axis]!);
      for (const v of [worst.analytic, worst.numeric]) expect(v, name).toEqual(expect.any(Number));
      expect(worst.ratio === null || Number.isFinite(worst.ratio), name).toBe(true);
    }
  });

  it.each(
    cells.flatMap((cell) => Object.keys(plantedMistakes[cell]).map((id) => [cell, id] as const)),
  )('%s --mistake %s fails and names a tensor', async (cell, id) => {
    const ran = await node(['gradcheck', cell, '--mistake', id, '--json', ...small], shared);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    const { passed, tensors } = ran.json() as Report;
    expect(passed).toBe(false);
    expect(tensors.filter((tensor) => !tensor.passed).map(({ name }) => name)).not.toEqual([]);
  });

  it('says in words what is wrong, and where', async () => {
    const ran = await node(['gradcheck', 'lstm', '--mistake', 'no-cell-carry', ...small]);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout).toMatch(/✗ W[fic]\[\d\]\[\d\] \(.+\): yours \S+, should be \S+\./);
  });

  it('repeats itself from a seed, and differs without it', async () => {
    const run = async (seed: string) =>
      (await node(['gradcheck', 'gru', '--seed', seed, '--json', ...small])).stdout;
    const [one, again, other] = await Promise.all([run('11'), run('11'), run('12')]);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it.each(['complex-step', 'five-point'])('--method %s runs that oracle alone', async (method) => {
    const ran = await node(['gradcheck', 'rnn', '--method', method, '--json', ...small], shared);
    expect(ran.status).toBe(0);
    for (const { complexStep } of (ran.json() as Report).tensors)
      expect(complexStep === null).toBe(method === 'five-point');
  });
});

describe.concurrent('gradcheck refuses', () => {
  it.each(['0', '-1', '257', '1e9', 'NaN', 'abc', '', ' 4', '0x10', '12abc', 'Infinity', '4.0'])(
    '--hidden %j',
    async (value) => {
      expectRefusal(
        await node(['gradcheck', 'lstm', `--hidden=${value}`], shared),
        '--hidden',
        'whole number',
      );
    },
  );

  it.each([
    [['lstm', '--steps', '0'], '--steps'],
    [['lstm', '--input', 'x'], '--input'],
    [['lstm', '--batch', '99'], '--batch'],
    [['lstm', '--seed', '-1'], '--seed'],
    [['lstm', '--hidden'], '--hidden'],
    [['lstm', '--method', 'magic'], '--method'],
    [['lstm', '--mistake', 'no-cell-cary'], 'Did you mean no-cell-carry?'],
    [['rnn', '--mistake', 'toString'], '--mistake'],
    [['lstn'], 'Did you mean lstm?'],
    [['__proto__'], 'rnn, lstm, gru'],
    [['lstm', 'gru'], 'gru'],
    [[], 'cell (rnn, lstm, gru, or a variant'],
    [['lstm', '--fast', '--method', 'both'], '--fast'],
    [['lstm', '--function', 'f'], '--file'],
    [['--file', 'no-such.ts'], 'no file «no-such.ts»'],
    [['--file', '.'], 'not a file'],
    [['lstm', '--file', 'x.ts'], 'Either a cell or a file'],
    [['--file', 'x.ts', '--hidden', '3'], '--hidden belongs to a cell'],
    [['--file', 'x.ts', '--method', 'complex-step'], 'dual numbers'],
    [['lstm', '--nope'], '--nope'],
  ])('%j', async (args, part) => {
    expectRefusal(await node(['gradcheck', ...args], shared), part);
  });

  it('sizes that would take an hour, before it starts', async () => {
    const largest = ['--hidden', '256', '--input', '256', '--steps', '1000', '--batch', '64'];
    for (const cell of cells)
      expectRefusal(await node(['gradcheck', cell, ...largest], shared), '--hidden', 'too many');
  });

  it('a mistake that changes nothing at these sizes', async () => {
    const args = ['gradcheck', 'lstm', '--mistake', 'truncated-half', '--steps', '1'];
    expectRefusal(await node(args, shared), '--mistake', 'T = 1');
  });
});

/** The first TypeScript of docs/gradcheck.md: what a file of one's own looks like. */
const example = /```ts\n([\s\S]*?)```/.exec(
  readFileSync(new URL('../../docs/gradcheck.md', import.meta.url), 'utf8'),
)![1]!;

/** A learner with one file, the example with one passage replaced. */
function withFile(passage = '', by = ''): Learner {
  const learner = new Learner();
  expect(example).toContain(passage);
  learner.write('my.ts', example.replace(passage, by));
  return learner;
}
const check = ['gradcheck', '--file', 'my.ts'];

describe.concurrent('gradcheck --file', () => {
  it.each([[[]], [['--fast']]])(
    'passes the example of docs/gradcheck.md, with %j',
    async (more) => {
      const ran = await withFile().bptt([...check, ...more, '--json'], shared);
      expect(ran).toMatchObject({ status: 0, stderr: '' });
      expect(ran.json()).toMatchObject({ passed: true, stopped: null, faults: [], file: 'my.ts' });
    },
  );

  it('fails a wrong backward pass, names the entry, and fits a narrow page', async () => {
    const learner = withFile('(1 - h[j] ** 2)', '(1 - h[j])');
    for (const columns of [40, 80]) {
      const ran = await learner.bptt(check, { ...shared, env: { COLUMNS: String(columns) } });
      expect(ran).toMatchObject({ status: 1, stderr: '' });
      expect(ran.stdout).toContain('3 of 3 gradients are wrong');
      expect(ran.stdout).toMatch(/W\[\d\]\[\d\] \(row \d,\s+column \d\)/);
      expectToFit(ran.stdout, columns);
    }
  });

  it('takes functions of another name', async () => {
    const learner = withFile();
    const renamed = example.replaceAll(/\b(forward|backward|inputs)\b/g, (name) =>
      name === 'forward' ? 'cell' : `cell${name[0]!.toUpperCase()}${name.slice(1)}`,
    );
    learner.write('my.ts', renamed);
    expect((await learner.bptt([...check, '--function', 'cell', '--json'], shared)).status).toBe(0);
    const missing = await learner.bptt([...check, '--json'], shared);
    expect(missing.status).toBe(1);
    expect(missing.json()).toMatchObject({
      passed: false,
      stopped: {
        kind: 'missing',
        says: expect.stringContaining('does not export inputs') as string,
      },
    });
  });

  it.each([
    [1, 'threw', 'forward threw TypeError: no', `throw new TypeError('no');`],
    [1, 'exited', 'ended with code 3', 'process.exit(3);'],
    [1, 'contract', 'forward gives NaN in h', 'return { h: Float64Array.of(NaN) };'],
    [1, 'contract', 'forward returns a number', 'return 3;'],
    [1, 'contract', 'forward gives __proto__', `return Object.defineProperty({}, '__proto__', { value: 1, enumerable: true });`],
    [1, 'contract', 'forward returns h as a plain array', 'return { h: [1, 2] };'],
    [124, 'timedOut', '1 s', 'for (;;);'],
    [137, 'outOfMemory', 'MB', 'const all = []; for (;;) all.push(new Float64Array(1e6).fill(1));'],
  ])('ends %i where forward is wrong: %s, %s', async (status, kind, says, body) => {
    const learner = withFile('  const h =', `  ${body}\n  const h =`);
    const ran = await learner.bptt([...check, '--timeout', status === 124 ? '1' : '20', '--memory', '128', '--json'], shared);
    expect(ran).toMatchObject({ status, stderr: '' });
    expect(ran.json()).toMatchObject({
      passed: false,
      stopped: { kind, says: expect.stringContaining(says) as string },
      tensors: [],
    });
  }); // prettier-ignore

  it('shows what the file printed, and where it threw', async () => {
    const learner = withFile('  const h =', `  console.log('here I am'); null.x;\n  const h =`);
    const ran = await learner.bptt(check, shared);
    expect(ran).toMatchObject({ status: 1, stderr: '' });
    expect(ran.stdout).toMatch(/forward threw TypeError: [\s\S]*\(my\.ts:\d+:\d+\)/);
    expect(ran.stdout).toContain('here I am');
  });
});
