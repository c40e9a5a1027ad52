/**
 * The symbol table: what each name in code is, how it is printed, and what a learner may type for it.
 * A gradient needs no row: `dWf` is `d` before `Wf`. TeX carries the time index, Unicode does not.
 */

export interface SymbolRow {
  readonly unicode: string;
  readonly tex: string;
  /** What it is, without an article at the end of a sentence: `forget gate`. */
  readonly says: string;
  /** Other spellings, compared without underscores and, after the first letter, without case. */
  readonly also?: readonly string[];
}

const weight = (unicode: string, tex: string, says: string, ...also: string[]): SymbolRow => ({
  unicode,
  tex,
  says,
  also,
});
const gate = (letter: string, says: string, ...also: string[]): SymbolRow => ({
  unicode: letter,
  tex: `${letter}_t`,
  says,
  also: [`${letter}t`, ...also],
});
const before = (letter: string, says: string): SymbolRow => ({
  unicode: `${letter}₋`,
  tex: `${letter}_{t-1}`,
  says,
  also: ['previous', 'old', 'last', 'tm1', 'tminus1'].map((word) => letter + word),
});
const tilde = (letter: string, says: string, ...also: string[]): SymbolRow => ({
  unicode: `${letter}\u0303`,
  tex: `\\tilde{${letter}}_t`,
  says,
  also: [...['hat', 'bar', 'cand', 'candidate', 'new'].map((word) => letter + word), ...also],
});

