/** Pictures of the lesson on the LSTM. */
import { sigmoid } from '../../engine/index.js';
import { power, range, type Chart } from './chart.js';

/** What the forget bias alone decides at the start of training: f = σ(b_f) at every step. */
export function forgetBias(): Chart {
  return {
    title: 'What is left of c after t steps, where only the forget bias opens the gate',
    x: { label: 'steps t', scale: 'linear', format: String },
    y: { label: 'σ(b_f)^t', scale: 'log', format: power },
    series: [5, 3, 1, 0].map((bias) => ({
      mark: String(bias),
      name: `b_f = ${bias}`,
      points: range(1, 100, 3).map((t) => [t, sigmoid(bias) ** t] as const),
    })),
  };
}
