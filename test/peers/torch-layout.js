/**
 * Our parameters in PyTorch's order, and its gradients in ours.
 *
 * It keeps what acts on x and on h apart: weight_ih (gates·H, D), weight_hh (gates·H, H), and a bias for each. Its LSTM
 * has the blocks i, f, g (our c̃), o; its GRU r, z, n (our h̃), and r acts after the product: that is our
 * gru-reset-after, whose bhh is the one recurrent bias that is not zero here.
 */
const joint = (gate) => ({ W: `W${gate}`, b: `b${gate}` });
const blocks = {
  rnn: [{ hh: 'Whh', ih: 'Wxh', b: 'bh' }],
  lstm: ['i', 'f', 'c', 'o'].map(joint),
  'gru-reset-after': [joint('r'), joint('z'), { hh: 'Whh', ih: 'Wxh', b: 'bh', bhh: 'bhh' }],
};

/** The module of each of our cells. */
export const modules = { rnn: 'rnn', lstm: 'lstm', 'gru-reset-after': 'gru' };

/** Calls `pair(ours, theirs)` with every row of weights and every bias that both have. */
function eachPair(kind, { D, H }, ours, { weight_ih, weight_hh, bias_ih, bias_hh }, pair) {
  blocks[kind].forEach(({ W, hh, ih, b, bhh }, block) => {
    const rows = (array, columns, row) => array.subarray(row * columns, (row + 1) * columns);
    for (let row = 0; row < H; row++) {
      const onH = rows(weight_hh, H, block * H + row);
      const onX = rows(weight_ih, D, block * H + row);
      const whole = W && rows(ours[W], H + D, row); // [h, x], h first
      pair(whole ? whole.subarray(0, H) : rows(ours[hh], H, row), onH);
      pair(whole ? whole.subarray(H) : rows(ours[ih], D, row), onX);
    }
    pair(ours[b], rows(bias_ih, H, block));
    if (bhh) pair(ours[bhh], rows(bias_hh, H, block));
  });
}

/** weight_ih, weight_hh, bias_ih and bias_hh from our named parameters. */
export function toTorch(kind, dims, parameters) {
  const rows = blocks[kind].length * dims.H;
  const theirs = {
    weight_ih: new Float64Array(rows * dims.D),
    weight_hh: new Float64Array(rows * dims.H),
    bias_ih: new Float64Array(rows),
    bias_hh: new Float64Array(rows),
  };
  eachPair(kind, dims, parameters, theirs, (from, to) => to.set(from));
  return theirs;
}

/** Its gradients as they lie in our slab, of which `parameters` are the named parts. */
export function fromTorch(kind, dims, parameters, theirs) {
  const { slab } = parameters;
  const gathered = new Float64Array(slab.length);
  const parts = Object.fromEntries(
    blocks[kind]
      .flatMap((block) => Object.values(block))
      .map((name) => {
        const start = (parameters[name].byteOffset - slab.byteOffset) / slab.BYTES_PER_ELEMENT;
        return [name, gathered.subarray(start, start + parameters[name].length)];
      }),
  );
  eachPair(kind, dims, parts, theirs, (to, from) => to.set(from));
  return gathered;
}

/** Pairs of its two biases that stand in one sum, so that their gradients are the same: [bias_ih, bias_hh]. */
export function sharedBiases(kind, { H }, { bias_ih, bias_hh }) {
  const shared = blocks[kind].filter(({ bhh }) => bhh === undefined).length * H;
  return [bias_ih.subarray(0, shared), bias_hh.subarray(0, shared)];
}
