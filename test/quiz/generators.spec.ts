/** Generators: their answers once more from the question's text alone, and distractors that differ. */
import { describe, expect, it } from 'vitest';
import { toleranceOf, within } from '../../src/quiz/grading/number.js';
import { shapeOf } from '../../src/quiz/grading/shape.js';
import { cardById, generators, gradeAnswer, questionOf, type Card } from '../../src/quiz/index.js';
import { rightAnswer, wrongAnswers } from './answers.js';

/** 0, the largest, and what lies between, in large steps. */
const seeds = Array.from({ length: 1000 }, (_, k) => Math.floor((k * (2 ** 32 - 1)) / 999));

/** The numbers in a question's text, in order: `1,000` is not used in questions. */
const numbersIn = (ask: string): number[] => (ask.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

const sigma = (a: number): number => 1 / (1 + Math.exp(-a));
const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0);
const product = (of: readonly number[]): number => of.reduce((a, b) => a * b, 1);
const blocksIn = (ask: string): number => (ask.includes('LSTM') ? 4 : ask.includes('GRU') ? 3 : 1);

function parametersIn(ask: string): number {
  const [D = 0, H = 0] = numbersIn(ask.slice(ask.indexOf('D =')));
  const biases = ask.includes('no biases') ? 0 : ask.includes('two bias') ? 2 : 1;
  return blocksIn(ask) * H * (H + D + biases);
}

/** One layer's parameters, one bias per block, written out gate by gate. */
function layer(blocks: number, D: number, H: number): number {
  let count = 0;
  for (let block = 0; block < blocks; block++)
    for (let unit = 0; unit < H; unit++) count += H + D + 1;
  return count;
}

