/** Pictures of the lesson that sets an LSTM beside a Transformer. */
import type { MemoryMode } from '../../bench/index.js';
import { keptBytes } from '../worked/comparison.js';
import { power, range, type Chart } from './chart.js';

/** What each mode keeps, by T: the exponents are the slopes. */
export function memoryByLength(): Chart {
  const line = (mark: string, mode: MemoryMode, name: string) => ({
    ...{ mark, name },
    points: range(6, 13).map((k) => [2 ** k, keptBytes(mode, 2 ** k)] as const),
  });
  return {
    title: 'Bytes kept for T steps by one layer, H = d = 64, one head, float64',
    x: { label: 'steps T', scale: 'log', format: (value) => value.toLocaleString('en-US') },
    y: { label: 'bytes', scale: 'log', format: power },
    series: [
      line('n', 'attention-naive-training', 'attention, naive'),
      line('b', 'lstm-bptt', 'LSTM, BPTT'),
      line('k', 'attention-kv-cache', 'attention, KV cache'),
      line('c', 'lstm-checkpointed', 'LSTM, checkpointed'),
      line('o', 'attention-online', 'attention, online softmax'),
      line('s', 'lstm-streaming', 'LSTM, streaming'),
    ],
    height: 14,
  };
}
