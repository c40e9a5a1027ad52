/** The LSTM's relatives in numbers: a peephole, a GRU step, the two GRUs side by side, and who has how many weights. */
import {
  Arena,
  cells,
  createParameters,
  lstmPeephole,
  parameterCount,
} from '../../engine/index.js';
import { gru, gruResetAfter } from '../../engine/index.js';
import type { CellKind } from '../../engine/index.js';
import { grouped } from './comparison.js';
import { aligned, expectSame, four, given, matrix, shown, steps, vector } from './show.js';

const name = (cell: string, equations: readonly string[]): string[] =>
  equations.map((equation) => `${cell}.${equation}`);

/** One unit whose output gate was shut, so h₋ = 0, and whose gates have nothing but peepholes to see by. */
const shut = {
  ...{ x: vector(0), hPrev: vector(0), cPrev: vector(2) },
  ...{ Wf: matrix([1, 1]), Wi: matrix([1, 1]), Wc: matrix([1, 1]), Wo: matrix([1, 1]) },
  ...{ bf: vector(0), bi: vector(0), bc: vector(0), bo: vector(0) },
  ...{ pf: vector(1), pi: vector(-1), po: vector(1) },
};

/** f and i see c₋, o sees the new c. */
export function peepholeStep(): string[] {
  const { x, hPrev, cPrev, pf, pi, po } = shut;
  const { lines, values } = steps(
    name('lstm-peephole', ['forget-gate', 'input-gate', 'candidate', 'cell', 'output-gate']),
    shut,
  );
  const arena = new Arena();
  const dims = { T: 1, B: 1, D: 1, H: 1 };
  const parameters = createParameters(arena, lstmPeephole, dims);
  for (const W of ['Wf', 'Wi', 'Wc', 'Wo'] as const) parameters[W].set(shut[W][0]!);
  for (const p of ['pf', 'pi', 'po'] as const) parameters[p].set(shut[p]);
  const run = lstmPeephole.forward(arena, dims, parameters, { x, h0: hPrev, c0: cPrev });
  expectSame('c', run.outputs.c, values.c as Float64Array);
  return [...given({ hPrev, x, cPrev, pf, pi, po }), '', ...lines];
}

/** Two units, one input. */
const start = {
  ...{ x: vector(1), hPrev: vector(0.8, -0.4) },
  ...{ Wz: matrix([1, 0, -1], [0, 1, 0.5]), Wr: matrix([1, -1, 0.5], [-1, 1, -1]) },
  ...{ bz: vector(0, 0), br: vector(0, 0), bh: vector(0, 0) },
};
/** The candidate's weights on h₋ and on x, apart as reset-after has them. */
const [Whh, Wxh] = [matrix([0.5, 1], [-1, 0.5]), matrix([0.5], [-0.5])];
const Wh = Whh.map((row, j) => Float64Array.of(...row, ...Wxh[j]!));

/** The reset before the product: h, and the engine's h must be the same. */
function before() {
  const names = ['update-gate', 'reset-gate', 'candidate', 'hidden'];
  const run = steps(name('gru', names), { ...start, Wh });
  const arena = new Arena();
  const dims = { T: 1, B: 1, D: 1, H: 2 };
  const parameters = createParameters(arena, gru, dims);
  for (const [W, rows] of Object.entries({ Wz: start.Wz, Wr: start.Wr, Wh }))
    parameters[W as 'Wz'].set(rows.flatMap((row) => [...row]));
  const { outputs } = gru.forward(arena, dims, parameters, { x: start.x, h0: start.hPrev });
  expectSame('h', outputs.h, run.values.h as Float64Array);
  return run;
}

/** The reset after it. Its z weighs the old state, so W_z with the other sign is the same gate. */
function after() {
  const names = ['update-gate', 'reset-gate', 'recurrent', 'candidate', 'hidden'];
  const Wz = start.Wz.map((row) => row.map((w) => -w));
  const run = steps(name('gru-reset-after', names), {
    ...{ ...start, Wz, Whh, Wxh },
    bhh: vector(0, 0),
  });
  const arena = new Arena();
  const dims = { T: 1, B: 1, D: 1, H: 2 };
  const parameters = createParameters(arena, gruResetAfter, dims);
  for (const [W, rows] of Object.entries({ Wz, Wr: start.Wr, Whh, Wxh }))
    parameters[W as 'Wz'].set(rows.flatMap((row) => [...row]));
  const { outputs } = gruResetAfter.forward(arena, dims, parameters, {
    x: start.x,
    h0: start.hPrev,
  });
  expectSame('h', outputs.h, run.values.h as Float64Array);
  return run;
}

/** One step: four equations and their values. */
export function gruStep(): string[] {
  const { x, hPrev, Wz, Wr } = start;
  return [...given({ x, hPrev, Wz, Wr, Wh }), 'b_z = b_r = b_h = 0', '', ...before().lines];
}

/** The same weights in both forms, z turned round so that it means the same. */
export function twoGrus(): string[] {
  const [first, second] = [before().values, after().values];
  const rows = [
    ['old state kept', first.z!, second.z!],
    ['r', first.r!, second.r!],
    ['h̃', first.hTilde!, second.hTilde!],
    ['h', first.h!, second.h!],
  ] as const;
  return aligned(
    ['', 'reset before', 'reset after'],
    rows.map(([what, one, other], k) => [
      what,
      // z weighs the candidate in one, the old state in the other.
      shown(k === 0 ? (one as Float64Array).map((z) => 1 - z) : one),
      shown(other),
    ]),
  );
}

/** The blocks of the cells that PyTorch has, its GRU being reset-after. Each block has two bias vectors there. */
const pytorchBlocks: Readonly<Partial<Record<CellKind, number>>> = {
  lstm: 4,
  'gru-reset-after': 3,
};

/** Parameters at D = 128 and H = 256: in the engine, as a share of the LSTM's, and as PyTorch counts. */
export function parametersOfEach(): string[] {
  const sizes = { D: 128, H: 256 };
  const ofLstm = parameterCount(cells.lstm, sizes);
  const kinds = ['lstm', 'lstm-peephole', 'lstm-peephole-forget', 'lstm-coupled'] as const;
  const rows = [...kinds, 'gru' as const, 'gru-reset-after' as const].map((kind) => {
    const count = parameterCount(cells[kind], sizes);
    const blocks = pytorchBlocks[kind];
    const pytorch =
      blocks && parameterCount(cells[kind], sizes, { bias: false }) + 2 * blocks * sizes.H;
    const states = Object.keys(cells[kind].initial).map((state) => state.replace('0', ''));
    return [
      ...[kind, states.join(', '), grouped(count), four(count / ofLstm)],
      pytorch ? grouped(pytorch) : '',
    ];
  });
  return aligned(['cell', 'states', 'parameters', 'to LSTM', 'in PyTorch'], rows);
}
