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
import type { Kernels, SimdKernels } from '../engine/index.js';
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
  /** Called before each thing that is compared or timed: it is the `place`-th `of` so many. */
  readonly onProgress?: (what: string, place: number, of: number) => void;
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

/** One thing that is compared or timed, in one go. */
interface Step {
  readonly says: string;
  readonly run: () => void;
}

/** Takes minutes and is not to be stopped from within: measureSpeedInWorker can be. */
export function measureSpeed(request: SpeedRequest): SpeedReport {
  const { clock, budgetMs = 100, only = '' } = request;
  const { configs = speedConfigs, onProgress = () => undefined } = request;
  const inUse = kernelsInUse();
  const opened = openSimd();
  const simd = typeof opened === 'string' ? undefined : opened;
  const yardstick = simd ? () => simd.ceiling(rounds) : () => undefined;
  let ceiling: number | null = null;
  const agreement: SpeedAgreement[] = [];
  const cases: SpeedCase[] = [];
  const efficiency: { kernel: string; share: number }[] = [];
  const wanted = (name: string): boolean => name.includes(only);

  const ceilingStep: Step = {
    says: 'the ceiling',
    run: () => {
      if (!simd) return;
      // At least so long that the runtime has compiled it for speed.
      const reading = time(yardstick, clock, Math.max(100, budgetMs));
      ceiling = (16 * rounds * 1000) / reading.p10Ms;
    },
  };

  /** The wanted kernels at one hidden size, their arrays in the pool for one step only. */
  const kernelSteps = (simd: SimdKernels, H: number): Step[] => {
    const opened = kernelWork(simd, H, 100);
    opened.done();
    return opened.works.map(({ kernel }, place) => ({
      says: kernel,
      run: () => {
        const { works, done } = kernelWork(simd, H, 100);
        const { multiplyAdds, call } = works[place]!;
        const { ratio } = time(call, clock, budgetMs, yardstick);
        efficiency.push({ kernel, share: (ratio * multiplyAdds) / (16 * rounds) });
        done();
      },
    }));
  };

  /** First whether all sets give the same bits, and the work agrees with what it is compared with; then its wanted parts. */
  const workSteps = (work: SpeedWork): Step[] => {
    const { name, config, says, open, compare } = work;
    const all: readonly Kernels[] = simd ? [loops, simd] : [loops];
    const sets = work.kernels === undefined ? all : all.slice(-1);
    if (work.kernels === 'simd' && !simd) return [];
    const at = sizes(config);
    let agrees = true;
    const found = (one: SpeedAgreement): void => {
      agreement.push({ ...one, name: `${one.name}, ${at}` });
      agrees &&= one.agrees;
    };
    const bits = (): void => {
      const [first, ...others] = sets.map((set) => {
        useKernels(set);
        return open(({ everything }) => everything());
      });
      const same = others.every((other) => sameBits(first!, other));
      found({ name, agrees: same, worst: null, tolerance: null });
    };
    const compareWith = (other: () => SpeedAgreement): void => {
      useKernels(sets.at(-1)!);
      found(other());
    };
    const timePart = (part: string, set: Kernels): void => {
      if (!agrees) return;
      useKernels(set);
      open(({ parts }) => {
        const { call, multiplyAdds } = parts.find((one) => one.says === part)!;
        const { medianMs, p10Ms, ratio } = time(call, clock, budgetMs, yardstick);
        cases.push({ name: part, config, kernels: set.name, medianMs, p10Ms });
        if (set === simd && multiplyAdds !== undefined)
          efficiency.push({
            kernel: `${part}, ${at}`,
            share: (ratio * multiplyAdds) / (16 * rounds),
          });
      });
    };
    return [
      ...(sets.length > 1 ? [{ says: `bits of ${name}, ${at}`, run: bits }] : []),
      ...(compare
        ? [{ says: `agreement of ${name}, ${at}`, run: () => compareWith(compare) }]
        : []),
      ...sets.flatMap((set) =>
        says.filter(wanted).map((part) => ({
          says: `${part}, ${at}, ${set.name}`,
          run: () => timePart(part, set),
        })),
      ),
    ];
  };

  const hidden = simd ? [...new Set(configs.map(({ H }) => H))] : [];
  const steps: Step[] = [
    ceilingStep,
    ...hidden.flatMap((H) => kernelSteps(simd!, H)).filter(({ says }) => wanted(says)),
    ...worksOf(request)
      .filter(({ says }) => says.some(wanted))
      .flatMap(workSteps),
  ];
  try {
    for (const [k, { says, run }] of steps.entries()) {
      onProgress(says, k + 1, steps.length);
      run();
    }
    return { version: 1, kernels: inUse, ceiling, agreement, cases, efficiency };
  } finally {
    useKernels(inUse.name === 'simd' && simd ? simd : loops, inUse.why);
  }
}
