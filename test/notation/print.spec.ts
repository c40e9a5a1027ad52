import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compare,
  equation,
  equationById,
  equations,
  legend,
  symbolTex,
  symbolUnicode,
  toTex,
  toUnicode,
  type Equation,
} from '../../src/notation/index.js';
import { namesMeant, symbols } from '../../src/notation/symbols.js';

const pairs: Record<string, string> = { '(': ')', '[': ']', '{': '}' };
function balanced(text: string): boolean {
  const open: string[] = [];
  for (const sign of text) {
    if (pairs[sign]) open.push(pairs[sign]);
    else if (')]}'.includes(sign) && open.pop() !== sign) return false;
  }
  return open.length === 0;
}

describe('printing', () => {
  it.each([
    [
      'lstm.forget-gate',
      'f = σ(W_f [h₋, x] + b_f)',
      'f_t = \\sigma\\left(W_f [h_{t-1}, x_t] + b_f\\right)',
    ],
    ['lstm.cell', 'c = f ⊙ c₋ + i ⊙ c\u0303', 'c_t = f_t \\odot c_{t-1} + i_t \\odot \\tilde{c}_t'],
    [
      'gru.hidden',
      'h = (1 - z) ⊙ h₋ + z ⊙ h\u0303',
      'h_t = \\left(1 - z_t\\right) \\odot h_{t-1} + z_t \\odot \\tilde{h}_t',
    ],
    ['rnn.backward.Wxh', 'dW_xh = da xᵀ', 'dW_{xh} = da_t x_t^{\\top}'],
    [
      'lstm.parameters',
      'P = 4 · (H · (H + D) + H)',
      'P = 4 \\cdot \\left(H \\cdot \\left(H + D\\right) + H\\right)',
    ],
  ])('%s', (id, unicode, tex) => {
    expect(toUnicode(equationById(id)!)).toBe(unicode);
    expect(toTex(equationById(id)!)).toBe(tex);
  });

  it.each(equations.map((eq): [string, Equation] => [eq.id, eq]))(
    '%s is whole in both scripts',
    (_, eq) => {
      const [unicode, tex] = [toUnicode(eq), toTex(eq)];
      expect(balanced(unicode)).toBe(true);
      expect(balanced(tex)).toBe(true);
      expect(tex.match(/\\left/g)?.length ?? 0).toBe(tex.match(/\\right/g)?.length ?? 0);
      expect(tex).not.toMatch(/[^\u0020-\u007e]|\.\*|undefined/);
      expect(unicode).not.toMatch(/\.\*|\*|\\|undefined/);
      for (const name of Object.keys(eq.symbols)) {
        if (name === 'H' || name === 'D') continue;
        expect(unicode).toContain(symbolUnicode(name));
        expect(tex).toContain(symbolTex(name));
      }
    },
  );

  it('puts brackets where the meaning needs them: random expressions survive printing', () => {
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom('f', 'i', 'cPrev', 'cTilde', '2', '0.5'),
        fc
          .tuple(tie('tree'), fc.constantFrom('+', '-', '.*'), tie('tree'))
          .map(([a, op, b]) => `(${a} ${op} ${b})`),
        tie('tree').map((a) => `(-${a})`),
        tie('tree').map((a) => `tanh(${a})`),
        tie('tree').map((a) => `sigmoid(${a}).^2`),
        tie('tree').map((a) => `(${a}).^2`),
      ),
    }));
    const shapes = { c: ['H'], f: ['H'], i: ['H'], cPrev: ['H'], cTilde: ['H'] };
    fc.assert(
      fc.property(tree, (text) => {
        const eq = equation('lstm.try', {
          says: 'a try',
          symbols: shapes,
          is: `c = f .* 0 + ${text}`,
        });
        for (const form of [toUnicode(eq), toTex(eq)]) {
          fc.pre(form.length <= 300);
          expect(compare(form, eq.is, eq.symbols), form).toEqual({ kind: 'same' });
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('symbols', () => {
  it('prints names and their gradients', () => {
    const shown = (name: string) => [symbolUnicode(name), symbolTex(name)];
    expect(shown('Wf')).toEqual(['W_f', 'W_f']);
    expect(shown('hPrev')).toEqual(['h₋', 'h_{t-1}']);
    expect(shown('dWf')).toEqual(['dW_f', 'dW_f']);
    expect(shown('dhPrev')).toEqual(['dh₋', 'dh_{t-1}']);
    expect(shown('cTilde')).toEqual(['c\u0303', '\\tilde{c}_t']);
    expect(shown('toString')).toEqual(['toString', 'toString']);
  });

  it('no two names print alike, and each is found by itself among all', () => {
    const all = [...symbols.keys()];
    expect(new Set(all.map(symbolUnicode)).size).toBe(all.length);
    for (const name of all) expect(namesMeant(name, all)).toEqual([name]);
  });

  it('within an equation no spelling means two names', () => {
    for (const eq of equations) {
      const declared = Object.keys(eq.symbols);
      for (const name of declared)
        for (const spelling of symbols.get(name)?.also ?? [])
          expect(namesMeant(spelling, declared).length, `${spelling} in ${eq.id}`).toBeLessThan(2);
    }
  });
});

it('docs/notation.md is what legend() prints', () => {
  const page = readFileSync(new URL('../../docs/notation.md', import.meta.url), 'utf8');
  expect(page).toBe(legend());
});
