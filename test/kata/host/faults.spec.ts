/** Every way in which a learner's file can end instead of answering is contained and named. */
import { describe, expect, it } from 'vitest';
import { faultOf } from '../../../src/kata/host/endings.js';
import { HostProcess } from '../../../src/kata/host/process.js';
import { Transcript } from '../../../src/kata/host/transcript.js';
import { answerOf, body, leavesNothing, living, open, workspace } from './workspace.js';

leavesNothing();
const brief = { deadlineMs: 1500 };

describe('no end', () => {
  it.each([
    ['a loop', 'for (;;);'],
    ['a loop after catching SIGTERM', `process.on('SIGTERM', () => {}); for (;;);`],
    ['a regular expression that backtracks', `/^(a+)+$/.test('a'.repeat(60) + 'b'); return {};`],
  ])('%s times out', async (_, lines) => {
    const host = await open(workspace({ 'kata.ts': body(lines) }), brief);
    expect(living()).toHaveLength(process.platform === 'linux' ? 1 : 0); // the census counts
    const fault = await host.call({ x: Float64Array.of(1) });
    expect(fault).toEqual({ kind: 'timedOut', says: expect.stringContaining('1.5 s') as string });
    expect(await host.call({ x: Float64Array.of(1) })).toEqual(fault);
  });

  it('Atomics.wait is taken away: it would wait without CPU time when the parent is gone', async () => {
    const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); return {};';
    expect(await answerOf(body(wait))).toMatchObject({
      kind: 'threw',
      message: 'Atomics.wait is not available in a kata',
    });
  });

  it('calls that are in time one by one have a deadline together', async () => {
    const spin = body('for (const end = Date.now() + 300; Date.now() < end; ); return {};');
    const host = await open(workspace({ 'kata.ts': spin }), { deadlineMs: 1500, deadlines: 1 });
    let calls = 0;
    for (; calls < 9 && (await host.call({})).kind === 'returned'; calls++);
    expect(calls).toBeLessThan(6);
    expect(await host.call({})).toEqual({
      kind: 'timedOut',
      says: 'All calls together took longer than 1.5 s: is there a loop that is far too long?',
    });
  });

  it('a deadline is kept by SIGKILL, which nothing catches', async () => {
    const limits = { deadlineMs: 1500, deadlines: 6, memoryMb: 512, outputBytes: 1000 };
    const child = new HostProcess(limits, new Transcript(1000), 10_000);
    const code = `process.on('SIGTERM', () => {}); for (;;);`;
    const load = { kind: 'load', nonce: 'n', code, script: 'k.js', functionName: 'f' };
    expect(await child.ask(load, [])).toEqual({ because: 'deadline' });
  }, 20_000);

  it('a loop at the top level times out while loading', async () => {
    expect(await answerOf('for (;;); export const step = () => 1;', brief)).toEqual({
      kind: 'timedOut',
      says: 'No answer within 1.5 s: is there a loop without end? That was while the file was loaded.',
      loading: true,
    });
  });

  it('endless microtasks never run: the Promise is the answer', async () => {
    const flood = 'const again = () => Promise.resolve().then(again); again();';
    expect(
      await answerOf(`${flood} export async function step() { await 1; for (;;); }`),
    ).toMatchObject({
      kind: 'returned',
      outputs: { notAnObject: 'a Promise' },
    });
  });

  it('a child that uses up its CPU time is timed out, even when the deadline is far', async () => {
    const limits = { deadlineMs: 50_000, deadlines: 6, memoryMb: 512, outputBytes: 1000 };
    const child = new HostProcess(limits, new Transcript(1000), 1);
    const load = { kind: 'load', nonce: 'n', code: 'for(;;);', script: 'k.js', functionName: 'f' };
    const outcome = await child.ask(load, []);
    expect('because' in outcome && faultOf(outcome, limits)).toMatchObject({ kind: 'timedOut' });
  });
});

describe('too much memory', () => {
  it.each([
    ['a heap that grows', 'const a = []; for (;;) a.push({ a: [1, 2, 3] });'],
    ['4 GB in one array', 'return { h: new Float64Array(5e8).fill(1) };'],
    ['many arrays', 'const a = []; for (;;) a.push(new Float64Array(1e6).fill(1));'],
  ])('%s', async (_, lines) => {
    const answer = await answerOf(body(lines), { deadlineMs: 30_000, memoryMb: 256 });
    expect(answer).toEqual({ kind: 'outOfMemory', says: 'It needed more than 256 MB.' });
  });

  it.runIf(process.platform === 'linux')('what is mapped and not touched', async () => {
    // Resident memory stays small: only ulimit sees it.
    const mapped = body('const a = new Float64Array(5e8); return { n: a.length };');
    expect(await answerOf(mapped)).toMatchObject({ kind: 'outOfMemory' });
  });

  it.runIf(process.platform === 'linux')('a little too much, held in a loop', async () => {
    // Below what ulimit allows on top for Node itself: only the poll of resident memory sees it.
    const held =
      body(`const a = []; for (let k = 0; k < 34; k++) a.push(new Float64Array(1e6).fill(1));
      for (;;) a[0]![0] = 2;`);
    const answer = await answerOf(held, { memoryMb: 256, deadlineMs: 10_000 });
    expect(answer).toMatchObject({ kind: 'outOfMemory' });
  });

  it('a string that doubles ends, as V8 decides', async () => {
    const doubled = body(`let s = 'x'; for (;;) s += s + 'y' + (s as any).at(-1);`);
    const { kind } = await answerOf(doubled, { deadlineMs: 30_000 });
    expect(['threw', 'outOfMemory']).toContain(kind); // Invalid string length, or the heap before it
  });

  it('keeps the runtime’s crash report out of what the learner printed', async () => {
    const bomb = body(`console.log('mine'); const a = []; for (;;) a.push([1, {}]);`);
    const host = await open(workspace({ 'kata.ts': bomb }), { deadlineMs: 30_000 });
    expect(await host.call({})).toMatchObject({ kind: 'outOfMemory' });
    expect(host.printed()).toEqual(['mine']);
  });
});

