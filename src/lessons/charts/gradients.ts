/** Pictures of the lesson on vanishing gradients. */
import { Arena, createParameters, fillNormal, forgetBias, rng } from '../../engine/index.js';
import { lstm, orthogonal, rnn } from '../../engine/index.js';
import { power, range, type Chart } from './chart.js';

const dims = { T: 61, B: 1, D: 8, H: 32 };
const { T, D, H } = dims;

/** Normal numbers from a seed. */
const normal = (length: number, seed: number): Float64Array => {
  const numbers = new Float64Array(length);
  fillNormal(numbers, rng(seed));
  return numbers;
};
const x = (): Float64Array => normal(T * D, 3);
/** The loss looks at h_T alone. */
const hT = (): Float64Array => normal(H, 5);

/** The length of what reaches each state (T,H), by steps back from T, as a share of what the last one got. */
function shares(states: Float64Array): (readonly [number, number])[] {
  const norm = (t: number): number => Math.hypot(...states.subarray((t - 1) * H, t * H));
  return range(0, T - 1, 3).map((back) => [back, norm(T - back) / norm(T)]);
}

/** ‖dL/dh_t‖ of an Elman network, W_hh uniform or, where there is a gain, that times orthogonal. */
function ofRnn(gain?: number): (readonly [number, number])[] {
  const arena = new Arena();
  const random = rng(7);
  const parameters = createParameters(arena, rnn, dims, { random });
  if (gain !== undefined) {
    orthogonal(parameters.Whh, H, H, random);
    for (let j = 0; j < H * H; j++) parameters.Whh[j]! *= gain;
  }
  const run = rnn.forward(arena, dims, parameters, { x: x() });
  return shares(rnn.backward(arena, run, { hT: hT() }).states.h!);
}

/** ‖dL/dc_t‖ of an LSTM. */
function ofLstm(bias: number): (readonly [number, number])[] {
  const arena = new Arena();
  const parameters = createParameters(arena, lstm, dims, { random: rng(7) });
  forgetBias(parameters.bf, bias);
  const run = lstm.forward(arena, dims, parameters, { x: x() });
  return shares(lstm.backward(arena, run, { hT: hT() }).states.c!);
}

/** Two cells, each with different starting values: how much of a loss at step T comes back. */
export function gradientByStep(): Chart {
  return {
    title: 'What is left of a gradient after so many steps back, before any training',
    x: { label: 'steps back from T', scale: 'linear', format: String },
    y: {
      label: '‖dL/dh_t‖ (LSTM: ‖dL/dc_t‖) as a share of the one at T',
      scale: 'log',
      format: power,
    },
    series: [
      { mark: 'e', name: 'RNN, orthogonal times 3', points: ofRnn(3) },
      { mark: 'q', name: 'RNN, orthogonal', points: ofRnn(1) },
      { mark: 'u', name: 'RNN, uniform ±1/√H', points: ofRnn() },
      { mark: '3', name: 'LSTM, b_f = 3', points: ofLstm(3) },
      { mark: '1', name: 'LSTM, b_f = 1', points: ofLstm(1) },
    ],
    height: 12,
  };
}
