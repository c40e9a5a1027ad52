/**
 * Bytes by closed formula: what each mode has to hold, counted from its equations and not from its code.
 * One layer, one sequence, float64, input size = hidden size = model size = H. Where a run has several
 * moments that could be its peak, each is an entry; the peak of a class is the largest of them.
 */
import { bytesOfAttention, bytesOfKvCache, bytesOfOnlineAttention } from '../../engine/index.js';
import { byteClasses } from './report.js';
import type { BytesByClass, MemoryMode, MemorySizes } from './report.js';

type Moment = Partial<BytesByClass>;

/** Wf, Wi, Wc, Wo (H, 2H) and four biases. */
const lstmParameters = (H: number): number => 4 * H * (2 * H) + 4 * H;

/** A matrix with n columns and k rows in panels of 16 columns, as the products over time read it. */
const panels = (n: number, k: number): number => 16 * Math.ceil(n / 16) * k;

/** What a backward pass of L steps uses: Wᵀ in panels for h and x, da of at most 2^15 numbers, and h before each of their steps, once copied. */
const backwardScratch = (L: number, H: number): number => {
  const together = Math.max(1, Math.floor(2 ** 15 / (4 * H)));
  const first = L % together || together; // the steps of the piece that begins the stretch
  return 2 * panels(H, 4 * H) + 4 * H * Math.min(L, together) + H * first;
};

/** The peak of the backward pass of a stretch of L steps, beside what the whole sequence needs. */
const backwardOf = (L: number, T: number, H: number) => ({
  parameters: lstmParameters(H),
  tape: 7 * L * H, // f, i, c̃, o, c, tanh c and h of every step
  workspace: backwardScratch(L, H),
  gradients: lstmParameters(H) + 2 * H + T * H + 2 * L * H, // of the parameters, h0 and c0, x; dh and dc
});

/** Numbers (not bytes) by class at each moment that could be the peak. */
const numbers: Readonly<Record<MemoryMode, (sizes: MemorySizes) => Moment[]>> = {
  'lstm-streaming': ({ hidden: H }) => [
    {
      inputs: H,
      parameters: lstmParameters(H) + 2 * panels(4 * H, H) + 4 * H, // W, and again in panels, once for all steps
      state: 2 * H, // h and c
      workspace: 6 * H, // x, four gates, tanh c
    },
  ],
  'lstm-bptt': ({ T, hidden: H }) => {
    const { workspace, ...rest } = backwardOf(T, T, H);
    return [{ inputs: 2 * T * H, state: 2 * H, ...rest, workspace: workspace + H }]; // and a row of zeros to begin with
  },
  'lstm-truncated': ({ T, hidden: H, k }) => {
    const first = Math.min(k, T);
    const inputs = T * H + first * H; // x, and dh of one stretch
    return [
      { inputs, state: 4 * H, ...backwardOf(first, T, H) }, // h0 and c0, and those that go on
      ...(T > k ? [{ inputs, state: 6 * H, ...backwardOf(Math.min(k, T - k), T, H) }] : []), // and what is cut
    ];
  },
  'lstm-checkpointed': ({ T, hidden: H }) => {
    const every = Math.ceil(Math.sqrt(T));
    const stretches = Math.ceil(T / every);
    const of = (L: number, own: number): Moment => {
      const { tape, workspace, ...rest } = backwardOf(L, T, H);
      return {
        inputs: 2 * T * H,
        state: 2 * H,
        ...rest,
        tape: 2 * H * stretches + tape, // h and c where stretches meet; one stretch in full
        workspace: 4 * H + own + workspace, // what arrives at a stretch and leaves it; its own dh
      };
    };
    return [of(T - (stretches - 1) * every, 0), ...(stretches > 1 ? [of(every, every * H)] : [])];
  },
  'attention-naive-inference': (sizes) => [
    { inputs: 3 * sizes.T * sizes.hidden, ...attention(sizes, bytesOfAttention, 'inference') },
  ],
  'attention-naive-training': (sizes) => [
    { inputs: 4 * sizes.T * sizes.hidden, ...attention(sizes, bytesOfAttention, 'training') },
  ],
  'attention-online': (sizes) => [
    { inputs: 4 * sizes.T * sizes.hidden, ...attention(sizes, bytesOfOnlineAttention, 'training') },
  ],
  'attention-kv-cache': ({ T, hidden, heads }) => [
    {
      inputs: 3 * hidden,
      ...inNumbers(
        bytesOfKvCache({ capacity: T, B: 1, heads, dk: hidden / heads, dv: hidden / heads }),
      ),
    },
  ],
};

const attention = (
  { T, hidden, heads }: MemorySizes,
  bytesOf: typeof bytesOfAttention,
  mode: 'inference' | 'training',
): Moment =>
  inNumbers(bytesOf({ Tq: T, Tk: T, B: 1, heads, dk: hidden / heads, dv: hidden / heads }, mode));

const inNumbers = (bytes: Moment): Moment =>
  Object.fromEntries(Object.entries(bytes).map(([name, count]) => [name, count / 8]));

const sum = (moment: Moment): number =>
  byteClasses.reduce((all, name) => all + (moment[name] ?? 0), 0);

/** The peak of each class and of all together, in bytes. `heads` divides `hidden`. */
export function predictedBytes(
  mode: MemoryMode,
  sizes: MemorySizes,
): { readonly byClass: BytesByClass; readonly total: number } {
  const moments = numbers[mode](sizes);
  const most = (of: (moment: Moment) => number): number => 8 * Math.max(...moments.map(of));
  const byClass = byteClasses.map((name) => [name, most((moment) => moment[name] ?? 0)] as const);
  return { byClass: Object.fromEntries(byClass) as BytesByClass, total: most(sum) };
}
