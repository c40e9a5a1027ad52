// What the module exports: one line per kernel. Pointers are byte offsets, strides count numbers.
export { exp, sigmoid, tanh } from './activations';
export { packAB, packABt } from './pack';
export { addAB, addABt, addAtB, packedOnto, addRows, rowProduct } from './product';
export { rnnBackward, rnnForward } from './rnn';
export { lstmBackward, lstmForward } from './lstm';
export { gruBackward, gruForward } from './gru';
export { onlineBackward, onlineForward } from './online-softmax';
export { ceiling } from './ceiling';

/** bytes (size) := 0. */
export function zero(at: usize, size: usize): void {
  memory.fill(at, 0, size);
}
