import { NotImplemented } from 'bptt/kata';

/**
 * Where the memory goes, in bytes. A stack of layers over B sequences of T positions each.
 *
 * B  sequences    L  layers    T  positions    H  width: hidden size of the LSTM, model size of attention
 * N  attention heads, which share the width: each has H / N
 * bytes  bytes per number: 2, 4 or 8
 *
 * streamingBytes       an LSTM that reads on and never trains: the states h and c
 * bpttBytes            an LSTM in training: f, i, c̃, o, c and h of every step (tanh(c) is computed again)
 * naiveAttentionBytes  attention in training: the T × T matrix of weights of every head
 * kvCacheBytes         attention that generates, after T positions: their keys and values
 *
 * All for all layers and all sequences; parameters and inputs are not counted.
 */
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
  // TODO: for each of the four, which arrays must be there at once, and how large is each?
  throw new NotImplemented('memoryAccount');
}
