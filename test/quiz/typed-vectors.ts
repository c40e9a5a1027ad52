/**
 * For typed-forms.spec.ts: answers with sums, inner products and joined vectors, as code and as papers write
 * them, by card.
 */

/** Right, however it is written. */
export const rightVectors: Readonly<Record<string, readonly string[]>> = {
  'lstm.forget-gate': [
    'sigmoid(Wf @ torch.cat((h, x), dim=0) + bf)',
    'sigmoid(Wf @ np.concatenate((h_prev, x)) + bf)',
    'sigmoid(Wf @ np.hstack([h, x], 0) + bf)',
    'expit(Wf@[h; x] + bf)',
    'sigmoid(Wf@(concat(h, x)) + bf)',
    'sigmoid(Wf hx + bf)',
  ],
  'rnn.bptt.tanh-derivative': [
    'dh * (1 - h.pow(2))',
    'dh * (1 - np.square(h))',
    'dh * (1 - torch.pow(h, 2))',
  ],
  'training.softmax-gradient': ['softmax(logits) - target', 'p − target', '-(target - p)'],
  'attention.backward.softmax': [
    'p*(dp - sum(p*dp))',
    'p * (dp - np.sum(p * dp))',
    'p * (dp - (p * dp).sum())',
    'p * (dp - (p*dp).sum(-1, keepdim=True))',
    'p * (dp - (dp*p).sum(axis=0))',
    'p * (dp - p @ dp)',
    'p * (dp - p.dot(dp))',
    'p ⊙ (dp − p·dp)',
    'p ⊙ (dp − Σ p ⊙ dp)',
    'p ⊙ (dp − ⟨p, dp⟩)',
    'p ⊙ dp - p (p·dp)',
    'p_i (dp_i - Σ_j p_j dp_j)',
    'p_i dp_i - p_i Σ_k p_k dp_k',
    'p_i * (dp_i - sum_j(p_j*dp_j))',
    String.raw`ds_i = p_i (dp_i - \sum_j p_j dp_j)`,
    String.raw`p_i \left(dp_i - \sum_{j=1}^{n} p_j dp_j\right)`,
    String.raw`p \odot (dp - \langle p, dp \rangle)`,
    '(diag(p) - p pᵀ) dp',
    '(np.diag(p) - np.outer(p, p)) @ dp',
  ],
  'training.adam.correction': [
    'm/(1-beta^t)',
    'm/(1 - β**t)',
    'm / (1 - pow(beta, t))',
    String.raw`\frac{m}{1-\beta^{t}}`,
  ],
  'sequences.additive.score': [
    'va @ np.tanh(Wa@s + Ua@h + ba)',
    'va · tanh(Wa s + Ua h + ba)',
    '(va * torch.tanh(Wa@s + Ua@h + ba)).sum()',
    'Σ va ⊙ tanh(Wa s + Ua h + ba)',
    'np.inner(va, np.tanh(Wa@s + Ua@h + ba))',
  ],
  'lstm.backward.weights': ['outer(daf, hx)', 'daf @ hx.T', 'np.outer(daf, np.hstack((hPrev, x)))'],
  'lstm.backward.hidden-and-input': [
    '[Wf; Wi; Wc; Wo]^T [daf; dai; dac; dao]',
    'np.vstack([Wf,Wi,Wc,Wo]).T @ np.concatenate([daf,dai,dac,dao])',
  ],
  'sequences.bidirectional.input': ['dx_fwd + dx_bwd', 'dxBackward + dxForward'],
};

/** Another formula, though near. */
export const wrongVectors: Readonly<Record<string, readonly string[]>> = {
  // numpy's product of two vectors is a number.
  'lstm.hidden.tanh': [
    'o @ tanh(c)',
    'dot(o, tanh(c))',
    '⟨o, tanh(c)⟩',
    'Σ o tanh(c)',
    'o * tanh(c).sum()',
    'outer(o, tanh(c))',
  ],
  'rnn.bptt.tanh-derivative': ['dh * (1 - h @ h)', 'dh @ (1 - h²)', 'dh * (1 - h.pow(3))'],
  'lstm.cell.carry': ['f @ cPrev + i @ cTilde', 'f*cPrev + (i*cTilde).sum()'],
  'lstm.backward.forget-gate': ['dc*c*f*(1-f)', 'dc*c_t*f*(1-f)'],
  'lstm.coupled.backward': ['dc*(c - cTilde)*f*(1-f)'],
  'gru.backward.update-gate': ['dh*(hTilde - h)*z*(1-z)', 'dh*(hTilde - h_t)*z*(1-z)'],
  'training.softmax-gradient': [
    'target - softmax(logits)',
    'softmax(p) - target',
    'logits - target',
  ],
  'attention.backward.softmax': [
    'p*(dp - sum(dp))',
    'p*(dp - p*sum(dp))',
    'p*(dp - sum(p)*sum(dp))',
    'p*(dp - p.dot(p))',
    'p*(sum(p*dp) - dp)',
    'p*dp - sum(p*dp)',
    'p @ (dp - p @ dp)',
    'sum(p*(dp - p*dp))',
    'Σ_j p_j dp_j',
    'p_i (dp_i - Σ_j dp_j)',
    'p_i (dp_i + Σ_j p_j dp_j)',
    'p_i dp_i - Σ_j p_j dp_j',
    'Σ p (dp - p dp)',
  ],
  'training.adam.correction': ['m/(1-beta^(t-1))', 'm/(1-beta^(t+1))', 'm/(1-pow(t, beta))'],
  'training.log-sum-exp': ['log2(sum) + top - s', 'log1p(sum) + top - s'],
  'sequences.additive.score': [
    'sum(va)*tanh(Wa s + Ua h + ba)',
    'va · tanh(Wa s + Ua h)',
    'va · tanh(Ua s + Wa h + ba)',
    'va ⊙ tanh(Wa s + Ua h + ba)',
  ],
  'lstm.backward.weights': ['outer(hx, daf)', 'daf*hx', 'outer(daf, np.hstack((x, hPrev)))'],
  'lstm.backward.hidden-and-input': [
    '[Wf; Wi; Wc; Wo].T @ [dai; daf; dac; dao]',
    '[Wf; Wi; Wc; Wo] @ [daf; dai; dac; dao]',
    '[Wf; Wi; Wc].T @ [daf; dai; dac]',
  ],
  'gru.reset.before': ['tanh(Wh@[r@h; x] + bh)'],
};
