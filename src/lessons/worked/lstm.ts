/** The LSTM worked by hand: equation by equation, and held against the engine. */
import { Arena, createParameters, lstm } from '../../engine/index.js';
import { expectSame, given, matrix, steps, vector } from './show.js';

/** One unit, one input: every W is a row [weight of h₋, weight of x]. */
const start = {
  ...{ x: vector(1), hPrev: vector(0.5), cPrev: vector(1) },
  ...{ Wf: matrix([0.5, 1.5]), Wi: matrix([0.25, -0.5]) },
  ...{ Wc: matrix([0.5, 1]), Wo: matrix([1, 0.5]) },
  ...{ bf: vector(1), bi: vector(0), bc: vector(0), bo: vector(0) },
};

const forward = ['forget-gate', 'input-gate', 'candidate', 'cell', 'output-gate', 'hidden'].map(
  (name) => `lstm.${name}`,
);

/** One step: six equations and their values; the engine's c and h must be the same. */
export function lstmStep(): string[] {
  const { lines, values } = steps(forward, start);
  const arena = new Arena();
  const dims = { T: 1, B: 1, D: 1, H: 1 };
  const parameters = createParameters(arena, lstm, dims);
  for (const name of ['Wf', 'Wi', 'Wc', 'Wo'] as const) parameters[name].set(start[name][0]!);
  for (const name of ['bf', 'bi', 'bc', 'bo'] as const) parameters[name].set(start[name]);
  const run = lstm.forward(arena, dims, parameters, {
    x: start.x,
    h0: start.hPrev,
    c0: start.cPrev,
  });
  for (const name of ['c', 'h'] as const) expectSame(name, run.outputs[name], values[name]!);
  return [...given(start), '', ...lines];
}
