/** One mode at one size, run on arenas that count. What the caller hands in has an arena of its own. */
import {
  Arena,
  attention,
  attentionBackward,
  checkpointed,
  checkpointedBackward,
  createKvCache,
  createParameters,
  fillUniform,
  kvCacheStep,
  lstm,
  onlineAttention,
  onlineAttentionBackward,
  openLstmStream,
  rng,
  truncated,
} from '../../engine/index.js';
import type { AttentionDims, Dims } from '../../engine/index.js';
import type { BytesByClass, MemoryMode, MemorySizes } from './report.js';

interface Place {
  readonly sizes: MemorySizes;
  readonly dims: Dims;
  /** Counts what the mode itself makes. */
  readonly arena: Arena;
  /** An input of `length` random numbers, counted apart. */
  readonly input: (length: number) => Float64Array;
}

const parametersOf = ({ arena, dims }: Place) =>
  createParameters(arena, lstm, dims, { random: rng(1) });
const attentionDims = ({ sizes: { T, hidden, heads } }: Place): AttentionDims => ({
  ...{ Tq: T, Tk: T, B: 1, heads },
  ...{ dk: hidden / heads, dv: hidden / heads },
});
const queriesKeysValues = ({ sizes: { T, hidden }, input }: Place) => ({
  Q: input(T * hidden),
  K: input(T * hidden),
  V: input(T * hidden),
});

/** Each runs over T steps and returns what has to be closed by hand. */
const runs: Readonly<Record<MemoryMode, (place: Place) => (() => void) | undefined>> = {
  'lstm-streaming': (place) => {
    const { arena, sizes, input } = place;
    const x = input(sizes.hidden);
    const stream = openLstmStream(arena, { D: sizes.hidden, H: sizes.hidden }, parametersOf(place));
    for (let t = 0; t < sizes.T; t++) stream.step(x);
    return () => stream.close();
  },
  'lstm-bptt': (place) => {
    const { arena, dims, input } = place;
    const given = { x: input(dims.T * dims.D) };
    const upstream = { h: input(dims.T * dims.H) };
    const run = lstm.forward(arena, dims, parametersOf(place), given);
    lstm.backward(arena, run, upstream);
    return undefined;
  },
  'lstm-truncated': (place) => {
    const { arena, dims, sizes, input } = place;
    const given = { x: input(dims.T * dims.D) };
    const dh = input(Math.min(sizes.k, dims.T) * dims.H);
    truncated(arena, lstm, dims, parametersOf(place), given, sizes.k, (_, { length }) => ({
      h: dh.subarray(0, length * dims.H),
    }));
    return undefined;
  },
  'lstm-checkpointed': (place) => {
    const { arena, dims, input } = place;
    const given = { x: input(dims.T * dims.D) };
    const upstream = { h: input(dims.T * dims.H) };
    const run = checkpointed(arena, lstm, dims, parametersOf(place), given);
    checkpointedBackward(arena, run, upstream);
    return undefined;
  },
  'attention-naive-inference': (place) => {
    attention(
      place.arena,
      attentionDims(place),
      queriesKeysValues(place),
      { causal: true },
      'inference',
    );
    return undefined;
  },
  'attention-naive-training': (place) => {
    const { arena, sizes, input } = place;
    const given = queriesKeysValues(place);
    const dout = input(sizes.T * sizes.hidden);
    attentionBackward(arena, attention(arena, attentionDims(place), given, { causal: true }), dout);
    return undefined;
  },
  'attention-online': (place) => {
    const { arena, sizes, input } = place;
    const given = queriesKeysValues(place);
    const dout = input(sizes.T * sizes.hidden);
    const run = onlineAttention(arena, attentionDims(place), given, { causal: true });
    onlineAttentionBackward(arena, run, dout);
    return undefined;
  },
  'attention-kv-cache': (place) => {
    const { arena, sizes, input } = place;
    const { T, hidden, heads } = sizes;
    const step = { q: input(hidden), k: input(hidden), v: input(hidden) };
    const cache = createKvCache(arena, {
      ...{ capacity: T, B: 1, heads },
      ...{ dk: hidden / heads, dv: hidden / heads },
    });
    for (let t = 0; t < T; t++) kvCacheStep(cache, step);
    return undefined;
  },
};

/** What the arenas counted. */
export interface Counted {
  readonly measured: BytesByClass;
  readonly measuredBytes: number;
  readonly heldBytes: number;
}

/**
 * Runs a mode and gives what was counted. `atEnd` is called while everything that outlives the run is still held.
 * @throws {EngineError} if a size is not possible, or there is not enough memory.
 */
export function countBytes(
  mode: MemoryMode,
  sizes: MemorySizes,
  atEnd: () => void = () => undefined,
): Counted {
  const [given, arena, random] = [new Arena(), new Arena(), rng(2026)];
  const input = (length: number): Float64Array => {
    const array = given.alloc('state', length);
    fillUniform(array, random, -1, 1);
    return array;
  };
  const { T, hidden } = sizes;
  return given.scope(() =>
    arena.scope(() => {
      const close = runs[mode]({ sizes, dims: { T, B: 1, D: hidden, H: hidden }, arena, input });
      atEnd();
      const heldBytes = given.liveBytes + arena.liveBytes;
      close?.();
      return {
        measured: { inputs: given.peakBytes, ...arena.peak },
        measuredBytes: given.peakBytes + arena.peakBytes,
        heldBytes,
      };
    }),
  );
}
