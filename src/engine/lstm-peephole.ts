/**
 * The LSTM with peepholes (Gers & Schmidhuber 2000): gates that also see the cell, each unit its own,
 * through a diagonal weight. Not a full matrix, and not a path for h.
 *
 *   f = σ(Wf [h₋, x] + pf ⊙ c₋ + bf)    i = σ(Wi [h₋, x] + pi ⊙ c₋ + bi)
 *   c̃ = tanh(Wc [h₋, x] + bc)           c = f ⊙ c₋ + i ⊙ c̃
 *   o = σ(Wo [h₋, x] + po ⊙ c + bo)     h = o ⊙ tanh(c)
 *
 * Two variants: all three gates peep, and only the forget gate (no pi, no po). The output gate sees
 * the *new* c. The slab is W (4H, H+D), then the peepholes, then b (4H), in the order f, i, c, o.
 */
import { acceptForward, acceptUpstream, addTo, at, createGradients, fillRows } from './cell.js';
import { fillUniform } from './rng.js';
import { kernels } from './kernels/current.js';
import { sigmoid, tanh } from './elementary.js';
import type { Arena } from './arena.js';
import type { BackwardResult, Cell, Given, Parameters, Run, Upstream } from './cell.js';
import type { Dims, ShapeTable } from './alphabet.js';
import type { LstmNames } from './lstm.js';

export interface LstmPeepholeForgetNames extends Omit<LstmNames, 'parameter'> {
  parameter: LstmNames['parameter'] | 'pf';
}

export interface LstmPeepholeNames extends Omit<LstmNames, 'parameter'> {
  parameter: LstmPeepholeForgetNames['parameter'] | 'pi' | 'po';
}

/** What both variants have by name; pi and po are read from the slab. */
type Names = LstmPeepholeForgetNames;

/** The stacked weights W (4H, H+D), the peepholes (H) that the variant has, and the biases b (4H) of a slab. */
function stacked(slab: Float64Array, { H, D }: Dims, all: boolean) {
  const weights = 4 * H * (H + D);
  const peepholes = (all ? 3 : 1) * H;
  return {
    W: slab.subarray(0, weights),
    pf: slab.subarray(weights, weights + H),
    pi: all ? slab.subarray(weights + H, weights + 2 * H) : undefined,
    po: all ? slab.subarray(weights + 2 * H, weights + 3 * H) : undefined,
    b: slab.length > weights + peepholes ? slab.subarray(weights + peepholes) : undefined,
  };
}

function forward(
  cell: Cell<Names>,
  all: boolean,
  arena: Arena,
  dims: Dims,
  parameters: Parameters<Names>,
  given: Given<Names>,
): Run<Names> {
  const { T, B, D, H } = dims;
  const initial = acceptForward(arena, cell, dims, parameters, given);
  const { W, pf, pi, po, b } = stacked(parameters.slab, dims, all);
  const gates = arena.alloc('tape', T * B * 4 * H); // (T,B,4H): f, i, c̃, o after their nonlinearities
  const c = arena.alloc('tape', T * B * H);
  const tanhC = arena.alloc('tape', T * B * H);
  const h = arena.alloc('tape', T * B * H);

  // a = b + Wx x for every step at once; the recurrence adds Wh h₋ step by step, then the peepholes.
  fillRows(gates, b, T * B);
  kernels.addABt(gates, 4 * H, given.x, D, W.subarray(H), H + D, T * B, 4 * H, D);
  for (let t = 0; t < T; t++) {
    const hPrev = t === 0 ? initial.h0 : at(h, t - 1, B * H);
    const cPrev = t === 0 ? initial.c0 : at(c, t - 1, B * H);
    kernels.addABt(at(gates, t, B * 4 * H), 4 * H, hPrev, H, W, H + D, B, 4 * H, H);
    for (let n = 0; n < B; n++) {
      const a = gates.subarray((t * B + n) * 4 * H, (t * B + n + 1) * 4 * H);
      const row = (t * B + n) * H;
      for (let j = 0; j < H; j++) {
        const old = cPrev[n * H + j];
        if (pi) a[H + j] += pi[j] * old; // a_i += pi ⊙ c₋
        // prettier-ignore
        const f = (a[j]         = sigmoid(a[j] + pf[j] * old)), // f = σ(a_f + pf ⊙ c₋)
              i = (a[H + j]     = sigmoid(a[H + j])),           // i = σ(a_i)
              g = (a[2 * H + j] = tanh(a[2 * H + j])); // c̃ = tanh(a_c)
        c[row + j] = f * old + i * g; // c = f ⊙ c₋ + i ⊙ c̃
        if (po) a[3 * H + j] += po[j] * c[row + j]; // a_o += po ⊙ c
        const o = (a[3 * H + j] = sigmoid(a[3 * H + j])); // o = σ(a_o)
        tanhC[row + j] = tanh(c[row + j]);
        h[row + j] = o * tanhC[row + j]; // h = o ⊙ tanh(c)
      }
    }
  }
  return {
    dims,
    parameters,
    x: given.x,
    initial,
    outputs: { h, c },
    finals: { hT: at(h, T - 1, B * H), cT: at(c, T - 1, B * H) },
    tape: { gates, tanhC },
  };
}

