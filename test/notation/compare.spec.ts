import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compare,
  equationById,
  equations,
  NotationError,
  toTex,
  toUnicode,
  type Equation,
} from '../../src/notation/index.js';

const ask = (id: string) => {
  const eq = equationById(id)!;
  return (answer: string) => compare(answer, eq.is, eq.symbols);
};

const right: Record<string, string[]> = {
  'lstm.forget-gate': [
    'f = σ(W_f [h₋, x] + b_f)',
    'sigmoid(Wf*[hPrev; x] + bf)',
    'f_t = sigma(W_f · [h_{t-1}, x_t] + b_f)',
    'σ(b_f + W_f[h_prev, x])',
    'f_t = \\sigma(W_f [h_{t-1}, x_t] + b_f)',
    '1/(1+exp(-(Wf [h_prev; x] + bf)))',
    '1 - σ(-(W_f [h, x] + b_f))',
    'f = (1 + tanh((W_f[h_t-1, x_t] + b_f)/2)) / 2',
    'sigmoid(Wf @ np.concatenate([h_prev, x]) + bf)',
    'f := σ(([h₋, x]ᵀ W_fᵀ)ᵀ + b_f)',
    'f = σ(W_f × [hₜ₋₁, xₜ] + b_f)',
    "sigmoid(([hPrev', x'] * Wf')' + bf)",
  ],
  'lstm.cell': [
    'c = f ⊙ c₋ + i ⊙ c̃',
    'c_t = f_t * c_{t-1} + i_t * g_t',
    'f∘c_prev + i∘g',
    'i·c_tilde + f·c_prev',
    'f c_old + i g',
    'i .* cTilde - (-f) .* cPrev',
    'c_t = f_t \\odot c_{t-1} + i_t \\odot \\tilde{c}_t',
    'hadamard(f, c_prev) + hadamard(i, c_hat)',
    'c_tilde*i + c_prev*f + 0*f',
    'diag(f) c_prev + diag(i) c_tilde',
    'f × cₜ₋₁ + i × c̃ₜ',
    'f*c[t-1] + i*g[t]',
  ],
  'lstm.backward.cell': [
    'dc = dc₊ + dh ⊙ o ⊙ (1 − tanh²(c))',
    'dcNext + dh*o*(1 - tanh(c)^2)',
    'dh*o*(1-tanh^2(c)) + dc_next',
    'dc_next + o*dh - o*dh*tanh(c)**2',
    'dc_{t+1} + dh ∘ o ∘ sech²(c)',
    "dcNext + dh*o*tanh'(c)",
    'dc_next + dh o(1-tanh(c))(1+tanh(c))',
    '∂L/∂c = dc_next + dh·o·(1 - tanh(c)²)',
    'dc_next + dh*o/cosh(c)^2',
    'dc = dc_next + dh * o * (1 - np.tanh(c)**2)',
    'dc_next + 4*dh*o/(exp(c)+exp(-c))^2',
    'dc_next - (-dh) * o * (1 - tanh(c_t)^2)',
  ],
};

