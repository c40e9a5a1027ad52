/**
 * The steps of the memory walk, as plain data: a mode each, which is predicted first and measured then. One
 * size for all of them, small enough to be measured while one waits.
 */
import type { MemoryMode, MemorySizes } from '../../bench/index.js';

export const asked = ['bytes', 'exponent', 'crossover'] as const;
/** How many bytes are kept, with which power of T that grows, and from which T on it is more than something else. */
export type Asked = (typeof asked)[number];

export interface MemoryStep {
  readonly kind: 'prediction';
  /** The mode's name. */
  readonly id: MemoryMode;
  readonly title: string;
  readonly says: string;
  /** Which mode keeps more than which from some T on; null where there is nothing to ask. */
  readonly crosses: { readonly mode: MemoryMode; readonly over: MemoryMode } | null;
}

/** What a step asks, in order. */
export const askedIn = ({ crosses }: MemoryStep): readonly Asked[] =>
  crosses ? asked : asked.slice(0, 2);

/** Sizes without T. */
export const memorySizes: Omit<MemorySizes, 'T'> = { hidden: 64, heads: 1, k: 32 };
/** At the last of these the bytes are asked; the exponent is fitted to all. */
export const memorySteps = [256, 512, 1024] as const;
export const memoryT = memorySteps[memorySteps.length - 1]!;

const predict = (id: MemoryMode, spec: Omit<MemoryStep, 'kind' | 'id'>): MemoryStep => ({
  kind: 'prediction',
  id,
  ...spec,
});

export const memorySequence: readonly MemoryStep[] = [
  predict('lstm-streaming', {
    title: 'An LSTM that reads a stream',
    says: 'Inference, one step after the other. What has to go on from one step to the next?',
    crosses: null,
  }),
  predict('lstm-bptt', {
    title: 'An LSTM in training',
    says: 'The forward pass over all steps. This engine keeps tanh(c) too, rather than compute it again. What does it keep in all for the backward pass?',
    crosses: null,
  }),
  predict('lstm-truncated', {
    title: 'Truncated BPTT',
    says: 'The same in stretches of k steps. What is kept at most?',
    crosses: { mode: 'lstm-bptt', over: 'lstm-truncated' },
  }),
  predict('lstm-checkpointed', {
    title: 'BPTT with checkpoints',
    says: 'h and c are kept where stretches of s = ⌈√T⌉ steps meet; one stretch at a time is computed again. What is kept at most?',
    crosses: { mode: 'lstm-bptt', over: 'lstm-checkpointed' },
  }),
  predict('attention-naive-inference', {
    title: 'Attention, all at once',
    says: 'Causal attention with one head, inference, the weights as a matrix that overwrites the scores. How large is its scratch?',
    crosses: { mode: 'attention-naive-inference', over: 'lstm-streaming' },
  }),
  predict('attention-naive-training', {
    title: 'Attention in training',
    says: 'The same with a backward pass. What has to be kept for it, beside Q, K and V?',
    crosses: { mode: 'attention-naive-training', over: 'lstm-bptt' },
  }),
  predict('attention-online', {
    title: 'Online softmax',
    says: 'Attention by tiles, in training: the tiles are computed again on the way back. What has to be kept, beside Q, K, V and the output?',
    crosses: { mode: 'attention-online', over: 'lstm-streaming' },
  }),
  predict('attention-kv-cache', {
    title: 'Decoding with a cache',
    says: 'Attention, one token after the other. What has to go on from one step to the next? The newest output counts too.',
    crosses: { mode: 'attention-naive-inference', over: 'attention-kv-cache' },
  }),
];