/** Each generator's answer from the numbers in the question's text, as they come. */
const again: Readonly<Record<string, (numbers: number[], ask: string) => number>> = {
  'rnn.parameters.generated': (_, ask) => parametersIn(ask),
  'rnn.step.generated': ([Whh, hPrev, Wxh, x, bh]) => {
    const e = Math.exp(2 * (Whh! * hPrev! + Wxh! * x! + bh!));
    return (e - 1) / (e + 1);
  },
  'gradients.bound.generated': ([norm, T]) => {
    let bound = 1;
    for (let t = 2; t <= T!; t++) bound *= norm!;
    return bound;
  },
  'gradients.jacobian.generated': ([w, , second, third]) =>
    w! ** 2 * (1 - second! ** 2) * (1 - third! ** 2),
  'gradients.step-back.generated': ([h, Whh, dh]) => Whh! * (1 - h! ** 2) * dh!,
  'gradients.truncation.generated': ([k, , t]) => {
    let start = 1;
    while (start + k! <= t!) start += k!;
    return t! - start;
  },
  'gradients.difference.generated': ([w, eps]) => 3 * w! ** 2 + eps! ** 2,
  'gradients.clipping.generated': ([a, b, threshold]) =>
    (a! * threshold!) / Math.sqrt(a! * a! + b! * b!),
  'training.moment.generated': ([, beta, first, second]) => {
    let [m, weight] = [0, 0];
    for (const g of [first!, second!]) {
      m += (1 - beta!) * (g - m);
      weight += (1 - beta!) * (1 - weight);
    }
    return m / weight;
  },
  'training.cross-entropy.generated': ([right, other]) => Math.log1p(Math.exp(other! - right!)),
  'training.masked-mean.generated': (numbers) => {
    const length = numbers.at(-1)!;
    return sum(numbers.slice(0, length)) / length;
  },
  'training.padding.generated': (lengths) => {
    const longest = Math.max(...lengths);
    return sum(lengths.map((n) => longest - n)) / (3 * longest);
  },
  'sequences.beam-score.generated': (p) => Math.log(product(p)) / p.length,
  'training.perplexity.generated': (p) => product(p) ** (-1 / p.length),
  'applications.frames.generated': (_, ask) =>
    // The shortest alignment: a blank between equal neighbours.
    /«(.+)»/.exec(ask)![1]!.replace(/(.)(?=\1)/g, '$1_').length,
  'applications.lookahead.generated': ([layers, frames, ms]) => {
    let waits = 0;
    for (let layer = 1; layer <= layers!; layer++) waits += frames! * ms!;
    return waits;
  },
  'training.clipped-step.generated': ([w, g, lr, maxNorm]) =>
    w! - lr! * (g! > maxNorm! ? maxNorm! : g!),
  'applications.temperature.generated': ([gap, temperature]) => {
    const [first, second] = [Math.exp(gap! / temperature!), Math.exp(0)];
    return first / (first + second) / (second / (first + second));
  },
  'lstm.parameters.generated': (_, ask) => parametersIn(ask),
  'lstm.step.generated': ([cPrev, f, i, cTilde]) => f! * cPrev! + i! * cTilde!,
  'lstm.forget-product.generated': ([f, , T]) => {
    let product = 1;
    for (let t = 2; t <= T!; t++) product *= f!;
    return product;
  },
  'lstm.gate.generated': ([wh, wx, hPrev, x, bf]) => sigma(wh! * hPrev! + wx! * x! + bf!),
  'lstm.hidden.generated': ([c, o]) => o! * (2 * sigma(2 * c!) - 1),
  'lstm.step-back.generated': ([f, o, c, dh, dcNext]) =>
    f! * (dcNext! + (dh! * o!) / Math.cosh(c!) ** 2),
  'lstm.gate-product.generated': ([, second, third, fourth]) => second! * third! * fourth!,
  'gru.parameters.generated': (_, ask) => parametersIn(ask),
  'gru.step.generated': ([hPrev, z, hTilde]) =>
    Number((hPrev! + z! * (hTilde! - hPrev!)).toFixed(12)), // 0.1 + 0.2 is not 0.3
  'gru.candidate.generated': ([wh, wx, r, hPrev, x]) =>
    2 * sigma(2 * (wh! * r! * hPrev! + wx! * x!)) - 1,
  'gru.step-back.generated': ([hPrev, z, hTilde, dh]) =>
    dh! * (z! - z! ** 2) * hTilde! - dh! * (z! - z! ** 2) * hPrev!,
  'sequences.stacked.generated': ([L, D, H], ask) => {
    let [count, input] = [0, D!];
    for (let l = 0; l < L!; l++, input = H!) count += layer(blocksIn(ask), input, H!);
    return count;
  },
  'sequences.bidirectional.generated': ([H], ask) =>
    layer(blocksIn(ask), H! + H!, H!) + layer(blocksIn(ask), H! + H!, H!),
  'sequences.alignment.generated': ([, n, t]) => {
    let seen = 0;
    for (let step = n!; step >= t!; step--) seen++;
    return seen;
  },
  'sequences.wavefront.generated': ([L, T]) => {
    // The round in which each cell of the grid can run, once its two neighbours have.
    const round = Array.from({ length: L! }, () => new Array<number>(T!).fill(0));
    for (let l = 0; l < L!; l++)
      for (let t = 0; t < T!; t++)
        round[l]![t] = 1 + Math.max(round[l - 1]?.[t] ?? 0, round[l]![t - 1] ?? 0);
    return round.at(-1)!.at(-1)!;
  },
  'attention.kv-cache.generated': (_, ask) => {
    const [layers, heads, size, batch, tokens, bits] = numbersIn(
      ask.replace('key-value', 'key value'),
    );
    return batch! * tokens! * layers! * heads! * size! * 2 * (bits! / 8);
  },
  'attention.softmax.generated': ([a, b, c], ask) => {
    const at = [a!, b!, c!][['first', 'second', 'third'].findIndex((one) => ask.includes(one))]!;
    return 1 / sum([a!, b!, c!].map((other) => Math.exp(other - at)));
  },
  'attention.causal-pairs.generated': ([T, heads]) => {
    let pairs = 0;
    for (let query = 0; query < T!; query++)
      for (let key = 0; key < T!; key++) if (key <= query) pairs++;
    return heads! * pairs;
  },
  'attention.online.generated': ([m, , l, s]) => (l! * Math.exp(m!) + Math.exp(s!)) / Math.exp(s!),
  'attention.weights-bytes.generated': ([B, heads, T, bytes]) => bytes! * T! ** 2 * B! * heads!,
  'attention.projections.generated': ([D]) => 4 * D! * (D! + 1),
  'attention.score.generated': ([a, b, c, d, e, f, g, h]) =>
    (a! * e! + b! * f! + c! * g! + d! * h!) / 2,
  'systems.lstm-work.generated': ([D, H, T]) => T! * 4 * (H! * H! + H! * D!),
  'systems.operations.generated': ([D, H], ask) => {
    const [products, adds] = [H! * (H! + D!), H! * (H! + D!)];
    return blocksIn(ask) * (products + adds);
  },
  'systems.checkpoint.generated': ([T, s]) => {
    let kept = 0;
    for (let t = 0; t < T!; t += s!) kept++;
    return kept + s!;
  },
  'systems.memory-mode.generated': ([T, B, H, , k], ask) => {
    const steps = ask.includes('streaming') ? 1 : ask.includes('truncated') ? k! : T!;
    return steps * B! * H! * 8;
  },
  'systems.delta.generated': ([, first, second, , cosine]) => {
    // Keys p = (1, 0) and q = (cos, sin); the memory is a row of two numbers.
    const q = [cosine!, Math.sqrt(1 - cosine! ** 2)] as const;
    const S = [first!, 0] as const;
    const error = second! - (S[0] * q[0] + S[1] * q[1]);
    return S[0] + error * q[0];
  },
  'attention.sinks.generated': ([percent]) => 100 / (100 - percent!),
  'systems.prefix.generated': ([page, prompt, requests, own]) => {
    let used = 0;
    for (let t = 0; t < prompt!; t += page!) used++;
    for (let r = 0; r < requests!; r++) for (let t = 0; t < own!; t += page!) used++;
    return used;
  },
  'systems.speculative.generated': ([a, b, c, d, e, f]) =>
    // Each |p - q| counts twice what is drafted too often.
    1 - (Math.abs(a! - d!) + Math.abs(b! - e!) + Math.abs(c! - f!)) / 2,
  'systems.tape.generated': ([T, B, H]) => sum(Array.from('fi~och', () => T! * B! * H!)),
};

