/**
 * ONNX Runtime, float32, one thread, on our work. Forward only: it does not train.
 *
 * Its conventions and ours: LSTM blocks stand i, o, f, c (ours f, i, c, o); GRU blocks z, r, h as ours, but z
 * weighs the old state (ours the candidate), so Wz and bz change their sign, σ(-a) = 1 - σ(a); with
 * linear_before_reset = 0 its r acts before the product, as ours does. W and R are the x and the h columns of
 * our [h, x]; the recurrent half of its two biases is zero.
 */
import ort from 'onnxruntime-node';
import { onnxModel } from './onnx-model.js';

const blocks = {
  lstm: { op: 'LSTM', order: ['Wi', 'Wo', 'Wf', 'Wc'], negated: [] },
  gru: { op: 'GRU', order: ['Wz', 'Wr', 'Wh'], negated: ['Wz'] },
};

/** W (1, gates·H, D), R (1, gates·H, H) and B (1, 2·gates·H) from our named parameters. */
function weightsOf({ kind, parameters, config: { D, H } }) {
  const { order, negated } = blocks[kind];
  const [W, R, B] = [[], [], []];
  for (const name of order) {
    const sign = negated.includes(name) ? -1 : 1;
    for (let row = 0; row < H; row++) {
      const whole = parameters[name].subarray(row * (H + D), (row + 1) * (H + D));
      for (const value of whole.subarray(0, H)) R.push(sign * value);
      for (const value of whole.subarray(H)) W.push(sign * value);
    }
    for (const value of parameters[name.replace('W', 'b')]) B.push(sign * value);
  }
  const rows = order.length * H;
  const bias = [...B, ...new Float64Array(rows)];
  return { W: [[1, rows, D], W], R: [[1, rows, H], R], B: [[1, 2 * rows], bias] };
}

/** h over a whole sequence, or h and c after one step. */
function recurrent(work) {
  const { T, B, D, H } = work.config;
  const streaming = work.h0 !== undefined;
  const states = streaming ? { h0: [1, B, H], c0: [1, B, H] } : {};
  const inputs = { x: [T, B, D], ...states };
  const outputs = streaming ? { h: [1, B, H], c: [1, B, H] } : { h: [T, 1, B, H] };
  const nodes = [
    {
      op: blocks[work.kind].op,
      inputs: ['x', 'W', 'R', 'B', ...(streaming ? ['', 'h0', 'c0'] : [])],
      outputs: streaming ? ['', 'h', 'c'] : ['h'],
      attributes: { hidden_size: H },
    },
  ];
  return { nodes, weights: weightsOf(work), inputs, outputs };
}

/** Three nodes and a scale, with S in memory. */
function naive({ config: { T, D, H } }) {
  return {
    nodes: [
      { op: 'Transpose', inputs: ['K'], outputs: ['Kt'] },
      { op: 'MatMul', inputs: ['Q', 'Kt'], outputs: ['QKt'] },
      { op: 'Mul', inputs: ['QKt', 'scale'], outputs: ['S'] },
      { op: 'Softmax', inputs: ['S'], outputs: ['P'], attributes: { axis: 1 } },
      { op: 'MatMul', inputs: ['P', 'V'], outputs: ['O'] },
    ],
    weights: { scale: [[], [1 / Math.sqrt(D)]] },
    inputs: { Q: [T, D], K: [T, D], V: [T, H] },
    outputs: { O: [T, H] },
  };
}

/** One fused node, which scales by 1/√d itself and on a CPU takes tiles of keys. */
function fused({ config: { T, D, H } }) {
  return {
    nodes: [
      {
        ...{ op: 'MultiHeadAttention', domain: 'com.microsoft', attributes: { num_heads: 1 } },
        ...{ inputs: ['Q', 'K', 'V'], outputs: ['O'] },
      },
    ],
    inputs: { Q: [1, T, D], K: [1, T, D], V: [1, T, H] },
    outputs: { O: [1, T, H] },
  };
}

const graphs = {
  ...{ lstm: recurrent, gru: recurrent },
  ...{ 'attention naive': naive, 'attention online': fused },
};

export const onnxRuntime = {
  name: 'onnxruntime',
  /** A session of the work, or undefined where there is nothing to compare. */
  async open(work) {
    if (work.name.endsWith('backward') || work.checks || !(work.kind in graphs)) return undefined;
    const graph = graphs[work.kind](work);
    const session = await ort.InferenceSession.create(onnxModel(graph), {
      ...{ intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' },
      graphOptimizationLevel: 'all',
    });
    const feeds = Object.fromEntries(
      Object.entries(graph.inputs).map(([name, dims]) => [
        name,
        new ort.Tensor('float32', Float32Array.from(work[name]), dims),
      ]),
    );
    return {
      call: () => session.run(feeds),
      outputs: async () => {
        const results = await session.run(feeds);
        return Object.keys(graph.outputs).map((name) => results[name].data);
      },
      close: () => session.release(),
    };
  },
};