const wrong: Record<string, string[]> = {
  'lstm.forget-gate': [
    'tanh(W_f [h₋, x] + b_f)',
    'σ(W_f [x, h₋] + b_f)',
    'σ(W_f [h₋, x] - b_f)',
    'σ(W_f [h₋, x])',
    'W_f [h₋, x] + b_f',
    'σ(W_i [h₋, x] + b_i)',
    'σ(W_f ⊙ [h₋, x] + b_f)',
    'σ(W_fᵀ [h₋, x] + b_f)',
    'σ(W_f [h₋, x]) + b_f',
    '1 - σ(W_f [h₋, x] + b_f)',
    'i = σ(W_f [h₋, x] + b_f)',
    'σ(W_f h₋ + b_f)',
  ],
  'lstm.cell': [
    'i ⊙ c₋ + f ⊙ c̃',
    'f ⊙ c₋ - i ⊙ c̃',
    'f ⊙ c₋ + (1 - f) ⊙ c̃',
    'f ⊙ c̃ + i ⊙ c₋',
    'f ⊙ c₋ + i',
    'f ⊙ (c₋ + i ⊙ c̃)',
    'f ⊙ c₋ ⊙ i ⊙ c̃',
    'tanh(f ⊙ c₋ + i ⊙ c̃)',
    'f ⊙ c₋ + i ⊙ tanh(c̃)',
    'f ⊙ c₋ + o ⊙ c̃',
    "f' * c_prev + i' * c_tilde",
    '-(f ⊙ c₋ + i ⊙ c̃)',
    'f ⊙ c₋ + 1.0001 i ⊙ c̃',
  ],
  'lstm.backward.cell': [
    'dh ⊙ o ⊙ (1 - tanh(c)²)',
    'dc₊ + dh ⊙ o ⊙ (1 - tanh(c))',
    'dc₊ + dh ⊙ o ⊙ (1 - c²)',
    'dc₊ + dh ⊙ (1 - tanh²(c))',
    'dc₊ - dh ⊙ o ⊙ (1 - tanh²(c))',
    'dc₊ ⊙ f + dh ⊙ o ⊙ (1 - tanh²(c))',
    'dc₊ + dh ⊙ o ⊙ tanh(c)',
    'dc₊ + dh ⊙ o ⊙ (1 + tanh²(c))',
    '(dc₊ + dh) ⊙ o ⊙ (1 - tanh²(c))',
    'dc₊ + dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)',
    'dc₊ + dh ⊙ o - tanh²(c)',
    'dc₊ + dh ⊙ o ⊙ (1 - tanh(c^2))',
  ],
};

describe.each(Object.keys(right))('%s', (id) => {
  it.each(right[id]!)('takes %s', (answer) => expect(ask(id)(answer)).toEqual({ kind: 'same' }));
  it.each(wrong[id]!)('refuses %s', (answer) => {
    const verdict = ask(id)(answer);
    expect(verdict.kind).toBe('different');
    if (verdict.kind === 'different') expect(verdict.says).toMatch(/^[^]{10,300}\.$/);
  });
});

describe('every equation', () => {
  const each = equations.map((eq): [string, Equation] => [eq.id, eq]);
  it.each(each)('%s: what is printed is right when typed back', (_, eq) => {
    for (const form of [toUnicode(eq), toTex(eq), eq.is])
      expect(compare(form, eq.is, eq.symbols), form).toEqual({ kind: 'same' });
  });
  it.each(each)('%s: its negative, its half and a changed part are not', (_, eq) => {
    const side = eq.is.slice(eq.is.indexOf('=') + 1);
    for (const other of [`-(${side})`, `(${side})/2`, `(${side}) + 0.001`])
      expect(compare(other, eq.is, eq.symbols).kind, other).toBe('different');
  });
  it('the verdict does not depend on the seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...Object.keys(right)), (seed, id) => {
        const eq = equationById(id)!;
        for (const answer of right[id]!)
          expect(compare(answer, eq.is, eq.symbols, seed).kind, answer).toBe('same');
        for (const answer of wrong[id]!)
          expect(compare(answer, eq.is, eq.symbols, seed).kind, answer).toBe('different');
      }),
      { numRuns: 15 },
    );
  });
});

describe('other right forms', () => {
  it.each([
    ['gru.candidate', 'tanh(W_h[r*h, x] + b)'],
    ['gru.hidden', 'h₋ + z(h̃ - h₋)'],
    ['gru.hidden', 'z*n + (1-z)*h_prev'],
    ['gru.backward.reset-gate', '(W_hᵀ da_h)[:H] * h_prev * r(1-r)'],
    ['gru.backward.input', '(Wz.T @ daz + Wr.T @ dar + Wh.T @ dah)[H:]'],
    ['rnn.hidden', 'tanh(W_hh h_{t-1} + W_xh x_t + b_h)'],
    ['rnn.hidden', 'tanh(U x + W h_prev + b)'],
    ['rnn.backward.hidden-previous', '(daᵀ W_hh)ᵀ'],
    ['rnn.backward.Wxh', 'outer(da, x)'],
    ['rnn.backward.Whh', 'dW_hh = da h₋^T'],
    ['lstm.parameters', '4H(H + D + 1)'],
    ['lstm.parameters', '4*(h*(h+d)+h)'],
    ['gru.parameters', '3(H² + H D + H)'],
  ])('%s: %s', (id, answer) => expect(ask(id)(answer)).toEqual({ kind: 'same' }));

  it('takes * between vectors as element by element, and reads r ⊙ Wᵀ da from the right', () => {
    const v = { dc: ['H'], o: ['H'], c: ['H'] };
    expect(compare('dc*o*(1-tanh(c)^2)', 'dc .* o .* (1 - tanh(c).^2)', v).kind).toBe('same');
    const w = { r: ['H'], Whh: ['H', 'H'], da: ['H'] };
    expect(compare("r ⊙ Whh' * da", "r .* (Whh' * da)", w).kind).toBe('same');
    expect(compare("Whh' * da ⊙ r", "r .* (Whh' * da)", w).kind).toBe('same');
    expect(compare("Whh' * (r ⊙ da)", "r .* (Whh' * da)", w).kind).toBe('different');
  });
});

