/** The textbook steps of the variants: peepholes, coupled gates, reset after the product. Same rules as cells.ts. */
import { add, affine, mul, sub } from './vectors.js';
import type { Step } from './cells.js';

/** All gates peep: f and i see c₋, o sees the new c. */
export const lstmPeepholeStep: Step = (ops, { W, b, p }, x, { h: hPrev, c: cPrev }) => {
  const hx = [...hPrev!, ...x];
  const gate = (letter: string, seen: typeof x) =>
    add(ops, affine(ops, W[`W${letter}`]!, hx, b[`b${letter}`]!), mul(ops, p[`p${letter}`]!, seen));
  const f = gate('f', cPrev!).map(ops.sigmoid);
  const i = gate('i', cPrev!).map(ops.sigmoid);
  const cTilde = affine(ops, W.Wc!, hx, b.bc!).map(ops.tanh);
  const c = add(ops, mul(ops, f, cPrev!), mul(ops, i, cTilde));
  const o = gate('o', c).map(ops.sigmoid);
  const tanhC = c.map(ops.tanh);
  return { f, i, cTilde, c, o, tanhC, h: mul(ops, o, tanhC) };
};

/** Only the forget gate peeps: the other two peepholes are zero. */
export const lstmPeepholeForgetStep: Step = (ops, parameters, x, previous) => {
  const none = previous.c!.map(() => ops.constant(0));
  const p = { ...parameters.p, pi: none, po: none };
  return lstmPeepholeStep(ops, { ...parameters, p }, x, previous);
};

/** i = 1 - f. */
export const lstmCoupledStep: Step = (ops, { W, b }, x, { h: hPrev, c: cPrev }) => {
  const hx = [...hPrev!, ...x];
  const f = affine(ops, W.Wf!, hx, b.bf!).map(ops.sigmoid);
  const one = f.map(() => ops.constant(1));
  const i = sub(ops, one, f);
  const cTilde = affine(ops, W.Wc!, hx, b.bc!).map(ops.tanh);
  const c = add(ops, mul(ops, f, cPrev!), mul(ops, i, cTilde));
  const o = affine(ops, W.Wo!, hx, b.bo!).map(ops.sigmoid);
  const tanhC = c.map(ops.tanh);
  return { f, i, cTilde, c, o, tanhC, h: mul(ops, o, tanhC) };
};

/** r multiplies Whh h₋ + bhh; z weighs the old state. */
export const gruResetAfterStep: Step = (ops, { W, b }, x, { h: hPrev }) => {
  const hx = [...hPrev!, ...x];
  const z = affine(ops, W.Wz!, hx, b.bz!).map(ops.sigmoid);
  const r = affine(ops, W.Wr!, hx, b.br!).map(ops.sigmoid);
  const ahh = affine(ops, W.Whh!, hPrev!, b.bhh!);
  const hTilde = add(ops, affine(ops, W.Wxh!, x, b.bh!), mul(ops, r, ahh)).map(ops.tanh);
  const one = z.map(() => ops.constant(1));
  const h = add(ops, mul(ops, sub(ops, one, z), hTilde), mul(ops, z, hPrev!));
  return { z, r, ahh, hTilde, h };
};
