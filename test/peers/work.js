/**
 * Our side of every comparison: a piece of work with its sizes, its inputs, and a call of the built package.
 * All inputs are float32 numbers held in float64, so that a peer in float32 starts from the same values.
 */
import {
  Arena,
  attention,
  attentionBackward,
  cells,
  createParameters,
  fillUniform,
  onlineAttention,
  onlineAttentionBackward,
  openLstmStream,
  rng,
} from '../../dist/engine.js';
import { checked } from './check.js';
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

/** Blocks of rows in a cell's weights. */
const gatesOf = { rnn: 1, lstm: 4, gru: 3, 'gru-reset-after': 3 };

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
  const gates = gatesOf[kind];
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

/** Every entry of an LSTM's gradients against an oracle: whether all agree. */
function checkWork({ config, call, outputs }) {
  const { T, B, D, H } = config;
  const random = rng(20);
  const parameters = drawnParameters(new Arena(), 'lstm', config, random);
  const [x, dh] = [filled(random, T * B * D), filled(random, T * B * H)];
  const [h0, c0] = [filled(random, B * H), filled(random, B * H)];
  const given = { kind: 'lstm', config, parameters, slab: parameters.slab, x, dh, h0, c0 };
  return { name: 'exhaustive gradient check', checks: true, ...given, call, outputs };
}

/** Attention of one head, with the T×T matrix and without it: O, and after a backward pass dQ, dK and dV. */
function attentionWorks(config) {
  const { T, D, H } = config;
  const arena = new Arena();
  const random = rng(64);
  const dims = { Tq: T, Tk: T, B: 1, heads: 1, dk: D, dv: H };
  const [Q, K, V, dO] = [D, D, H, H].map((columns) => filled(random, T * columns, 2));
  const forms = {
    naive: {
      forward: (mode = 'inference') => attention(arena, dims, { Q, K, V }, {}, mode),
      backward: (run) => attentionBackward(arena, run, dO),
    },
    online: {
      forward: () => onlineAttention(arena, dims, { Q, K, V }),
      backward: (run) => onlineAttentionBackward(arena, run, dO),
    },
  };
  return Object.entries(forms).flatMap(([form, { forward, backward }]) => {
    const given = { kind: `attention ${form}`, config, Q, K, V, dO };
    const both = () => {
      const run = forward('training');
      return { run, ...backward(run) };
    };
    return [
      {
        name: `attention ${form} forward`,
        ...given,
        multiplyAdds: T * T * (D + H),
        call: () => void arena.scope(() => forward()),
        outputs: () => arena.scope(() => [forward().out.slice()]),
      },
      {
        name: `attention ${form} forward+backward`,
        ...given,
        multiplyAdds: 3 * T * T * (D + H),
        call: () => void arena.scope(both),
        outputs: () =>
          arena.scope(() => {
            const { run, Q: dQ, K: dK, V: dV } = both();
            return [run.out, dQ, dK, dV].map((array) => array.slice());
          }),
      },
    ];
  });
}

/** What is timed on several threads: a cell's forward and backward pass over a batch. */
export function* batches() {
  for (const kind of ['lstm', 'gru-reset-after', 'rnn'])
    for (const config of sequences.filter(({ B }) => B > 1)) yield cellWorks(kind, config)[1];
}

/** Every piece of work, one after the other, so that only one has its arrays in memory. */
export function* works() {
  for (const config of sequences) yield* cellWorks('lstm', config);
  for (const config of sequences) yield cellWorks('gru', config)[0];
  for (const config of sequences) yield* cellWorks('gru-reset-after', config);
  for (const config of sequences) yield* cellWorks('rnn', config);
  yield stepWork(step);
  for (const config of heads) yield* attentionWorks(config);
  yield checkWork(checked);
}
