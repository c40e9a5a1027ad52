/** The gradient highway in numbers: three answers to «what is dc_T/dc_1?», from one small LSTM. */
import { Arena, cellJacobians, createParameters, fillUniform } from '../../engine/index.js';
import { forgetBias, lstm, rng } from '../../engine/index.js';
import { beside, four } from './show.js';

const D = 3;
const H = 4;

/** The largest entry of each Jacobian dc_T/dc_1 after T steps, weights and inputs uniform in ±1/2 and ±1. */
export function highway(bias: number, T: number): { direct: number; held: number; total: number } {
  const arena = new Arena();
  const random = rng(7);
  const dims = { T, B: 1, D, H };
  const parameters = createParameters(arena, lstm, dims);
  fillUniform(parameters.slab, random, -0.5, 0.5);
  forgetBias(parameters.bf, bias);
  const x = new Float64Array(T * D);
  fillUniform(x, random, -1, 1);
  const { direct, hiddenFixed, total } = cellJacobians(
    arena,
    lstm,
    lstm.forward(arena, dims, parameters, { x }),
  );
  const largest = (J: Float64Array): number => Math.max(...J.map(Math.abs));
  return { direct: largest(direct), held: largest(hiddenFixed), total: largest(total) };
}

/** Twenty steps, three forget biases, three derivatives. */
export function threeDerivatives(): string[] {
  const T = 20;
  return [0, 1, 3].flatMap((bias, k) => {
    const { direct, held, total } = highway(bias, T);
    const rows = [
      ['∏ diag(f_t), every gate held fixed', four(direct)],
      ['dc_20/dc_1 with h_1 held fixed', four(held)],
      ['dc_20/dc_1, everything follows', four(total)],
    ] as const;
    return [
      ...(k > 0 ? [''] : []),
      `forget bias ${bias}`,
      ...beside(rows, '   ').map((line) => `  ${line}`),
    ];
  });
}
