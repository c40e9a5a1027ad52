/**
 * The cells once more, straight from the equations, one sequence and one step at a time, over any
 * algebra. Slow, and independent of the engine: no shared code, no slabs, no kernels, its own sums.
 */
import {
  gruResetAfterStep,
  lstmCoupledStep,
  lstmPeepholeForgetStep,
  lstmPeepholeStep,
} from './variants.js';
import { add, affine, mul, rows, sub } from './vectors.js';
import type { Algebra } from '../algebra.js';
import type { CellKind } from '../../engine/index.js';
import type { Mat, Vec } from './vectors.js';

/** Parameters by name: matrices as rows, biases and peepholes as vectors. */
export interface TextbookParameters<S> {
  readonly W: Readonly<Record<string, Mat<S>>>;
  readonly b: Readonly<Record<string, Vec<S>>>;
  readonly p: Readonly<Record<string, Vec<S>>>;
}

/** Everything that one step computes, by name; `h` (and `c`) go on to the next step. */
export type StepValues<S> = Readonly<Record<string, Vec<S>>>;

export type Step = <S>(
  ops: Algebra<S>,
  p: TextbookParameters<S>,
  x: Vec<S>,
  previous: StepValues<S>,
) => StepValues<S>;

const rnnStep: Step = (ops, { W, b }, x, { h: hPrev }) => {
  const zero = hPrev!.map(() => ops.constant(0));
  const h = add(ops, affine(ops, W.Whh!, hPrev!, b.bh!), affine(ops, W.Wxh!, x, zero)).map(
    ops.tanh,
  );
  return { h, y: affine(ops, W.Why!, h, b.by!) };
};

const lstmStep: Step = (ops, { W, b }, x, { h: hPrev, c: cPrev }) => {
  const hx = [...hPrev!, ...x];
  const f = affine(ops, W.Wf!, hx, b.bf!).map(ops.sigmoid);
  const i = affine(ops, W.Wi!, hx, b.bi!).map(ops.sigmoid);
  const cTilde = affine(ops, W.Wc!, hx, b.bc!).map(ops.tanh);
  const c = add(ops, mul(ops, f, cPrev!), mul(ops, i, cTilde));
  const o = affine(ops, W.Wo!, hx, b.bo!).map(ops.sigmoid);
  const tanhC = c.map(ops.tanh);
  return { f, i, cTilde, c, o, tanhC, h: mul(ops, o, tanhC) };
};

const gruStep: Step = (ops, { W, b }, x, { h: hPrev }) => {
  const hx = [...hPrev!, ...x];
  const z = affine(ops, W.Wz!, hx, b.bz!).map(ops.sigmoid);
  const r = affine(ops, W.Wr!, hx, b.br!).map(ops.sigmoid);
  const rh = mul(ops, r, hPrev!);
  const hTilde = affine(ops, W.Wh!, [...rh, ...x], b.bh!).map(ops.tanh);
  const one = z.map(() => ops.constant(1));
  return { z, r, rh, hTilde, h: add(ops, mul(ops, sub(ops, one, z), hPrev!), mul(ops, z, hTilde)) };
};

export const textbookSteps: { readonly [K in CellKind]: Step } = {
  rnn: rnnStep,
  lstm: lstmStep,
  gru: gruStep,
  'lstm-peephole': lstmPeepholeStep,
  'lstm-peephole-forget': lstmPeepholeForgetStep,
  'lstm-coupled': lstmCoupledStep,
  'gru-reset-after': gruResetAfterStep,
};

/** Splits named flat arrays into matrices and biases: W* has as many rows as its bias has elements. */
export function textbookParameters<S>(
  flat: Readonly<Record<string, Vec<S>>>,
): TextbookParameters<S> {
  const biasOf: Record<string, string> = { Wxh: 'bh', Whh: 'bh', Why: 'by' };
  const W: Record<string, Mat<S>> = {};
  const b: Record<string, Vec<S>> = {};
  const p: Record<string, Vec<S>> = {};
  for (const [name, values] of Object.entries(flat)) {
    if (name.startsWith('b')) b[name] = values;
    else if (name.startsWith('p')) p[name] = values;
    else if (name.startsWith('W'))
      W[name] = rows(values, flat[biasOf[name] ?? `b${name.slice(1)}`]!.length);
  }
  return { W, b, p };
}
