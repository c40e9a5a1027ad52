/** The subject in this process answers like the subject in a child: same description, same aliases. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NotImplemented } from '../../src/kata/learner.js';
import { localSubject } from '../../src/kata/local-subject.js';
import { open, body, leavesNothing, workspace } from './host/workspace.js';

leavesNothing();

const bodies = [
  'return { h: x, c: new Float64Array(2), s: 4, hs: [x.subarray(1), x.slice(0, 1)] };',
  'x[0] += 1; given.extra = 1; delete given.W; return { h: [1, 2], e: [], g: [x, 1] };',
  'return [x];',
  'return Promise.reject(new Error("late"));',
  'return { get h() { throw 1; }, p: new Proxy({}, {}), f: () => 1, m: new Map() };',
  'throw "text";',
  'throw new RangeError("far");',
  'const e = new Error("x"); e.name = "NotImplemented"; throw e;',
];

describe.each(bodies)('%s', (lines) => {
  it('is answered alike in both', async () => {
    const x = () => Float64Array.of(1, 2, 3);
    const given = () => ({ x: x(), W: [x(), x()] });
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the same text runs in the child
    const implementation = new Function('given', `const { x } = given; ${lines}`);
    const local = localSubject((inputs) => Reflect.apply(implementation, undefined, [inputs]));
    const host = await open(workspace({ 'kata.ts': body(lines) }));
    const inputs = given();
    const [here, there] = [await local.call(inputs), await host.call(given())];
    const plain = (answer: object) => ({ ...answer, stack: '' });
    expect(plain(here)).toEqual(plain(there));
    expect(inputs).toEqual(given()); // it got a copy
  });
});

it('describes whatever is returned, and never rejects', async () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
    withSet: true,
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(anything, fc.dictionary(fc.string(), anything)), async (value) => {
      const answer = await localSubject(() => value).call({});
      if (answer.kind !== 'returned') throw new Error(`It ${answer.kind}.`);
      structuredClone(answer);
    }),
    { numRuns: 500 },
  );
});

it('copies: what the function keeps or returns is not the caller’s memory', async () => {
  const kept = new Float64Array(2);
  const subject = localSubject(() => ({ h: kept }));
  const first = await subject.call({});
  kept[0] = 5;
  expect(first).toMatchObject({ outputs: { h: { data: new Float64Array(2) } } });
});

it('a stub is not implemented; close and printed are harmless', async () => {
  const subject = localSubject(() => {
    throw new NotImplemented();
  });
  expect(await subject.call({})).toEqual({ kind: 'notImplemented' });
  await subject.close();
  await subject.close();
  expect(subject.printed()).toEqual([]);
});
