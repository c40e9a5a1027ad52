/** Outputs handed back wrongly, inputs read a step off, and gradients carried in total are told as that. */
import { expect, it } from 'vitest';
import { judge } from '../../src/kata/judge.js';
import { kataById } from '../../src/kata/catalogue.js';
import { localSubject } from '../../src/kata/local-subject.js';
import type { Values } from '../../src/kata/values.js';

type Rows = Float64Array[];

const said = async (id: string, solve: (given: Values) => Values): Promise<string | undefined> => {
  const { diagnosis } = await judge(kataById(id)!, localSubject(solve), { seed: 3, cases: 16 });
  expect(diagnosis?.guess).toBeUndefined();
  return diagnosis?.says;
};
const right = (id: string, given: Values): Values => kataById(id)!.reference(given);

it('states one step late', async () => {
  const says = await said('lstm-forward', (given) => {
    const got = right('lstm-forward', given);
    return {
      ...got,
      hs: [given.h0 as Float64Array, ...(got.hs as Rows).slice(0, -1)].map((h) => h.slice()),
    };
  });
  expect(says).toMatch(/^Your hs comes one step late.*hs\[0\] is h0\.$/);
});

it('the last row not written', async () => {
  const says = await said('rnn-forward', (given) => {
    const got = right('rnn-forward', given);
    (got.ys as Rows).at(-1)!.fill(0);
    return got;
  });
  expect(says).toMatch(/^The last row of your ys is 0/);
});

it('the complement of a gate', async () => {
  const says = await said('input-gate', (given) => {
    const { i, cTilde } = right('input-gate', given);
    return { i: (i as Float64Array).map((v) => 1 - v), cTilde: cTilde! };
  });
  expect(says).toBe('Your i is 1 - i.');
});

it('gates of the next step', async () => {
  const says = await said('gru-bptt', (given) => {
    const zs = given.zs as Rows;
    return right('gru-bptt', { ...given, zs: zs.map((z, t) => zs[t + 1] ?? z) });
  });
  expect(says).toMatch(
    /^You read zs\[t \+ 1\] where zs\[t\] belongs, and at the last step its own/,
  );
});

it('a carry that is never set anew', async () => {
  const says = await said('rnn-bptt', ({ xs, h0, hs, Wxh, Whh, dhs }) => {
    const [T, H, D] = [(xs as Rows).length, (h0 as Float64Array).length, (xs as Rows)[0]!.length];
    const zeroRows = (n: number, m: number): Rows =>
      Array.from({ length: n }, () => new Float64Array(m));
    const [dxs, dWxh, dWhh] = [zeroRows(T, D), zeroRows(H, D), zeroRows(H, H)];
    const [dbh, carried] = [new Float64Array(H), new Float64Array(H)];
    for (let t = T - 1; t >= 0; t--) {
      const h = (hs as Rows)[t]!;
      const before = t === 0 ? (h0 as Float64Array) : (hs as Rows)[t - 1]!;
      const da = h.map((v, j) => ((dhs as Rows)[t]![j]! + carried[j]!) * (1 - v * v));
      for (let j = 0; j < H; j++) {
        dbh[j]! += da[j]!;
        for (let k = 0; k < H; k++) {
          dWhh[j]![k]! += da[j]! * before[k]!;
          carried[k]! += (Whh as Rows)[j]![k]! * da[j]!; // begins with what it held
        }
        for (let k = 0; k < D; k++) {
          dWxh[j]![k]! += da[j]! * (xs as Rows)[t]![k]!;
          dxs[t]![k]! += (Wxh as Rows)[j]![k]! * da[j]!;
        }
      }
    }
    return { dxs, dh0: carried, dWxh, dWhh, dbh };
  });
  expect(says).toMatch(/^Your dh₋ is added to what is carried already/);
});