/** The shape that the words of a question ask for. */
function shapeIn(ask: string): string[] {
  const width = ask.includes('both directions') ? '2H' : 'H';
  if (ask.includes('after the last step')) return ['B', width];
  return [...(ask.includes('time-major') ? ['T', 'B'] : ['B', 'T']), width];
}

/** What is wrong with a card's distractors or its answer; empty: nothing. */
function faults(card: Card): string[] {
  if (card.kind === 'shape') {
    const shapes = [card.answer, ...(card.wrong ?? []).map(({ is }) => is)].map((shape) =>
      String(shapeOf(`[${shape.join(', ')}]`)),
    );
    return [
      ...(shapes[0] === String(shapeOf(shapeIn(card.ask).join(', '))) ? [] : ['answer']),
      ...(new Set(shapes).size === shapes.length && shapes.length >= 3 ? [] : ['alike']),
    ];
  }
  if (card.kind !== 'number') return [`no test for a ${card.kind}`];
  const made = card.id.split('#')[0]!;
  const expected = again[made]!(numbersIn(card.ask), card.ask);
  const answer = card.answer();
  const values = [answer, ...card.wrong.map(({ is }) => is())];
  const tolerance = toleranceOf(card);
  const alike = values.flatMap((a, k) =>
    values.filter((b, m) => m !== k && within(a, b, tolerance)).map((b) => `${a} is like ${b}`),
  );
  return [
    ...(Math.abs(answer - expected) <= 1e-9 * Math.abs(expected)
      ? []
      : [`${answer} should be ${expected}`]),
    ...(values.length >= 3 ? [] : ['too few distractors']),
    ...(values.every(Number.isFinite) ? [] : ['not finite']),
    ...alike,
  ];
}

describe.each(generators.map((made) => [made.id, made] as const))('%s', (id, made) => {
  it(`gives the right answer for ${seeds.length} seeds, and distractors that differ`, () => {
    const wrong = seeds.flatMap((seed) => {
      const card = made.card(seed);
      const kept = card.id === `${id}#${seed}` && card.topic === made.topic;
      return [...(kept ? [] : ['id or topic']), ...faults(card)].map(
        (fault) => `${seed}: ${fault} (${card.ask})`,
      );
    });
    expect(wrong).toEqual([]);
  });

  it('grades its right answer as right and each wrong one as wrong, with its reason', () => {
    for (const seed of seeds.filter((_, k) => k % 100 === 0)) {
      const card = made.card(seed);
      const question = questionOf(card, seed);
      expect(gradeAnswer(card, question, rightAnswer(card, question)).correct, card.ask).toBe(true);
      for (const { given, because } of wrongAnswers(card, question))
        expect(gradeAnswer(card, question, given)).toMatchObject({ correct: false, says: because });
    }
  });

  it('is the same card again from its id, and another from another seed', () => {
    for (const seed of seeds.filter((_, k) => k % 20 === 0))
      expect(questionOf(cardById(`${id}#${seed}`)!, 1)).toEqual(questionOf(made.card(seed), 1));
    const asks = new Set(seeds.map((seed) => made.card(seed).ask));
    expect(asks.size).toBeGreaterThan(10);
  });
});

it('every generator is recomputed here, and nothing else is', () => {
  const numbers = generators.filter((made) => made.card(0).kind === 'number');
  expect(Object.keys(again).sort()).toEqual(numbers.map(({ id }) => id).sort());
  expect(generators.length).toBeGreaterThanOrEqual(30);
});
