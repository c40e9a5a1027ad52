/** What test/peers/measure.js measured, as docs/benchmarks.json keeps it, and how to find a number in it. */
import { readFileSync } from 'node:fs';
import type {
  SpeedCase,
  SpeedConfig,
  SpeedReport,
  ThreadsReport,
} from '../../../src/bench/index.js';

/** A peer's work, named as ours is. */
interface PeerWork {
  readonly peer: string;
  readonly name: string;
  readonly config: SpeedConfig;
}

/** A peer's call, timed in turns with ours on the simd kernels. */
export interface PeerCase extends PeerWork {
  readonly medianMs: number;
  readonly p10Ms: number;
  readonly oursP10Ms: number;
  /** Ours in those turns. */
  readonly oursMedianMs: number;
  /** The peer's time over ours, both at their tenth percentile: above 1 we are faster. */
  readonly ratio: number;
}

export interface Measurement {
  readonly version: 1;
  readonly machine: {
    readonly date: string;
    readonly bptt: string;
    readonly node: string;
    readonly cpu: string;
    readonly processors: number;
    /** The mean of the last minute. */
    readonly load: { readonly before: number; readonly after: number };
    /** What stood before the script's name. */
    readonly started: string;
    readonly budgetMs: number;
  };
  readonly speed: SpeedReport;
  readonly threads: ThreadsReport;
  readonly peers: {
    /** PyTorch, its BLAS, the processor's vectors that it uses, and how far it may be from us; null: not there. */
    readonly torch: {
      readonly version: string;
      readonly blas: string;
      readonly capability: string;
      readonly tolerance: number;
    } | null;
    readonly versions: { readonly tfjs: string; readonly onnxruntime: string };
    /** Of those in float32. */
    readonly tolerance: number;
    readonly agreement: readonly (PeerWork & {
      readonly agrees: boolean;
      readonly worst: number;
    })[];
    readonly cases: readonly PeerCase[];
  };
  /** PyTorch's forward and backward pass over a batch on several threads, by itself; null: not there. */
  readonly torchThreads: {
    readonly threads: number;
    readonly cases: readonly {
      readonly name: string;
      readonly config: SpeedConfig;
      readonly worst: number;
      readonly medianMs: number;
      readonly p10Ms: number;
    }[];
  } | null;
  /** Online attention, forward, once. */
  readonly long: {
    readonly T: number;
    readonly d: number;
    readonly ms: number;
    readonly extraBytes: number;
    readonly worst: number;
  };
}

export const stored = (): Measurement =>
  JSON.parse(
    readFileSync(new URL('../../../docs/benchmarks.json', import.meta.url), 'utf8'),
  ) as Measurement;

/** `100,1,64,64` for (T,B,D,H). */
export const sizes = ({ T, B, D, H }: SpeedConfig): string => [T, B, D, H].join();

/** Median milliseconds of one of our cases; undefined where it was not timed. */
export const ourMs = (
  { speed }: Measurement,
  name: string,
  config: string,
  kernels: SpeedCase['kernels'] = 'simd',
): number | undefined =>
  speed.cases.find(
    (one) => one.name === name && sizes(one.config) === config && one.kernels === kernels,
  )?.medianMs;

/** A peer's case; undefined where it was not timed. */
export const peerCase = (
  { peers }: Measurement,
  peer: string,
  name: string,
  config: string,
): PeerCase | undefined =>
  peers.cases.find((one) => one.peer === peer && one.name === name && sizes(one.config) === config);

/** PyTorch's median on several threads; its GRU, which resets after the product, stands beside our GRU. */
export const torchThreadsMs = (
  { torchThreads }: Measurement,
  name: string,
  config: string,
): number | undefined =>
  torchThreads?.cases.find(
    (one) => one.name.replace('gru-reset-after', 'gru') === name && sizes(one.config) === config,
  )?.medianMs;

/** The share of the ceiling that a pass reaches; undefined where none was measured. */
export const shareOf = ({ speed }: Measurement, name: string, config: string): number | undefined =>
  speed.efficiency.find(({ kernel }) => kernel === `${name}, (T,B,D,H) = (${config})`)?.share;

/** Multiply-adds of a pass's products; undefined where they do not say how fast it could be. */
function countOf(name: string, { T, B, D, H }: SpeedConfig): number | undefined {
  const perWeight: Partial<Record<string, number>> = {
    ...{ 'lstm forward+backward': 12, 'gru forward+backward': 9, 'rnn forward+backward': 3 },
  };
  const perScore: Partial<Record<string, number>> = {
    ...{ 'attention online forward': 2, 'attention online forward+backward': 7 },
  };
  const [cell, attention] = [perWeight[name], perScore[name]];
  if (cell !== undefined) return cell * T * B * H * (D + H);
  return attention === undefined ? undefined : (attention * T * T * B * (D + H)) / 2;
}

/**
 * Our time as the multiply-adds that the ceiling does in it: from the share, which was measured in turns with the
 * ceiling, and where there is none from the milliseconds.
 */
export function ourCount(measured: Measurement, name: string, config: string): number {
  const one = measured.speed.cases.find(
    (each) => each.name === name && sizes(each.config) === config && each.kernels === 'simd',
  );
  if (!one) return NaN;
  const [count, share] = [countOf(name, one.config), shareOf(measured, name, config)];
  return count !== undefined && share !== undefined
    ? count / share
    : atCeiling(measured, one.p10Ms);
}

/** How many multiply-adds the ceiling does in so many milliseconds. */
export const atCeiling = ({ speed }: Measurement, ms: number): number =>
  ((speed.ceiling ?? NaN) * ms) / 1000;