/**
 *   da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)     dc += dh ⊙ o ⊙ (1 - tanh²c) + po ⊙ da_o
 *   da_f = dc ⊙ c₋ ⊙ f ⊙ (1 - f)          da_i = dc ⊙ c̃ ⊙ i ⊙ (1 - i)    da_c = dc ⊙ i ⊙ (1 - c̃²)
 *   dc₋ = dc ⊙ f + pf ⊙ da_f + pi ⊙ da_i
 *   dpf = Σ_t da_f,t ⊙ c_{t-1}             dpi = Σ_t da_i,t ⊙ c_{t-1}      dpo = Σ_t da_o,t ⊙ c_t
 *   d[h₋, x] = Wᵀ da       dW = Σ_t da_t [h_{t-1}, x_t]ᵀ       db = Σ_t da_t
 */
function backward(
  cell: Cell<Names>,
  all: boolean,
  arena: Arena,
  run: Run<Names>,
  upstream: Upstream<Names>,
): BackwardResult<Names> {
  const { dims, x, initial } = run;
  const { T, B, D, H } = dims;
  const { h, c } = run.outputs;
  const { gates, tanhC } = run.tape as { gates: Float64Array; tanhC: Float64Array };
  acceptUpstream(cell, dims, upstream);
  const gradients = createGradients(arena, cell, run);
  const states = { h: arena.alloc('gradients', T * B * H), c: arena.alloc('gradients', T * B * H) };
  const { W, pf, pi, po } = stacked(run.parameters.slab, dims, all);
  const d = stacked(gradients.slab, dims, all);

  addTo(states.h, upstream.h);
  addTo(states.c, upstream.c);
  addTo(at(states.h, T - 1, B * H), upstream.hT);
  addTo(at(states.c, T - 1, B * H), upstream.cT);
  arena.scope(() => {
    const da = arena.alloc('workspace', T * B * 4 * H);
    for (let t = T - 1; t >= 0; t--) {
      const cPrev = t === 0 ? initial.c0 : at(c, t - 1, B * H);
      const dhPrev = t === 0 ? gradients.h0 : at(states.h, t - 1, B * H);
      const dcPrev = t === 0 ? gradients.c0 : at(states.c, t - 1, B * H);
      for (let n = B - 1; n >= 0; n--) {
        const gate = (t * B + n) * 4 * H;
        const row = (t * B + n) * H;
        for (let j = 0; j < H; j++) {
          // prettier-ignore
          const f = gates[gate + j],         i = gates[gate + H + j],
                g = gates[gate + 2 * H + j], o = gates[gate + 3 * H + j],
                tc = tanhC[row + j],         dh = states.h[row + j],
                old = cPrev[n * H + j];
          const dao = dh * tc * o * (1 - o); // da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)
          states.c[row + j] += dh * o * (1 - tc * tc); // dc += dh ⊙ o ⊙ (1 - tanh²c)
          if (po) states.c[row + j] += po[j] * dao; // dc += po ⊙ da_o
          const dc = states.c[row + j];
          const daf = dc * old * f * (1 - f); // da_f = dc ⊙ c₋ ⊙ f ⊙ (1 - f)
          const dai = dc * g * i * (1 - i); // da_i = dc ⊙ c̃ ⊙ i ⊙ (1 - i)
          // prettier-ignore
          {
            da[gate + j]         = daf;
            da[gate + H + j]     = dai;
            da[gate + 2 * H + j] = dc * i * (1 - g * g); // da_c = dc ⊙ i ⊙ (1 - c̃²)
            da[gate + 3 * H + j] = dao;
          }
          dcPrev[n * H + j] += dc * f + pf[j] * daf; // dc₋ = dc ⊙ f + pf ⊙ da_f
          if (pi) dcPrev[n * H + j] += pi[j] * dai; // dc₋ += pi ⊙ da_i
          d.pf[j] += daf * old; // dpf = Σ_t da_f,t ⊙ c_{t-1}
          if (d.pi) d.pi[j] += dai * old; // dpi = Σ_t da_i,t ⊙ c_{t-1}
          if (d.po) d.po[j] += dao * c[row + j]; // dpo = Σ_t da_o,t ⊙ c_t
        }
      }
      kernels.addAB(dhPrev, H, at(da, t, B * 4 * H), 4 * H, W, H + D, B, H, 4 * H); // dh₋ = Whᵀ da
    }
    kernels.addAB(gradients.x, D, da, 4 * H, W.subarray(H), H + D, T * B, D, 4 * H); // dx = Wxᵀ da
    kernels.addAtB(d.W, H + D, da.subarray(B * 4 * H), 4 * H, h, H, 4 * H, H, (T - 1) * B); // dWh = Σ_t da_t h_{t-1}ᵀ
    kernels.addAtB(d.W, H + D, da, 4 * H, initial.h0, H, 4 * H, H, B); // … and its last term, t = 1
    kernels.addAtB(d.W.subarray(H), H + D, da, 4 * H, x, D, 4 * H, D, T * B); // dWx = Σ_t da_t x_tᵀ
    if (d.b) kernels.addRows(d.b, da, 4 * H, T * B); // db = Σ_t da_t
  });
  return { gradients, states };
}

