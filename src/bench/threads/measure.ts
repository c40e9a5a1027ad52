/**
 * `bptt bench speed --threads N`: a batch on one thread and on N, agreement first, then time. It reads no clock:
 * one is handed in.
 */
import { availableParallelism } from 'node:os';
import {
  Arena,
  cells,
  createParameters,
  doShard,
  fillUniform,
  kernelsInUse,
  openPass,
  parameterGradients,
  rng,
  shardCount,
  shardSize,
} from '../../engine/index.js';
import { openThreads, sharedArray } from './pool.js';
import { quantile } from '../timing.js';
import type { Arrays, BatchPass, CellKind } from '../../engine/index.js';
import type { Clock } from '../timing.js';
import type { SpeedConfig } from '../speed-report.js';
import type { ThreadPool } from './pool.js';
import type { ThreadsCase, ThreadsReport } from './report.js';

export interface ThreadsRequest {
  readonly threads: number;
  /** The worker's file: dist/bench-worker.js. */
  readonly script: string | URL;
  readonly clock: Clock;
  /** Milliseconds for each way of doing a pass (at least three rounds are run). */
  readonly budgetMs?: number;
  readonly kinds?: readonly CellKind[];
  readonly configs?: readonly SpeedConfig[];
  /** Awaited before each case and each round of it, never inside one: there Ctrl-C is heard. */
  readonly pause?: () => Promise<void>;
  /** Called before each case: it is the `place`-th `of` so many. */
  readonly onProgress?: (what: string, place: number, of: number) => void;
}

/** Batches of four shards. */
export const threadsConfigs: readonly SpeedConfig[] = [
  { T: 100, B: 32, D: 64, H: 64 },
  { T: 100, B: 32, D: 128, H: 128 },
];

/** A pass with everything that goes in drawn from a seed. */
function drawnPass(kind: CellKind, config: SpeedConfig): BatchPass {
  const pass = openPass(kind, config, {}, sharedArray);
  const random = rng(2026);
  const arena = new Arena();
  pass.parameters.set(createParameters(arena, cells[kind], config, { random }).slab);
  for (const array of [...Object.values(pass.given), ...Object.values(pass.upstream)])
    fillUniform(array, random, -1, 1);
  return pass;
}

/** The same work without shards, on this thread. The result is used before the arena's scope ends. */
function undivided<R>(
  arena: Arena,
  { kind, dims, parameters: slab, given, upstream }: BatchPass,
  use: (result: { outputs: Arrays; gradients: Arrays; states: Arrays }) => R,
): R {
  const cell = cells[kind];
  return arena.scope(() => {
    const parameters = createParameters(arena, cell, dims);
    parameters.slab.set(slab);
    const run = cell.forward(arena, dims, parameters, given as never);
    const { gradients, states } = cell.backward(arena, run, upstream);
    return use({ outputs: { ...run.outputs, ...run.finals }, gradients, states });
  });
}

const sameBits = (a: Float64Array, b: Float64Array): boolean =>
  a.length === b.length && a.every((value, j) => Object.is(value, b[j]));
const sameArrays = (a: Arrays, b: Arrays): boolean =>
  Object.entries(a).every(([name, array]) => sameBits(array, b[name]!));
/** What comes out sequence by sequence: all but the parameters' gradients. */
const sequencesOf = ({ outputs, gradients, states }: BatchPass) => [outputs, gradients, states];
const copies = (arrays: Arrays): Arrays =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.slice()]));
const forget = (pass: BatchPass): void => {
  for (const array of [...sequencesOf(pass).flatMap(Object.values<Float64Array>), pass.ofShards])
    array.fill(NaN);
};

async function measureCase(
  kind: CellKind,
  config: SpeedConfig,
  pool: ThreadPool,
  clock: Clock,
  budgetMs: number,
  pause: () => Promise<void>,
): Promise<ThreadsCase> {
  const arena = new Arena();
  const pass = drawnPass(kind, config);
  const shards = shardCount(config);
  const one = (): void => {
    for (let shard = 0; shard < shards; shard++) doShard(arena, pass, shard);
  };
  const all = (): Promise<void> => pool.run(pass);

  one();
  const alone = sequencesOf(pass).map(copies);
  const aloneParameters = parameterGradients(pass);
  forget(pass); // so that nothing of it can be taken for the threads' work
  await all();
  const gradient = parameterGradients(pass);
  const agrees =
    sequencesOf(pass).every((arrays, j) => sameArrays(arrays, alone[j]!)) &&
    sameBits(gradient, aloneParameters);
  const found = undivided(arena, pass, ({ outputs, gradients, states }) => {
    const parameters = Object.keys(cells[kind].parameters).flatMap((name) => [...gradients[name]!]);
    const largest = parameters.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
    const distance = parameters.reduce((m, v, j) => Math.max(m, Math.abs(v - gradient[j]!)), 0);
    return {
      sameAsUndivided:
        sameArrays(pass.outputs, outputs) &&
        sameArrays(pass.gradients, gradients) &&
        sameArrays(pass.states, states),
      parametersOff: distance / largest,
    };
  });
  const about = { name: `${kind} forward+backward`, config, shards, sameBits: agrees, ...found };
  if (!agrees) return { ...about, medianMs: null };

  const times: Record<'undivided' | 'one' | 'all', number[]> = { undivided: [], one: [], all: [] };
  const end = clock() + 3 * budgetMs;
  do {
    await pause();
    const start = clock();
    undivided(arena, pass, () => undefined);
    const divided = clock();
    one();
    parameterGradients(pass);
    const shared = clock();
    await all();
    parameterGradients(pass);
    const stop = clock();
    times.undivided.push(divided - start);
    times.one.push(shared - divided);
    times.all.push(stop - shared);
  } while (clock() < end || times.all.length < 3);
  const median = (values: readonly number[]): number => quantile(values, 0.5);
  return {
    ...about,
    medianMs: {
      undivided: median(times.undivided),
      one: median(times.one),
      all: median(times.all),
    },
  };
}

/** Measures each cell at each size. Rejects if a worker cannot be started or fails. */
export async function measureThreads(request: ThreadsRequest): Promise<ThreadsReport> {
  const { threads, script, clock, budgetMs = 300, onProgress = () => undefined } = request;
  const { kinds = ['lstm', 'gru', 'rnn'], configs = threadsConfigs } = request;
  const { pause = () => Promise.resolve() } = request;
  const { name, why } = kernelsInUse();
  const pool = openThreads(threads, script);
  const cases: ThreadsCase[] = [];
  try {
    for (const kind of kinds)
      for (const config of configs) {
        const { T, B, D, H } = config;
        const what = `${kind}, (T,B,D,H) = (${[T, B, D, H].join(',')})`;
        onProgress(what, cases.length + 1, kinds.length * configs.length);
        await pause();
        cases.push(await measureCase(kind, config, pool, clock, budgetMs, pause));
      }
    return {
      version: 1,
      threads,
      processors: availableParallelism(),
      kernels: { name, why },
      shardSize,
      cases,
    };
  } finally {
    await pool.close();
  }
}
