/** What `bptt bench memory` found: plain data. Every byte count is exact; nothing in it is a time. */

/** What is measured, in the order in which reports show it. */
export const memoryModes = [
  'lstm-streaming',
  'lstm-bptt',
  'lstm-truncated',
  'lstm-checkpointed',
  'attention-naive-inference',
  'attention-naive-training',
  'attention-online',
  'attention-kv-cache',
] as const;
export type MemoryMode = (typeof memoryModes)[number];

/** Sizes of one measurement: one layer, one sequence, input size = model size = hidden size. */
export interface MemorySizes {
  /** Steps read. */
  readonly T: number;
  /** H of the LSTM; the model size d of attention. */
  readonly hidden: number;
  /** Heads of attention, each with hidden / heads columns. */
  readonly heads: number;
  /** Steps in a stretch of truncated BPTT. */
  readonly k: number;
}

/** The arena's classes, and what the caller hands in: x, or Q, K and V, and the gradients of the outputs. */
export const byteClasses = [
  'inputs',
  'parameters',
  'state',
  'tape',
  'workspace',
  'gradients',
] as const;
export type ByteClass = (typeof byteClasses)[number];

/** Bytes by class. */
export type BytesByClass = Readonly<Record<ByteClass, number>>;

/** One mode at one T. */
export interface MemoryPoint {
  readonly T: number;
  /** The peak of each class, counted by the arena. */
  readonly measured: BytesByClass;
  /** The same by closed formula. */
  readonly predicted: BytesByClass;
  /** The most bytes that were live at once, over all classes. */
  readonly measuredBytes: number;
  readonly predictedBytes: number;
  /** The bytes of the mode's own class: what is kept, see MemoryCurve.kept. */
  readonly keptBytes: number;
  /** Live at the end of the run: by the arena, and by the runtime (arrayBuffers and the kernels' memory). */
  readonly heldBytes: number;
  readonly runtimeBytes: number;
  /** How far the peak of the process's resident memory rose above where it stood before. */
  readonly peakRssBytes: number;
}

/** The slope of log2(kept bytes) over log2(T), and its 95 % interval from the scatter about the line. */
export interface Exponent {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** One mode over all T. */
export interface MemoryCurve {
  readonly mode: MemoryMode;
  /** In words: `LSTM, BPTT`. */
  readonly name: string;
  readonly kept: {
    /** The class in which the mode keeps what lets it go on. */
    readonly class: ByteClass;
    /** How many numbers of 8 bytes, in letters: `7·T·H`. */
    readonly formula: string;
    readonly says: string;
  };
  /** The exponent that theory gives. */
  readonly theory: number;
  /** Null for fewer than three sizes. Sizes at which the formula is not yet in its regime (T < k) are left out. */
  readonly exponent: Exponent | null;
  readonly points: readonly MemoryPoint[];
}

/** From which T on one mode needs more bytes than another, by the formulas. */
export interface Crossover {
  readonly mode: MemoryMode;
  readonly over: MemoryMode;
  /** What is compared: what they keep, or all that is live at the peak. */
  readonly of: 'kept' | 'total';
  /** Null: not up to `upTo`. */
  readonly from: number | null;
  readonly upTo: number;
}

export interface MemoryReport {
  readonly version: 1;
  readonly sizes: {
    readonly steps: readonly number[];
    readonly hidden: number;
    readonly heads: number;
    readonly k: number;
  };
  /** One sentence for each thing that one has to know to compare these numbers with others. */
  readonly counted: readonly string[];
  readonly curves: readonly MemoryCurve[];
  readonly crossovers: readonly Crossover[];
  /** Whether every class of every point was measured as predicted, to the byte. */
  readonly agrees: boolean;
}
