/**
 * TensorFlow.js, float32, on our work: the cells written with its own operations, as fast as they go there.
 * The product with x is one for all steps; W is kept as Wx (D, gates·H) and Wh (H, gates·H), blocks in our order.
 */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { fileURLToPath } from 'node:url';

setWasmPaths(
  fileURLToPath(new URL('node_modules/@tensorflow/tfjs-backend-wasm/dist/', import.meta.url)),
);

/** Wx, Wh and b from our slab: W (gates·H, H+D), then b. */
function weightsOf({ slab, config: { D, H } }) {
  const rows = (slab.length / (H + D + 1)) | 0;
  const W = tf.tensor2d(Float32Array.from(slab.subarray(0, rows * (H + D))), [rows, H + D]);
  const [Wh, Wx] = tf.split(W, [H, D], 1).map((half) => tf.transpose(half));
  return { Wx, Wh, b: tf.tensor1d(Float32Array.from(slab.subarray(rows * (H + D)))) };
}

/** x (T,B,D) times Wx and b for all steps at once, and each step's rows (B, gates·H). */
function projected(x, Wx, b, { T, B, D }) {
  const all = tf.add(tf.matMul(tf.reshape(x, [T * B, D]), Wx), b);
  return T === 1 ? [all] : tf.unstack(tf.reshape(all, [T, B, -1]));
}

/** c = f ⊙ c₋ + i ⊙ c̃    h = o ⊙ tanh(c) */
function lstmStep(onX, Wh, { h, c }) {
  const [f, i, cTilde, o] = tf.split(tf.add(onX, tf.matMul(h, Wh)), 4, 1);
  const cell = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(cTilde)));
  return { h: tf.mul(tf.sigmoid(o), tf.tanh(cell)), c: cell };
}

/** h = h₋ + z ⊙ (h̃ - h₋), r before the product. */
function gruStep(onX, Wh, { h }) {
  const H = h.shape[1];
  const [ofGates, ofCandidate] = tf.split(onX, [2 * H, H], 1);
  const [WhGates, WhCandidate] = Wh;
  const [z, r] = tf.split(tf.sigmoid(tf.add(ofGates, tf.matMul(h, WhGates))), 2, 1);
  const hTilde = tf.tanh(tf.add(ofCandidate, tf.matMul(tf.mul(r, h), WhCandidate)));
  return { h: tf.add(h, tf.mul(z, tf.sub(hTilde, h))) };
}

/** h (T,B,H) over a whole sequence. */
function sequence(kind, x, Wx, Wh, b, dims) {
  const { B, H } = dims;
  const zero = tf.zeros([B, H]);
  const [next, packed] = kind === 'lstm' ? [lstmStep, Wh] : [gruStep, tf.split(Wh, [2 * H, H], 1)];
  let state = { h: zero, c: zero };
  return tf.stack(
    projected(x, Wx, b, dims).map((onX) => {
      state = next(onX, packed, state);
      return state.h;
    }),
  );
}

/** The work as one function from nothing to tensors in the layout of ours. */
function programOf(work) {
  const { kind, name, config } = work;
  const { T, B, D, H } = config;
  const tensor = (array, shape) => tf.tensor(Float32Array.from(array), shape);
  if (kind.startsWith('attention')) {
    const [Q, K, V] = [tensor(work.Q, [T, D]), tensor(work.K, [T, D]), tensor(work.V, [T, H])];
    const scale = tf.scalar(1 / Math.sqrt(D));
    return () => [
      tf.matMul(tf.softmax(tf.mul(tf.matMul(Q, K, false, true), scale)), V), // O = softmax(Q Kᵀ / √d) V
    ];
  }
  const { Wx, Wh, b } = weightsOf(work);
  const x = tensor(work.x, [T, B, D]);
  if (work.h0) {
    const state = { h: tensor(work.h0, [B, H]), c: tensor(work.c0, [B, H]) };
    return () => {
      const { h, c } = lstmStep(projected(x, Wx, b, config)[0], Wh, state);
      return [h, c];
    };
  }
  if (!name.endsWith('backward')) return () => [sequence(kind, x, Wx, Wh, b, config)];
  const dh = tensor(work.dh, [T, B, H]);
  return () => {
    // Its own way to h and the gradients in one pass: the loss Σ h ⊙ dh, whose gradient on h is dh.
    let h;
    const loss = (...given) => {
      h = tf.keep(sequence(kind, ...given, config));
      return tf.sum(tf.mul(h, dh));
    };
    const [dx, dWx, dWh, db] = tf.grads(loss)([x, Wx, Wh, b]);
    return [h, [dWh, dWx, db], dx];
  };
}

/** Runs the program and reads what it gives, so that nothing is left to be computed. */
function read(program) {
  const outputs = tf.tidy(program);
  const arrays = outputs.map((one) => {
    if (!Array.isArray(one)) return one.dataSync();
    const [dWh, dWx, db] = one; // as they lie in our slab: rows of [h, x], then b
    return tf.tidy(() => {
      const W = tf.transpose(tf.concat([dWh, dWx], 0));
      return tf.concat([tf.reshape(W, [-1]), db], 0).dataSync();
    });
  });
  tf.dispose(outputs);
  return arrays;
}

/** The work that is written here, and whether backward too. Attention without S has no form in its operations. */
const trained = { lstm: true, gru: false, 'attention naive': false };

/** tfjs on one of its backends, for work of at most so many multiply-adds. */
export const tfjs = (backend, mostMultiplyAdds = Infinity) => ({
  name: `tfjs ${backend}`,
  async open(work) {
    if (work.checks || work.multiplyAdds > mostMultiplyAdds) return undefined;
    if (!(work.kind in trained)) return undefined;
    if (work.name.endsWith('backward') && !trained[work.kind]) return undefined;
    await tf.setBackend(backend);
    await tf.ready();
    const before = tf.engine().state.numTensors;
    tf.engine().startScope();
    const program = programOf(work);
    return {
      call: () => {
        const outputs = tf.tidy(program);
        tf.dispose(outputs);
      },
      outputs: () => read(program),
      close: () => {
        tf.engine().endScope();
        const left = tf.engine().state.numTensors - before;
        if (left !== 0) throw new Error(`${work.name} on tfjs ${backend} left ${left} tensors.`);
      },
    };
  },
});