const rows = {
  x: gate('x', 'input of this step'),
  h: gate('h', 'hidden state'),
  hPrev: before('h', 'hidden state of the step before'),
  y: gate('y', 'output', 'yhat', 'out'),
  c: gate('c', 'cell state'),
  cPrev: before('c', 'cell state of the step before'),
  a: gate('a', 'pre-activation'),
  Wxh: weight('W_xh', 'W_{xh}', 'input-to-hidden weights', 'Wx', 'Whx', 'Wih', 'U'),
  Whh: weight('W_hh', 'W_{hh}', 'hidden-to-hidden weights', 'Wh', 'Wrec', 'W'),
  Why: weight('W_hy', 'W_{hy}', 'hidden-to-output weights', 'Wy', 'Wyh', 'Who', 'V'),
  by: weight('b_y', 'b_y', 'output bias'),
  f: gate('f', 'forget gate', 'forget', 'forgetGate'),
  i: gate('i', 'input gate', 'inputGate'),
  cTilde: tilde('c', 'candidate cell', 'g', 'gt'),
  o: gate('o', 'output gate', 'outputGate'),
  af: weight('a_f', 'a_f', 'pre-activation of the forget gate'),
  ai: weight('a_i', 'a_i', 'pre-activation of the input gate'),
  ac: weight('a_c', 'a_c', 'pre-activation of the candidate cell', 'ag'),
  ao: weight('a_o', 'a_o', 'pre-activation of the output gate'),
  Wf: weight('W_f', 'W_f', 'forget gate weights'),
  Wi: weight('W_i', 'W_i', 'input gate weights'),
  Wc: weight('W_c', 'W_c', 'candidate weights', 'Wg'),
  Wo: weight('W_o', 'W_o', 'output gate weights'),
  bf: weight('b_f', 'b_f', 'forget gate bias'),
  bi: weight('b_i', 'b_i', 'input gate bias'),
  bc: weight('b_c', 'b_c', 'candidate bias', 'bg'),
  bo: weight('b_o', 'b_o', 'output gate bias'),
  hx: weight('[h₋, x]', '[h_{t-1}, x_t]', 'h₋ above x, one vector', 'concat'),
  z: gate('z', 'update gate: the weight of the new candidate', 'update'),
  r: gate('r', 'reset gate, applied to h₋ before the product', 'reset'),
  hTilde: tilde('h', 'candidate hidden state', 'n', 'nt'),
  az: weight('a_z', 'a_z', 'pre-activation of the update gate'),
  ar: weight('a_r', 'a_r', 'pre-activation of the reset gate'),
  ah: weight('a_h', 'a_h', 'pre-activation of the candidate hidden state', 'an'),
  Wz: weight('W_z', 'W_z', 'update gate weights'),
  Wr: weight('W_r', 'W_r', 'reset gate weights'),
  Wh: weight('W_h', 'W_h', 'candidate weights', 'Wn'),
  bz: weight('b_z', 'b_z', 'update gate bias'),
  br: weight('b_r', 'b_r', 'reset gate bias'),
  bh: weight('b_h', 'b_h', 'hidden bias; in the GRU, candidate bias', 'bn', 'b'),
  pf: weight('p_f', 'p_f', 'forget gate peephole', 'wcf'),
  pi: weight('p_i', 'p_i', 'input gate peephole', 'wci'),
  po: weight('p_o', 'p_o', 'output gate peephole', 'wco'),
  ahh: weight('a_hh', 'a_{hh}', 'recurrent product with its bias, before the reset gate'),
  bhh: weight('b_hh', 'b_{hh}', 'inner bias of the candidate, multiplied by r', 'bhn'),
  hForward: weight(
    'h→',
    '\\overrightarrow{h}_t',
    'hidden state of the cell that reads from the left',
    'hFwd',
  ),
  hBackward: weight(
    'h←',
    '\\overleftarrow{h}_t',
    'hidden state of the cell that reads from the right',
    'hBwd',
  ),
  hBoth: weight('h↔', '\\overleftrightarrow{h}_t', 'both hidden states, one above the other'),
  dxForward: weight(
    'dx→',
    '\\overrightarrow{dx}_t',
    'what the cell that reads from the left sends back',
    'dxFwd',
  ),
  dxBackward: weight(
    'dx←',
    '\\overleftarrow{dx}_t',
    'what the cell that reads from the right sends back',
    'dxBwd',
  ),
  dhNext: {
    unicode: 'dh₊',
    tex: 'dh_{t+1}',
    says: 'what the step after sends back to h',
    also: ['dhin', 'dhIncoming'],
  },
  dcNext: {
    unicode: 'dc₊',
    tex: 'dc_{t+1}',
    says: 'what the step after sends back to c',
    also: ['dcin', 'dcIncoming'],
  },
  Q: weight('Q', 'Q', 'query', 'query'),
  K: weight('K', 'K', 'keys, one per row', 'keys'),
  V: weight('V', 'V', 'values, one per row', 'values'),
  e: weight('e', 'e', 'scores of the keys', 'scores', 'logits'),
  w: weight('w', 'w', 'attention weights', 'weights', 'alpha', 'α'),
  context: weight('context', '\\mathrm{context}', 'mean of the values, weighed', 'ctx', 'out'),
  s: weight('s', 's', 'state that asks: the decoder’s, in additive attention', 'query'),
  ua: weight('u_a', 'u_a', 'hidden layer of the additive score'),
  au: weight('a_u', 'a_u', 'pre-activation of the additive score'),
  score: weight('score', '\\mathrm{score}', 'score of one key or state'),
  Wa: weight('W_a', 'W_a', 'weights of the query in the additive score'),
  Ua: weight('U_a', 'U_a', 'weights of the state in the additive score'),
  ba: weight('b_a', 'b_a', 'bias in the additive score'),
  va: weight('v_a', 'v_a', 'what turns u into a score'),
  top: weight('top', '\\mathrm{top}', 'largest score so far', 'm', 'mNew', 'maximum'),
  topPrev: before('top', 'largest score before this key'),
  sum: weight('sum', '\\mathrm{sum}', 'sum of e^(score - top) so far', 'l', 'denominator'),
  sumPrev: before('sum', 'that sum before this key, relative to the old top'),
  partial: weight('partial', '\\mathrm{partial}', 'context so far, not yet divided by sum', 'acc'),
  partialPrev: before('partial', 'that context before this key, relative to the old top'),
  lse: weight('lse', '\\mathrm{lse}', 'log-sum-exp of the scores', 'logSumExp', 'logsumexp'),
  delta: weight('δ', '\\delta', 'dcontext · context, the weighed mean of dw', 'δ'),
  key: weight('key', '\\mathrm{key}', 'key of this step', 'k'),
  value: weight('value', '\\mathrm{value}', 'value of this step', 'v'),
  heads: weight('heads', '\\mathrm{heads}', 'contexts of all heads, one above the other'),
  Wq: weight('W_q', 'W_q', 'weights of the query', 'WQ'),
  Wk: weight('W_k', 'W_k', 'weights of the key', 'WK'),
  Wv: weight('W_v', 'W_v', 'weights of the value', 'WV'),
  Wout: weight('W_out', 'W_{out}', 'output projection of the heads', 'Wo'),
  bq: weight('b_q', 'b_q', 'bias of the query'),
  bk: weight('b_k', 'b_k', 'bias of the key'),
  bv: weight('b_v', 'b_v', 'bias of the value'),
  bout: weight('b_out', 'b_{out}', 'bias of the output projection', 'bo'),
  L: weight('L', 'L', 'loss', 'loss'),
  target: weight('target', '\\mathrm{target}', 'what y should be', 'targets'),
  theta: weight('θ', '\\theta', 'all parameters in one vector', 'θ'),
  thetaNext: weight('θ₊', '\\theta_{t+1}', 'parameters after the step', 'θNext'),
  dthetaClipped: weight('dθ_c', 'd\\theta_c', 'clipped gradients', 'dθc', 'dthetac', 'clipped'),
  norm: weight('norm', '\\mathrm{norm}', 'global norm of the gradients'),
  maxNorm: weight('maxNorm', '\\mathrm{maxNorm}', 'limit of the norm', 'limit'),
  rate: weight('rate', '\\mathrm{rate}', 'learning rate', 'lr', 'eta', 'η'),
  momentum: weight('μ', '\\mu', 'momentum', 'mu', 'μ'),
  m: weight('m', 'm', 'first moment of the gradients'),
  mPrev: before('m', 'first moment after the step before'),
  v: weight('v', 'v', 'second moment of the gradients'),
  vPrev: before('v', 'second moment after the step before'),
  beta1: weight('β₁', '\\beta_1', 'decay of the first moment', 'β1'),
  beta2: weight('β₂', '\\beta_2', 'decay of the second moment', 'β2'),
  epsilon: weight(
    'ε',
    '\\varepsilon',
    'what keeps the step finite where v is 0',
    'eps',
    'varepsilon',
    'ε',
  ),
  mHat: weight('m\u0302', '\\hat{m}', 'first moment, bias-corrected', 'mTilde'),
  vHat: weight('v\u0302', '\\hat{v}', 'second moment, bias-corrected', 'vTilde'),
  N: weight('N', 'N', 'steps taken, this one included'),
  O: weight('O', 'O', 'output size'),
  P: weight('P', 'P', 'number of parameters', 'params', 'parameters'),
  H: weight('H', 'H', 'hidden size'),
  D: weight('D', 'D', 'input size'),
} satisfies Record<string, SymbolRow>;

