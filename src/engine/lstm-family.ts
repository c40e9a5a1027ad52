/**
 * What the LSTM and its variants have in common: a state h and a cell c, gates that read [h₋, x], the tape,
 * and the walk over the sequence, forward and backward. Not the equations: a variant brings its time loop,
 * and those of the LSTM itself stand in kernels/lstm.ts.
 *
 * The slab is W (blocks·H, H+D), then what the variant has beyond it (its peepholes, say), then b (blocks·H),
 * the blocks in the variant's order.
 */
import { acceptForward, startBackward } from './cell.js';
import { previousOf, walkBackward, walkForward } from './walk.js';
import { at } from './kernels/rows.js';
import { fillUniform } from './rng.js';
import { kernels } from './kernels/current.js';
import { packedSize } from './kernels/kernels.js';
import type { Arena } from './arena.js';
import type { BackwardResult, Cell, CellKind, Given, Parameters, Run, Upstream } from './cell.js';
import type { Arrays, Dims, ShapeTable } from './alphabet.js';
import type { LstmLoop } from './kernels/lstm.js';

/** The names of a variant whose parameters are P. */
export interface LstmFamilyNames<P extends string> {
  /** Weights and biases: each variant has its own. */
  parameter: P;
  /** The states before the first step: (B,H). */
  initial: 'h0' | 'c0';
  /** The states after every step: (T,B,H). */
  output: 'h' | 'c';
  /** The states after the last step: (B,H). */
  final: 'hT' | 'cT';
}

export interface LstmVariant<P extends string> {
  readonly kind: CellKind;
  /** In the order of the slab. */
  readonly parameters: ShapeTable<P>;
  /** Blocks of H in W, b and a: four, or fewer where gates are coupled. */
  readonly blocks: number;
  /** Vectors (H) that stand between W and b. */
  readonly vectors?: number;
  /** The time loop, given those vectors one behind the other and, for backward, room for their gradients. */
  readonly loop: (vectors: Float64Array, dVectors?: Float64Array) => LstmLoop;
}

/** The LSTM, or a variant of it, as a cell. */
export function lstmCell<P extends string>(variant: LstmVariant<P>): Cell<LstmFamilyNames<P>> {
  type N = LstmFamilyNames<P>;
  const { kind, blocks, vectors = 0, loop } = variant;

  /** W (blocks·H, H+D), its x columns as they are read, the vectors, and b (blocks·H), if there are biases. */
  const partsOf = (slab: Float64Array, { H, D }: Dims) => {
    const weights = blocks * H * (H + D);
    const end = weights + vectors * H;
    return {
      W: slab.subarray(0, weights),
      Wx: slab.subarray(H, weights),
      own: slab.subarray(weights, end),
      b: slab.length > end ? slab.subarray(end) : undefined,
    };
  };

  function forward(arena: Arena, dims: Dims, parameters: Parameters<N>, given: Given<N>): Run<N> {
    const { T, B, D, H } = dims;
    const { h0, c0 } = acceptForward(arena, cell, dims, parameters, given);
    const { W, Wx, own, b } = partsOf(parameters.slab, dims);
    const gates = arena.alloc('tape', T * B * blocks * H, 'anything'); // after their nonlinearities
    const c = arena.alloc('tape', T * B * H, 'anything');
    const tanhC = arena.alloc('tape', T * B * H, 'anything');
    const h = arena.alloc('tape', T * B * H, 'anything');
    const steps = loop(own);

    arena.scope(() => {
      const Wh = arena.alloc('workspace', packedSize(blocks * H, H), 'anything');
      kernels.packABt(Wh, W, H + D, blocks * H, H);
      const onX = [{ Wx, ld: H + D, first: 0, n: blocks * H }];
      walkForward(arena, dims, given.x, gates, b, onX, (piece) => {
        // prettier-ignore
        steps.forward( // a = b + Wx x + Wh h₋, and the equations, step by step
          piece.of(gates), piece.of(c), piece.of(tanhC), piece.of(h),
          piece.before(h, h0), piece.before(c, c0), Wh, piece.steps, B, H,
        );
      });
    });
    return {
      dims,
      parameters,
      x: given.x,
      initial: { h0, c0 },
      outputs: { h, c },
      finals: { hT: at(h, T - 1, B * H), cT: at(c, T - 1, B * H) },
      tape: { gates, tanhC },
    };
  }

  /** d[h₋, x] = Wᵀ da       dW = Σ_t da_t [h_{t-1}, x_t]ᵀ       db = Σ_t da_t */
  function backward(arena: Arena, run: Run<N>, upstream: Upstream<N>): BackwardResult<N> {
    const { dims, x, initial } = run;
    const { B, D, H } = dims;
    const { h, c } = run.outputs;
    const { gates, tanhC } = run.tape as Arrays<'gates' | 'tanhC'>;
    const { gradients, states, fresh } = startBackward<N, 'h' | 'c'>(arena, cell, run, upstream);
    const { W, Wx, own } = partsOf(run.parameters.slab, dims);
    const d = partsOf(gradients.slab, dims);
    const { h0: dh0, c0: dc0, x: dx } = gradients as Record<'h0' | 'c0' | 'x', Float64Array>;
    const steps = loop(own, d.own);

    arena.scope(() => {
      const Wh = arena.alloc('workspace', packedSize(H, blocks * H), 'anything');
      kernels.packAB(Wh, W, H + D, H, blocks * H);
      const onX = [{ Wx, dWx: d.Wx, ld: H + D, first: 0, n: blocks * H }];
      walkBackward(arena, dims, blocks * H, { x, dx, fresh }, onX, d.b, (da, piece) => {
        // prettier-ignore
        steps.backward( // the equations, and dh₋ = Whᵀ da, step by step
          da, piece.of(states.h), piece.of(states.c), piece.before(states.h, dh0), piece.before(states.c, dc0),
          piece.of(gates), piece.of(c), piece.of(tanhC), piece.before(c, initial.c0), Wh, piece.steps, B, H,
        );
        const hPrev = previousOf(arena, h, initial.h0, piece);
        // prettier-ignore
        kernels.addAtB(d.W, H + D, da, blocks * H, hPrev, H, blocks * H, H, piece.steps * B, piece.start); // dWh = Σ_t da_t h_{t-1}ᵀ
      });
    });
    return { gradients, states };
  }

  const cell: Cell<N> = {
    kind,
    parameters: variant.parameters,
    initial: { h0: ['B', 'H'], c0: ['B', 'H'] },
    outputs: { h: ['T', 'B', 'H'], c: ['T', 'B', 'H'] },
    finals: { hT: ['B', 'H'], cT: ['B', 'H'] },

    /** uniform(±1/√H), and a forget bias of 1, so that the cell remembers before it has learnt anything. */
    initialize(parameters, { H }, random) {
      fillUniform(parameters.slab, random, -1 / Math.sqrt(H), 1 / Math.sqrt(H));
      (parameters as { bf?: Float64Array }).bf?.fill(1);
    },
    forward,
    backward,
  };
  return cell;
}
