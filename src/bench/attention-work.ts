/** Attention of one head as work to be timed: with the T×T matrix, and without it. */
import {
  Arena,
  attention,
  attentionBackward,
  fillUniform,
  onlineAttention,
  onlineAttentionBackward,
  rng,
} from '../engine/index.js';
import { joined } from './speed-work.js';
import type { SpeedAgreement, SpeedConfig } from './speed-report.js';
import type { SpeedWork } from './speed-work.js';

type Form = 'naive' | 'online';
type Pass = readonly Float64Array[];

/** The share of the largest number by which naive and online may differ: another order of the same sums. */
const tolerance = 1e-12;

/** From here on the plain loops would take a second and more. */
const longest = 512;

/** Multiply-adds of the products: T² d each. Online, backward computes the scores again. */
const products = {
  naive: { forward: 2, both: 6 },
  online: { forward: 2, both: 7 },
} as const;

/** The passes at these sizes, with Q, K, V and dO in the kernels' memory until the body ends. */
function withPasses<R>(
  { T, B, D, H }: SpeedConfig,
  body: (pass: (form: Form, part: 'forward' | 'both') => Pass, arena: Arena) => R,
): R {
  const arena = new Arena();
  const random = rng(64);
  const dims = { Tq: T, Tk: T, B, heads: 1, dk: D, dv: H };
  return arena.scope(() => {
    const filled = (columns: number): Float64Array => {
      const array = arena.alloc('state', T * B * columns);
      fillUniform(array, random, -2, 2); // scores of ±3: neither one weight for all nor all for one
      return array;
    };
    const [given, dO] = [{ Q: filled(D), K: filled(D), V: filled(H) }, filled(H)] as const;
    return body((form, part) => {
      if (form === 'naive') {
        const run = attention(arena, dims, given, {}, part === 'both' ? 'training' : 'inference');
        if (part === 'forward') return [run.out];
        const { Q, K, V } = attentionBackward(arena, run, dO);
        return [run.out, Q, K, V];
      }
      const run = onlineAttention(arena, dims, given);
      if (part === 'forward') return [run.out];
      const { Q, K, V } = onlineAttentionBackward(arena, run, dO);
      return [run.out, Q, K, V];
    }, arena);
  });
}

/** Attention at these sizes, naive or online. */
export function attentionWork(form: Form, config: SpeedConfig): SpeedWork {
  const { T, B, D, H } = config;
  const says = [`attention ${form} forward`, `attention ${form} forward+backward`] as const;
  const product = (T * T * B * (D + H)) / 2;
  return {
    name: `attention ${form}`,
    config,
    says,
    ...(T > longest ? { kernels: 'simd' } : {}),
    open: (body) =>
      withPasses(config, (pass, arena) =>
        body({
          parts: (['forward', 'both'] as const).map((part, k) => ({
            says: says[k]!,
            call: () => arena.scope(() => void pass(form, part)),
            multiplyAdds: products[form][part] * product,
          })),
          everything: () => arena.scope(() => joined(pass(form, 'both'))),
        }),
      ),
    ...(form === 'online' ? { compare: () => compareForms(config) } : {}),
  };
}

/** O, dQ, dK and dV of both forms. */
const compareForms = (config: SpeedConfig): SpeedAgreement =>
  withPasses(config, (pass, arena) => {
    const naive = arena.scope(() => pass('naive', 'both').map((array) => array.slice()));
    const worst = arena.scope(() =>
      Math.max(...pass('online', 'both').map((array, k) => distance(array, naive[k]!))),
    );
    return { name: 'attention online against naive', agrees: worst <= tolerance, worst, tolerance };
  });

/** The largest difference as a share of the largest number; NaN if either has one. */
function distance(got: Float64Array, want: Float64Array): number {
  let [difference, largest] = [0, 0];
  for (let j = 0; j < want.length; j++) {
    difference = Math.max(difference, Math.abs(got[j]! - want[j]!));
    largest = Math.max(largest, Math.abs(want[j]!));
  }
  return difference / largest;
}