/** Every row, by name. */
export const symbols: ReadonlyMap<string, SymbolRow> = new Map(Object.entries(rows));

/** `dWf` → the row of `Wf` with `d` before everything; a row of its own wins. */
export function symbolRow(name: string): SymbolRow | undefined {
  const own = symbols.get(name);
  const base = own || !name.startsWith('d') ? undefined : symbols.get(name.slice(1));
  if (own || !base) return own;
  return {
    unicode: `d${base.unicode}`,
    tex: `d${base.tex}`,
    says: `gradient of the loss in ${base.unicode}`,
    also: (base.also ?? []).map((spelling) => `d${spelling}`),
  };
}

/** How a name is printed in a terminal: `Wf` → `W_f`, `dhPrev` → `dh₋`. An unknown name is itself. */
export const symbolUnicode = (name: string): string => symbolRow(name)?.unicode ?? name;

/** How a name is printed in TeX: `hPrev` → `h_{t-1}`. An unknown name is itself. */
export const symbolTex = (name: string): string => symbolRow(name)?.tex ?? name;

/** Underscores and, after the first letter, case do not tell names apart: `h_prev` is `hPrev`. */
const keyOf = (name: string): string => {
  const plain = name.replaceAll('_', '');
  return plain.slice(0, 1) + plain.slice(1).toLowerCase();
};

/** All keys under which a name is known. */
const keysOf = (name: string): string[] => [name, ...(symbolRow(name)?.also ?? [])].map(keyOf);

const previous: Readonly<Record<string, string>> = { h: 'hPrev', c: 'cPrev' };

/** Is it h or c, with or without a t? */
export const isOfThisStep = (typed: string): boolean => /^[hc]_?t?$/i.test(typed);

/**
 * Which of the declared names a learner means: the name itself, a synonym, `h` for `hPrev` where no h
 * is declared, and at last the same letters in another case. Several names: it could be any of them.
 */
export function namesMeant(typed: string, declared: readonly string[]): string[] {
  if (declared.includes(typed)) return [typed];
  const key = keyOf(typed);
  const exact = declared.filter((name) => keyOf(name) === key);
  if (exact.length > 0) return exact;
  const known = declared.filter((name) => keysOf(name).includes(key));
  if (known.length > 0) return known;
  const before = previous[key];
  if (before !== undefined && declared.includes(before)) return [before];
  return declared.filter((name) => keyOf(name).toLowerCase() === key.toLowerCase());
}

/** Is this a name of the table, or a gradient of one, under any spelling? */
export const isKnownSpelling = (typed: string): boolean => everyKey.has(keyOf(typed));

const everyKey: ReadonlySet<string> = new Set(
  [...symbols.keys()].flatMap((name) => [...keysOf(name), ...keysOf(`d${name}`)]),
);
