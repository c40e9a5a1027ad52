/** Pictures of the lesson on the Elman network. */
import { tanh } from '../../engine/index.js';
import { range, type Chart } from './chart.js';

/** One unit that saw a single pulse, x_1 = 1, and nothing after: how long its state remembers, by W_hh. */
export function pulse(): Chart {
  const states = (Whh: number): (readonly [number, number])[] => {
    let h = 0;
    return range(1, 20).map((t) => {
      h = tanh(Whh * h + (t === 1 ? 1 : 0));
      return [t, h] as const;
    });
  };
  return {
    title: 'What one unit keeps of a single pulse at t = 1, by its recurrent weight',
    x: { label: 'step t', scale: 'linear', format: String },
    y: { label: 'h_t', scale: 'linear', format: (value) => value.toFixed(1) },
    series: [
      { mark: 'a', name: 'W_hh = 1.5', points: states(1.5) },
      { mark: 'b', name: 'W_hh = 1', points: states(1) },
      { mark: 'c', name: 'W_hh = 0.5', points: states(0.5) },
      { mark: 'd', name: 'W_hh = -0.9', points: states(-0.9) },
    ],
  };
}