const weights = { Wf: ['H', 'H+D'], Wi: ['H', 'H+D'], Wc: ['H', 'H+D'], Wo: ['H', 'H+D'] } as const;
const biases = { bf: ['H'], bi: ['H'], bc: ['H'], bo: ['H'] } as const;

function peephole(
  kind: Cell['kind'],
  all: boolean,
  parameters: ShapeTable<Names['parameter']>,
): Cell<Names> {
  const cell: Cell<Names> = {
    kind,
    parameters,
    initial: { h0: ['B', 'H'], c0: ['B', 'H'] },
    outputs: { h: ['T', 'B', 'H'], c: ['T', 'B', 'H'] },
    finals: { hT: ['B', 'H'], cT: ['B', 'H'] },

    /** uniform(±1/√H), and a forget bias of 1, so that the cell remembers before it has learnt anything. */
    initialize(own, { H }, random) {
      fillUniform(own.slab, random, -1 / Math.sqrt(H), 1 / Math.sqrt(H));
      (own as Partial<typeof own>).bf?.fill(1);
    },
    forward: (arena, dims, own, given) => forward(cell, all, arena, dims, own, given),
    backward: (arena, run, upstream) => backward(cell, all, arena, run, upstream),
  };
  return cell;
}

const allThree: ShapeTable<LstmPeepholeNames['parameter']> = {
  ...weights,
  pf: ['H'],
  pi: ['H'],
  po: ['H'],
  ...biases,
};

/** All three gates peep: f and i see c₋, o sees the new c. */
export const lstmPeephole = peephole(
  'lstm-peephole',
  true,
  allThree,
) as unknown as Cell<LstmPeepholeNames>;

/** Only the forget gate peeps. */
export const lstmPeepholeForget: Cell<LstmPeepholeForgetNames> = peephole(
  'lstm-peephole-forget',
  false,
  { ...weights, pf: ['H'], ...biases },
);
