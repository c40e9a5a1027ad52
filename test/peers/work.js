/**
 * Our side of every comparison: a piece of work with its sizes, its inputs, and a call of the built package.
 * All inputs are float32 numbers held in float64, so that a peer in float32 starts from the same values.
 */
import {
  Arena,
  attention,
  cells,
  createParameters,
  fillUniform,
  onlineAttention,
  openLstmStream,
  rng,
} from '../../dist/engine.js';
import { heads, sequences, step } from './sizes.js';

/** Uniform in ±limit, each rounded to float32. */
function filled(random, length, limit = 1) {
  const array = new Float64Array(length);
  fillUniform(array, random, -limit, limit);
  return array.map(Math.fround);
}

/** Parameters in the arena as our cell initialises them, rounded to float32. */
function drawnParameters(arena, kind, config, random) {
  const parameters = createParameters(arena, cells[kind], config, { random });
  parameters.slab.set(parameters.slab.map(Math.fround));
  return parameters;
}

/** A cell over a sequence: forward gives h; both gives h, then dW and db as they lie in the slab, then dx. */
function cellWorks(kind, config) {
  const { T, B, D, H } = config;
  const arena = new Arena();
  const random = rng(2026);
  const parameters = drawnParameters(arena, kind, config, random);
  const x = filled(random, T * B * D);
  const dh = filled(random, T * B * H);
  const forward = () => cells[kind].forward(arena, config, parameters, { x });
  const both = () => {
    const run = forward();
    return { run, ...cells[kind].backward(arena, run, { h: dh }) };
  };
  const gates = kind === 'lstm' ? 4 : 3;
  const given = { kind, config, parameters, slab: parameters.slab, x, dh };
  return [
    {
      name: `${kind} forward`,
      ...given,
      multiplyAdds: gates * T * B * H * (D + H),
      call: () => void arena.scope(forward),
      outputs: () => arena.scope(() => [forward().outputs.h.slice()]),
    },
    {
      name: `${kind} forward+backward`,
      ...given,
      multiplyAdds: 3 * gates * T * B * H * (D + H),
      call: () => void arena.scope(both),
      outputs: () =>
        arena.scope(() => {
          const { run, gradients } = both();
          return [run.outputs.h, gradients.slab, gradients.x].map((array) => array.slice());
        }),
    },
  ];
}

/** One step of a stream from a state that is not zero: h and c. */
function stepWork(config) {
  const { D, H } = config;
  const arena = new Arena();
  const random = rng(7);
  const parameters = drawnParameters(arena, 'lstm', config, random);
  const [x, h0, c0] = [filled(random, D), filled(random, H), filled(random, H)];
  const stream = openLstmStream(arena, config, parameters);
  return {
    name: 'lstm streaming step',
    ...{ kind: 'lstm', config, parameters, slab: parameters.slab, x, h0, c0 },
    multiplyAdds: 4 * H * (D + H),
    call: () => void stream.step(x),
    outputs: () => {
      stream.h.set(h0);
      stream.c.set(c0);
      stream.step(x);
      return [stream.h.slice(), stream.c.slice()];
    },
  };
}

/** Attention forward of one head, with the T×T matrix and without it: O. */
function attentionWorks(config) {
  const { T, D, H } = config;
  const arena = new Arena();
  const random = rng(64);
  const dims = { Tq: T, Tk: T, B: 1, heads: 1, dk: D, dv: H };
  const [Q, K, V] = [D, D, H].map((columns) => filled(random, T * columns, 2));
  const forms = {
    naive: () => attention(arena, dims, { Q, K, V }, {}, 'inference'),
    online: () => onlineAttention(arena, dims, { Q, K, V }),
  };
  return Object.entries(forms).map(([form, run]) => ({
    name: `attention ${form} forward`,
    ...{ kind: `attention ${form}`, config, Q, K, V },
    multiplyAdds: T * T * (D + H),
    call: () => void arena.scope(run),
    outputs: () => arena.scope(() => [run().out.slice()]),
  }));
}

/** Every piece of work, one after the other, so that only one has its arrays in memory. */
export function* works() {
  for (const config of sequences) yield* cellWorks('lstm', config);
  for (const config of sequences) yield cellWorks('gru', config)[0];
  yield stepWork(step);
  for (const config of heads) yield* attentionWorks(config);
}