describe('an end without an answer', () => {
  it.each([
    ['process.exit(0);', 'code 0'],
    ['process.exit(3);', 'code 3'],
    ['process.reallyExit(0);', 'code 0'],
  ])('%s', async (lines, code) => {
    expect(await answerOf(body(lines))).toEqual({
      kind: 'exited',
      says: `The process ended with ${code} before it answered: was process.exit called?`,
    });
  });

  it('process.abort is refused', async () => {
    expect(await answerOf(body('process.abort();'))).toMatchObject({
      kind: 'threw',
      message: 'process.abort is not available in a kata',
    });
  });
});

describe('output', () => {
  it('a flood is stopped', async () => {
    const flood = body(`for (;;) console.log('x'.repeat(1000));`);
    expect(await answerOf(flood)).toEqual({
      kind: 'tooMuchOutput',
      says: 'It printed more than 1,000,000 bytes.',
    });
  });

  it('is counted although the function returns', async () => {
    const loud = body(`console.error('x'.repeat(3000)); return {};`);
    expect(await answerOf(loud, { outputBytes: 2000 })).toMatchObject({ kind: 'tooMuchOutput' });
    expect(await answerOf(loud, { outputBytes: 4000 })).toMatchObject({ kind: 'returned' });
  });

  it('is shown without escapes, at most 40 lines of it', async () => {
    const said = String.raw`console.log('a\x1b[2J\x1b]0;title\x07b\x07c\rd\u202ee\x9b31mf');
      for (let k = 0; k < 50; k++) console.log('line ' + k); return {};`;
    const host = await open(workspace({ 'kata.ts': body(said) }));
    await host.call({});
    const lines = host.printed();
    expect(lines).toHaveLength(40);
    expect(lines.at(-1)).toBe('line 49');
    const one = await open(workspace({ 'kata.ts': body(said.replace('k < 50', 'k < 1')) }));
    await one.call({});
    expect(one.printed()).toEqual(['abc', 'def', 'line 0']);
  });
});

describe('printing', () => {
  it('shows values as Node does, and an error in the learner’s own lines', async () => {
    const source = body(
      `\nconsole.log([1, { b: x }], new Map([[1, 2]]));\nconsole.log(new Error('e')); return {};`,
    );
    const host = await open(workspace({ 'kata.ts': source }));
    await host.call({ x: Float64Array.of(1, 2) });
    expect(host.printed()).toEqual([
      '[ 1, { b: Float64Array(2) [ 1, 2 ] } ] Map(1) { 1 => 2 }',
      'Error: e',
      expect.stringMatching(/^ {4}at step \(kata\.ts:3:\d+\)$/),
    ]);
  });

  it('a megabyte in one call is out before the answer', async () => {
    const source = body(
      `process.stdout.write('x'.repeat(999_990)); console.log('end'); return {};`,
    );
    const host = await open(workspace({ 'kata.ts': source }));
    expect(await host.call({})).toMatchObject({ kind: 'returned' });
    expect(host.printed()).toEqual([expect.stringMatching(/^x{1000}…$/)]);
  });
});

describe('thrown', () => {
  it('recursion without end is a sentence and names the function', async () => {
    const source = `const deeper = (n: number): number => 1 + deeper(n + 1);\n${body('deeper(0);')}`;
    expect(await answerOf(source)).toMatchObject({
      kind: 'threw',
      name: 'RangeError',
      message: 'Maximum call stack size exceeded: does a function call itself without end?',
      stack: expect.stringMatching(/at deeper \(kata\.ts:1:\d+\)/) as string,
    });
  });

  it('an error names the learner’s own file and line, through imports', async () => {
    const folder = workspace({
      'kata.ts': `import { fail } from './deep/other.js';\n\nexport const step = () =>\n  fail(1);\n`,
      'deep/other.ts': `type T = number;\nexport function fail(n: T): never {\n  throw new TypeError('no ' + n);\n}\n`,
    });
    const host = await open(folder);
    expect(await host.call({})).toEqual({
      kind: 'threw',
      name: 'TypeError',
      message: 'no 1',
      stack: 'TypeError: no 1\n    at fail (deep/other.ts:3:9)\n    at step (kata.ts:4:3)',
    });
    expect(await host.call({})).toMatchObject({ kind: 'threw' }); // the host lives on
  });

  it.each([
    [`throw 'plain';`, 'a string, not an Error', 'plain'],
    ['throw null;', 'null, not an Error', ''],
    [`throw { get message() { throw 1; } };`, 'an object', ''],
    [`throw new Proxy({}, { get() { throw 1; } });`, 'a Proxy', ''],
  ])('%s is described', async (lines, name, message) => {
    expect(await answerOf(body(lines))).toMatchObject({ kind: 'threw', name, message });
  });

  it('while loading is a fault with a place', async () => {
    const source = `export const step = 1;\nthrow new Error('early');`;
    expect(await answerOf(source)).toEqual({
      kind: 'threw',
      says: 'It threw Error: early. That was at kata.ts:2:7, while the file was loaded.',
    });
  });

  it('NotImplemented from bptt/kata is not a failure', async () => {
    const source = `import { NotImplemented } from 'bptt/kata';\n${body('throw new NotImplemented();')}`;
    expect(await answerOf(source)).toEqual({ kind: 'notImplemented' });
  });
});
