export interface MemoryAccountInput {
  B: number;
  L: number;
  T: number;
  H: number;
  N: number;
  bytes: number;
}

export interface MemoryAccountOutput {
  streamingBytes: number;
  bpttBytes: number;
  naiveAttentionBytes: number;
  kvCacheBytes: number;
}

export function memoryAccount(input: MemoryAccountInput): MemoryAccountOutput {
  const { B, L, T, H, N, bytes } = input;
  const vector = B * L * H * bytes; // one vector of width H, in every layer, for every sequence
  return {
    streamingBytes: 2 * vector, // h and c: no T, O(1)
    bpttBytes: 6 * T * vector, // f, i, c̃, o, c, h of every step: O(T)
    naiveAttentionBytes: B * L * N * T * T * bytes, // every head weighs every pair of positions: O(T²)
    kvCacheBytes: 2 * T * vector, // a key and a value per position, N heads of H / N: O(T)
  };
}
