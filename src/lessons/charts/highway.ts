/** Pictures of the lesson on the gradient highway. */
import { highway } from '../worked/highway.js';
import { power, range, type Chart } from './chart.js';

/** What reaches c_1 from c_T, by T, for three forget biases: the exact total derivative. */
export function highwayByLength(): Chart {
  return {
    title: 'The largest entry of dc_T/dc_1 for one LSTM, by its forget bias',
    x: { label: 'steps T', scale: 'linear', format: String },
    y: { label: 'dc_T/dc_1', scale: 'log', format: power },
    series: [3, 1, 0].map((bias) => ({
      mark: String(bias),
      name: `b_f = ${bias}`,
      points: range(2, 98, 4).map((T) => [T, highway(bias, T).total] as const),
    })),
  };
}
