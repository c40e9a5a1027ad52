/**
 * `bptt bench speed`: agreement first, then time. Both kernel sets on the cells, kernel rates as shares of
 * the machine's own ceiling. It reads no clock: one is handed in.
 */
import { kernelsInUse, loops, openSimd, useKernels } from '../engine/index.js';
import { multiplyAdds, timedCells, withCell, withStep } from './cell-work.js';
import { kernelWork } from './kernel-work.js';
import { time } from './timing.js';
import type { Kernels } from '../engine/index.js';
import type { SpeedCase, SpeedConfig, SpeedReport } from './speed-report.js';
import type { Clock } from './timing.js';

export interface SpeedRequest {
  readonly clock: Clock;
  /** Milliseconds for each thing that is timed (at least three rounds of it are run). */
  readonly budgetMs?: number;
  readonly configs?: readonly SpeedConfig[];
  /** Called before each thing that is timed. */
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

/** 16 × this many multiply-adds are one reading of the ceiling: about 0.03 ms. */
const rounds = 32_000;

const sizes = ({ T, B, D, H }: SpeedConfig): string => `(T,B,D,H) = (${[T, B, D, H].join(',')})`;
const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, j) => Object.is(value, b[j]));

export function measureSpeed(request: SpeedRequest): SpeedReport {
  const { clock, budgetMs = 100, configs = speedConfigs, onProgress = () => undefined } = request;
  const inUse = kernelsInUse();
  const opened = openSimd();
  const simd = typeof opened === 'string' ? undefined : opened;
  const sets: readonly Kernels[] = simd ? [loops, simd] : [loops];
  const yardstick = simd ? () => simd.ceiling(rounds) : () => undefined;
  const agreement: { name: string; sameBits: boolean }[] = [];
  const cases: SpeedCase[] = [];
  const efficiency: { kernel: string; share: number }[] = [];

  /** Times one thing with every set, if all give the same bits. */
  const compare = (
    name: string,
    config: SpeedConfig,
    run: <R>(
      body: (work: { everything: () => Float64Array } & Record<string, () => unknown>) => R,
    ) => R,
    parts: readonly { readonly part: string; readonly says: string; readonly count?: number }[],
  ): void => {
    const bits = sets.map((set) => {
      useKernels(set);
      return run(({ everything }) => everything());
    });
    const agrees = bits.every((other) => sameBits(bits[0]!, other));
    agreement.push({ name: `${name}, ${sizes(config)}`, sameBits: agrees });
    if (!agrees) return;
    for (const set of sets) {
      useKernels(set);
      run((work) => {
        for (const { part, says, count } of parts) {
          onProgress(`${says}, ${sizes(config)}, ${set.name}`);
          const { medianMs, p10Ms, ratio } = time(
            () => void work[part]!(),
            clock,
            budgetMs,
            yardstick,
          );
          cases.push({ name: says, config, kernels: set.name, medianMs, p10Ms });
          if (set === simd && count !== undefined)
            efficiency.push({
              kernel: `${says}, ${sizes(config)}`,
              share: (ratio * count) / (16 * rounds),
            });
        }
      });
    }
  };

  try {
    onProgress('the ceiling');
    const ceiling = simd ? (16 * rounds * 1000) / time(yardstick, clock, budgetMs).p10Ms : null;
    for (const H of simd ? [...new Set(configs.map((config) => config.H))] : []) {
      const { works, done } = kernelWork(simd!, H, 100);
      for (const { kernel, multiplyAdds: count, call } of works) {
        onProgress(kernel);
        const { ratio } = time(call, clock, budgetMs, yardstick);
        efficiency.push({ kernel, share: (ratio * count) / (16 * rounds) });
      }
      done();
    }
    for (const kind of timedCells)
      for (const config of configs)
        compare(kind, config, (body) => withCell(kind, config, (work) => body({ ...work })), [
          { part: 'forward', says: `${kind} forward` },
          {
            part: 'forwardAndBackward',
            says: `${kind} forward+backward`,
            count: multiplyAdds(kind, config),
          },
        ]);
    for (const H of new Set(configs.map((config) => config.H))) {
      const config = { T: 1, B: 1, D: H, H };
      compare(
        'lstm streaming step',
        config,
        (body) => withStep(config, (work) => body({ ...work })),
        [{ part: 'step', says: 'lstm streaming step' }],
      );
    }
    return { version: 1, kernels: inUse, ceiling, agreement, cases, efficiency };
  } finally {
    useKernels(inUse.name === 'simd' && simd ? simd : loops, inUse.why);
  }
}
