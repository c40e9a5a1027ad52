/** What comes back through the host is raw data: copied, complete, and immune to a patched runtime. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Values } from '../../../src/kata/values.js';
import { answerOf, body, leavesNothing, open, workspace } from './workspace.js';

leavesNothing();

describe('numbers', () => {
  it('every float64 crosses bit by bit, both ways', async () => {
    const echo = body('return { ...given };');
    const host = await open(workspace({ 'kata.ts': echo }));
    const floats = fc.float64Array({ maxLength: 5 });
    const inputs = fc.dictionary(
      fc.string({ maxLength: 8 }),
      fc.oneof(fc.double(), floats, fc.array(floats, { maxLength: 4 })),
      { maxKeys: 4 },
    );
    await fc.assert(
      fc.asyncProperty(inputs, async (given: Values) => {
        const kept = structuredClone(given);
        const answer = await host.call(given);
        expect(given).toEqual(kept);
        if (answer.kind !== 'returned') throw new Error(JSON.stringify(answer));
        // toEqual tells -0 from 0 and takes NaN for NaN.
        expect(Object.entries(answer.inputsAfter)).toEqual(Object.entries({ ...kept }));
        const numbers = Object.values(answer.outputs).map(
          (value: unknown) => Object.values(value as object)[1] as unknown,
        );
        expect(numbers).toEqual(Object.entries({ ...kept }).map(([, value]) => value));
      }),
      { numRuns: 60 },
    );
  });

  it('calls at the same time are answered in order', async () => {
    const host = await open(workspace({ 'kata.ts': body('return { x };') }));
    const answers = await Promise.all([1, 2, 3].map((x) => host.call({ x })));
    expect(answers.map((answer) => 'outputs' in answer && answer.outputs)).toEqual(
      [1, 2, 3].map((value) => ({ x: { kind: 'scalar', value } })),
    );
  });

  it('a hundred megabytes are said, not sent', async () => {
    const source = body('return { h: new Float64Array(9e6), x };');
    expect(await answerOf(source)).toMatchObject({
      outputs: { h: { kind: 'other', says: 'a Float64Array of 9000000' }, x: { kind: 'vector' } },
    });
  });
});

describe('odd answers', () => {
  it.each([
    ['[1, 2, 3, 4]', 'a plain array of 4'],
    ['[[1], [2]]', 'an array whose [0] is a plain array of 1'],
    ['[x, , x]', 'an array with a hole at [1]'],
    ['[x, "s"]', 'an array whose [1] is a string'],
    ['new Float32Array(3)', 'a Float32Array of 3'],
    ['"text"', 'a string'],
    ['10n', 'a BigInt'],
    ['undefined', 'undefined'],
    ['null', 'null'],
    ['true', 'a boolean'],
    ['() => 1', 'a function'],
    ['Symbol()', 'a symbol'],
    ['Promise.resolve(x)', 'a Promise'],
    ['new Proxy(x, {})', 'a Proxy'],
    ['new Proxy([], { get() { process.exit(9); } })', 'a Proxy'],
    [
      'Object.defineProperty([x, x], 1, { get() { process.exit(9); } })',
      'an array whose [1] is a getter',
    ],
    ['new Map()', 'a Map'],
    ['{}', 'an object'],
  ])('%s', async (expression, says) => {
    const answer = await answerOf(body(`return { h: ${expression} };`));
    expect(answer).toMatchObject({ kind: 'returned', outputs: { h: { kind: 'other', says } } });
  });

  it.each([
    ['[x]', 'a plain array of 1'],
    ['x', 'a Float64Array of 3'],
    ['4', 'a number'],
    ['undefined', 'undefined'],
    ['new Proxy({}, { ownKeys() { process.exit(9); } })', 'a Proxy'],
    ['new Error()', 'an Error'],
  ])('instead of an object: %s', async (expression, notAnObject) => {
    const answer = await answerOf(body(`return ${expression};`));
    expect(answer).toMatchObject({ kind: 'returned', outputs: { notAnObject }, aliases: [] });
  });

  it('a getter is not run', async () => {
    const source = body('return { get h() { process.exit(9); }, x };');
    expect(await answerOf(source)).toMatchObject({
      outputs: { h: { kind: 'other', says: 'a getter' }, x: { kind: 'vector' } },
    });
  });

  it('an array cannot lie about its length', async () => {
    const source = body(
      `Object.defineProperty(x, 'length', { get() { process.exit(9); } }); return { x, notAnObject: 1 };`,
    );
    expect(await answerOf(source)).toMatchObject({
      outputs: { x: { data: Float64Array.of(1, 2, 3) }, notAnObject: { kind: 'scalar', value: 1 } },
    });
  });

  it('an output named __proto__ is an output', async () => {
    const answer = await answerOf(body(`return { ['__proto__']: 5 };`));
    expect('outputs' in answer && Object.entries(answer.outputs)).toEqual([
      ['__proto__', { kind: 'scalar', value: 5 }],
    ]);
  });
});

describe('memory', () => {
  const given = { x: Float64Array.of(1, 2, 3), W: [Float64Array.of(1), Float64Array.of(2)] };

  it('inputs come back as they were left', async () => {
    expect(await answerOf(body('x[1] += 1; return {};'), {}, given)).toMatchObject({
      inputsAfter: { x: Float64Array.of(1, 3, 3), W: given.W },
    });
    const answer = await answerOf(body('given.x = "gone"; given.W.pop(); return {};'), {}, given);
    expect('inputsAfter' in answer && answer.inputsAfter).toEqual({ W: [Float64Array.of(1)] });
  });

  it.each([
    ['return { h: x, c: new Float64Array(x) };', [['h', 'x']]],
    ['return { h: x.subarray(2) };', [['h', 'x']]],
    [
      'return { hs: [given.W[1], given.W[0]] };',
      [
        ['hs[1]', 'W[0]'],
        ['hs[0]', 'W[1]'],
      ],
    ],
    ['const h = new Float64Array(1); return { hs: [h, h] };', [['hs[0]', 'hs[1]']]],
    ['const b = new Float64Array(4); return { hs: [b.subarray(0, 2), b.subarray(2)] };', []],
    [
      'const b = new Float64Array(4); return { h: b.subarray(0, 3), c: b.subarray(2) };',
      [['h', 'c']],
    ],
    ['return { h: x.slice(), e: x.subarray(0, 0) };', []],
  ])('%s', async (lines, aliases) => {
    expect(await answerOf(body(lines), {}, given)).toMatchObject({ kind: 'returned', aliases });
  });
});

describe('a patched runtime', () => {
  it.each([
    ['Math.tanh = () => 0;', /read only property 'tanh'/],
    ['Float64Array.prototype.fill = () => 0;', /read only property 'fill'/],
    ['Error.prepareStackTrace = () => 1;', /not extensible|read only/],
    ['Object.prototype.toJSON = () => 1;', /not extensible/],
    ['Object.prototype.toString = () => 1;', /read only property 'toString'/],
    ['Object.getPrototypeOf([].values()).next = 1;', /read only property 'next'/],
    ['Object.getPrototypeOf(Float64Array).from = 1;', /read only property 'from'/],
    ['JSON.stringify = () => "{}";', /read only property 'stringify'/],
    ['globalThis.Math = {};', /read only property 'Math'/],
    ['globalThis.Float64Array = Array;', /read only property 'Float64Array'/],
    ['eval("1");', /Code generation from strings/],
    ['new Function("return 1")();', /Code generation from strings/],
    ['process.kill(process.ppid, "SIGKILL");', /process\.kill is not available/],
    ['process._debugProcess(process.ppid);', /_debugProcess is not available/],
    ['process.binding("fs");', /process\.binding is not available/],
    ['fetch("http://127.0.0.1");', /fetch is not defined/],
    ['process.mainModule.require("fs");', /undefined/],
  ])('%s is refused', async (lines, message) => {
    expect(await answerOf(body(`${lines} return { x };`))).toMatchObject({
      kind: 'threw',
      message: expect.stringMatching(message) as string,
    });
  });

  it('ordinary code is not disturbed: names of errors, own methods, subclasses', async () => {
    const source = `class Mine extends Error { constructor(m: string) { super(m); this.name = 'Mine'; } }
      class Row extends Float64Array { total() { return this.reduce((a, b) => a + b, 0); } }
      ${body(`const o: any = {}; o.toString = () => 'own'; if (String(o) !== 'own') throw 1;
        const row = Row.from([1, 2]).map((v) => 2 * v) as Row; if (row.total() !== 6) throw 2;
        throw new Mine('said ' + [...new Set([1, 1, 2])].sort().join('|'));`)}`;
    expect(await answerOf(source)).toMatchObject({
      kind: 'threw',
      name: 'Mine',
      message: 'said 1|2',
    });
  });

  it('what may be patched does not reach the protocol', async () => {
    const patches = `Buffer.prototype.toString = Buffer.from = Buffer.concat = () => { throw 1; };
      TextEncoder.prototype.encode = TextDecoder.prototype.decode = () => { throw 1; };
      process.reallyExit = process.nextTick = () => { throw 1; };
      console.log = null;`;
    const source = `${patches}\n${body('if (x[0] === 9) throw new Error("mine"); return { x };')}`;
    const host = await open(workspace({ 'kata.ts': source }));
    for (const value of [1, 2]) {
      expect(await host.call({ x: Float64Array.of(value) })).toMatchObject({
        outputs: { x: { data: Float64Array.of(value) } },
      });
    }
    expect(await host.call({ x: Float64Array.of(9) })).toMatchObject({
      kind: 'threw',
      message: 'mine',
    });
  });
});
