/** The sizes at which peers are timed: those of src/bench/speed.ts, whose names and sizes join the two tables. */

/** `bptt bench speed` times rnn, lstm and gru at these. */
export const sequences = [
  { T: 100, B: 1, D: 32, H: 32 },
  { T: 100, B: 1, D: 64, H: 64 },
  { T: 100, B: 1, D: 128, H: 128 },
  { T: 100, B: 32, D: 64, H: 64 },
  { T: 100, B: 32, D: 128, H: 128 },
];

/** One streaming step. */
export const step = { T: 1, B: 1, D: 64, H: 64 };

/** One head: T queries, T keys, D columns of query and key, H of values. */
export const heads = [256, 1024, 4096].map((T) => ({ T, B: 1, D: 64, H: 64 }));