describe('what cannot be read', () => {
  it.each([
    ['lstm.cell', 'f*c_prev + q*g', /q/],
    ['lstm.cell', 'c = f*c + i*g', /both sides.*c₋/],
    ['lstm.cell', '', /empty/],
    ['lstm.cell', 'f * * i', /does not read/],
    ['lstm.cell', 'f ⊗ c_prev', /⊗/],
    ['lstm.cell', 'u = f*c_prev + i*g', /u is not a name/],
    ['lstm.cell', 'import(fs)', /import/],
    ['lstm.cell', 'import("fs")', /"/],
    ['lstm.cell', 'createUnit(f)', /createUnit/],
    ['lstm.cell', 'factorial(170)', /factorial/],
    ['lstm.cell', 'f.constructor("x")', /./],
    ['lstm.cell', 'f["constructor"]', /./],
    ['lstm.cell', 'i!', /!/],
    ['lstm.cell', 'a = b = 2', /./],
    ['lstm.cell', 'g(x) = x', /./],
    ['lstm.cell', 'f; i', /./],
    ['lstm.cell', '{a: 1}', /./],
    ['lstm.cell', '"f"', /./],
    ['lstm.cell', 'f ? i : g', /./],
    ['lstm.cell', '('.repeat(100) + 'f' + ')'.repeat(100), /deep/],
    ['lstm.cell', '-'.repeat(250) + 'f', /deep/],
    ['lstm.cell', 'f+'.repeat(200) + 'f', /300/],
    ['lstm.cell', 'x'.repeat(1e6), /300/],
    ['lstm.cell', '__proto__', /./],
    ['lstm.cell', 'toString(f)', /./],
  ])('%s: %s', (id, answer, says) => {
    const verdict = ask(id)(answer);
    expect(verdict).toMatchObject({ kind: 'unreadable' });
    if (verdict.kind === 'unreadable') expect(verdict.says).toMatch(says);
  });

  it('works out no bomb, and takes none for right', () => {
    for (const bomb of [
      '9^9^9^9',
      '9^9^9^9 * f',
      'exp(exp(exp(exp(9)))) * f',
      '0/0 * f',
      'f/(i-i)',
      '1e400',
    ])
      expect(ask('lstm.cell')(bomb).kind, bomb).not.toBe('same');
  });

  const pieces = [
    'f',
    'i',
    'c_prev',
    'c̃',
    'g',
    '+',
    '-',
    '*',
    '⊙',
    '(',
    ')',
    '[',
    ']',
    ',',
    ';',
    "'",
    '^',
    '2',
    '²',
    'ᵀ',
    '=',
    '{',
    '}',
    '_',
    'tanh',
    'σ',
    '\\tilde',
    ':',
    'H',
    '.',
    '"',
    '!',
    '#',
    ' ',
  ];
  it('answers every string with a verdict', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 320 }),
      fc.string({ unit: 'grapheme', maxLength: 320 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, fc.constantFrom(...equations), (answer, eq) => {
        const verdict = compare(answer, eq.is, eq.symbols);
        expect(['same', 'different', 'unreadable']).toContain(verdict.kind);

        if (verdict.kind !== 'same')
          expect(verdict.says).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('the author’s mistakes are errors', () => {
  it.each([
    ['f + q', { f: ['H'] }],
    ['f +', { f: ['H'] }],
    ['f * i', { f: ['H'], i: ['H'] }],
    ['f', { f: ['4h'] }],
    ['0 * f / 0', { f: ['H'] }],
  ])('%s', (expected, symbols) =>
    expect(() => compare('f', expected, symbols)).toThrow(NotationError),
  );
});
