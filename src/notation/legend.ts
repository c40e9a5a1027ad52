/**
 * The one-page legend in Markdown, docs/notation.md: printed from the symbol table and the equations,
 * never written by hand. A test compares the page with what this prints.
 */
import { equations } from './catalogue.js';
import type { Subject } from './equation.js';
import { toUnicode } from './print.js';
import { symbolRow } from './symbols.js';

const titles: Readonly<Record<Subject, string>> = {
  rnn: 'Elman network',
  lstm: 'LSTM',
  gru: 'GRU',
  'lstm-peephole': 'LSTM with peepholes, all gates',
  'lstm-peephole-forget': 'LSTM with peepholes, forget gate only',
  'lstm-coupled': 'LSTM with coupled input and forget gates',
  'gru-reset-after': 'GRU, reset after the product (cuDNN, PyTorch)',
  bidirectional: 'Bidirectional layer',
  attention: 'Attention',
  training: 'Training',
};

const opening = `# Notation

Written by \`legend()\` from \`src/notation\`; a test keeps this page and the code the same.

## Sizes

- \`B\` sequences in the batch, \`T\` time steps, \`D\` input size, \`H\` hidden size, \`O\` output size.
- Sequences are time-major: x (T, B, D), h (T, B, H). The equations below are for one step of one sequence.
- In attention, for one query: \`T\` keys, \`D\` columns of query and key, \`H\` of values; \`S\` columns of the decoder's state, \`A\` attention size. In multi-head attention \`D\`, \`H\` and \`O\` are the sizes of x, of the heads together and of the output, and W_out and b_out what the engine calls Wo and bo. Cards and katas have \`T\` queries and \`S\` keys, K = d_k, V = d_v, N heads, scores S and weights P. In training, θ has \`P\` entries.

## Conventions

- h₋ and c₋ are the states of the step before, \`hPrev\` and \`cPrev\` in code.
- [h₋, x] is one vector (H+D), h₋ first. So a gate's W is (H, H+D): columns 1 to H meet h₋, the rest meet x.
- The order of the gates is f, i, c, o everywhere; in the GRU z, r, h.
- The GRU's z weighs the new candidate, and r acts on h₋ before the product. PyTorch does both the other way: z weighs the old state, r acts after the product.
- One bias vector per block. PyTorch has two; they add up to one, except in the GRU's candidate, where one stands inside r.
- σ is the logistic function, ⊙ multiplies element by element, two things side by side are a matrix product, ᵀ transposes. v[:H] is the part of h in an (H+D) vector, v[H:] the part of x, both as slices in code; in formulas, which count from 1, v with the index 1:H or H+1:H+D.
- d before a name is the gradient of the loss in it: dW_f, dh₋. da_f is the gradient in the gate's pre-activation, so f = σ(a_f).
- Backward equations give one step's part; the parts of weights and biases add up over steps and sequences.
- In code \`*\` is the matrix product, \`.*\` element by element, \`'\` transposes and \`[a; b]\` stands a above b (mathjs syntax).
`;

/** The page, ending in a newline. */
export function legend(): string {
  const shapes = new Map(equations.flatMap((eq) => Object.entries(eq.symbols)));
  const symbols = [...shapes].map(([name, shape]) => {
    const row = symbolRow(name)!;
    const size = shape.length === 0 ? 'number' : `(${shape.join(', ')})`;
    return `| \`${name}\` | ${row.unicode} | ${size} | ${row.says} |`;
  });
  const lists = (Object.keys(titles) as Subject[]).map((cell) => {
    const lines = equations
      .filter((eq) => eq.cell === cell)
      .map((eq) => `| \`${eq.id}\` | ${toUnicode(eq)} | ${eq.says} |`);
    return [`## ${titles[cell]}\n`, '| id | equation | says |', '| --- | --- | --- |', ...lines];
  });
  return [
    opening,
    ...lists.flatMap((list) => [...list, '']),
    '## Names\n',
    '| in code | printed | shape | what |',
    '| --- | --- | --- | --- |',
    ...symbols,
    '',
  ].join('\n');
}
