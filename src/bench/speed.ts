/**
 * `bptt bench speed`: agreement first, then time. Both kernel sets on cells and attention, their rates as
 * shares of the machine's own ceiling. It reads no clock: one is handed in.
 */
import { kernelsInUse, loops, openSimd, useKernels } from '../engine/index.js';
import { attentionWork } from './attention-work.js';
import { cellWork, stepWork, timedCells } from './cell-work.js';
import { checkedConfig, gradientWork } from './gradient-work.js';
import { kernelWork } from './kernel-work.js';
import { time } from './timing.js';
import type { Kernels } from '../engine/index.js';
import type { SpeedAgreement, SpeedCase, SpeedConfig, SpeedReport } from './speed-report.js';
import type { SpeedWork } from './speed-work.js';
import type { Clock } from './timing.js';

export interface SpeedRequest {
  readonly clock: Clock;
  /** Milliseconds for each thing that is timed (at least three rounds of it are run). */
  readonly budgetMs?: number;
  /** Sizes of the cells. */
  readonly configs?: readonly SpeedConfig[];
  /** Sizes of attention. */
  readonly attention?: readonly SpeedConfig[];
  /** Sizes of the LSTM whose gradients are checked. */
  readonly checked?: SpeedConfig;
  /** Times only what has this in its name. */
  readonly only?: string;
  /** Called before each thing that is compared or timed. */
  readonly onProgress?: (what: string) => void;
}

/** The sizes that kernels.md compares with its peers. */
export const speedConfigs: readonly SpeedConfig[] = [
  { T: 100, B: 1, D: 32, H: 32 },
  { T: 100, B: 1, D: 64, H: 64 },
  { T: 100, B: 1, D: 128, H: 128 },
  { T: 100, B: 32, D: 64, H: 64 },
  { T: 100, B: 32, D: 128, H: 128 },
];

/** One head of 64 columns; at T = 4096 the naive form keeps 134 MB of weights. */
export const attentionConfigs: readonly SpeedConfig[] = [256, 1024, 4096].map((T) => ({
  ...{ T, B: 1, D: 64, H: 64 },
}));

/** Everything that is timed beside single kernels. */
function worksOf({
  configs = speedConfigs,
  attention = attentionConfigs,
  checked = checkedConfig,
}: Partial<SpeedRequest>): SpeedWork[] {
  return [
    ...timedCells.flatMap((kind) => configs.map((config) => cellWork(kind, config))),
    ...[...new Set(configs.map(({ H }) => H))].map(stepWork),
    ...attention.flatMap((config) => [
      attentionWork('naive', config),
      attentionWork('online', config),
    ]),
    gradientWork(checked),
  ];
}

/** The names of all cases, each once. */
export const speedNames: readonly string[] = [
  ...new Set(worksOf({}).flatMap(({ says }) => [...says])),
];

/** 16 × this many multiply-adds are one reading of the ceiling: about 0.03 ms. */
const rounds = 32_000;

const sizes = ({ T, B, D, H }: SpeedConfig): string => `(T,B,D,H) = (${[T, B, D, H].join(',')})`;
const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, j) => Object.is(value, b[j]));

export function measureSpeed(request: SpeedRequest): SpeedReport {
  const { clock, budgetMs = 100, only = '', onProgress = () => undefined } = request;
  const inUse = kernelsInUse();
  const opened = openSimd();
  const simd = typeof opened === 'string' ? undefined : opened;
  const yardstick = simd ? () => simd.ceiling(rounds) : () => undefined;
  const agreement: SpeedAgreement[] = [];
  const cases: SpeedCase[] = [];
  const efficiency: { kernel: string; share: number }[] = [];
  const wanted = (name: string): boolean => name.includes(only);

  /** Whether all sets give the same bits, and the work agrees with what it is compared with. */
  const agrees = (work: SpeedWork, sets: readonly Kernels[]): boolean => {
    const { name, config, open, compare } = work;
    const found: SpeedAgreement[] = [];
    if (sets.length > 1) {
      onProgress(`bits of ${name}, ${sizes(config)}`);
      const bits = sets.map((set) => {
        useKernels(set);
        return open(({ everything }) => everything());
      });
      const same = bits.every((other) => sameBits(bits[0]!, other));
      found.push({ name, agrees: same, worst: null, tolerance: null });
    }
    if (compare) {
      onProgress(`agreement of ${name}, ${sizes(config)}`);
      useKernels(sets.at(-1)!);
      found.push(compare());
    }
    agreement.push(...found.map((one) => ({ ...one, name: `${one.name}, ${sizes(config)}` })));
    return found.every((one) => one.agrees);
  };

  /** The wanted parts of a work with every set that suits it, if they agree. */
  const timeWork = (work: SpeedWork): void => {
    const { config } = work;
    const all: readonly Kernels[] = simd ? [loops, simd] : [loops];
    const sets = work.kernels === undefined ? all : all.slice(-1);
    if (work.kernels === 'simd' && !simd) return;
    if (!agrees(work, sets)) return;
    for (const set of sets) {
      useKernels(set);
      work.open(({ parts }) => {
        for (const { says, call, multiplyAdds } of parts.filter((part) => wanted(part.says))) {
          onProgress(`${says}, ${sizes(config)}, ${set.name}`);
          const { medianMs, p10Ms, ratio } = time(call, clock, budgetMs, yardstick);
          cases.push({ name: says, config, kernels: set.name, medianMs, p10Ms });
          if (set === simd && multiplyAdds !== undefined)
            efficiency.push({
              kernel: `${says}, ${sizes(config)}`,
              share: (ratio * multiplyAdds) / (16 * rounds),
            });
        }
      });
    }
  };

  try {
    onProgress('the ceiling');
    // At least so long that the runtime has compiled it for speed.
    const reading = simd ? time(yardstick, clock, Math.max(100, budgetMs)) : null;
    const ceiling = reading && (16 * rounds * 1000) / reading.p10Ms;
    const { configs = speedConfigs } = request;
    for (const H of simd ? new Set(configs.map((config) => config.H)) : []) {
      const { works, done } = kernelWork(simd!, H, 100);
      for (const { kernel, multiplyAdds: count, call } of works.filter((one) =>
        wanted(one.kernel),
      )) {
        onProgress(kernel);
        const { ratio } = time(call, clock, budgetMs, yardstick);
        efficiency.push({ kernel, share: (ratio * count) / (16 * rounds) });
      }
      done();
    }
    for (const work of worksOf(request)) if (work.says.some(wanted)) timeWork(work);
    return { version: 1, kernels: inUse, ceiling, agreement, cases, efficiency };
  } finally {
    useKernels(inUse.name === 'simd' && simd ? simd : loops, inUse.why);
  }
}
