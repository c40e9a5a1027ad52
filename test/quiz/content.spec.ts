/** The content is checked like code: every card can be asked, answered right, and answered wrong. */
import { describe, expect, it } from 'vitest';
import { equationById } from '../../src/notation/index.js';
import { toleranceOf, within } from '../../src/quiz/grading/number.js';
import {
  cardById,
  cards,
  generators,
  gradeAnswer,
  questionOf,
  topicOf,
  topics,
  type Card,
} from '../../src/quiz/index.js';
import { rightAnswer, wrongAnswers } from './answers.js';

const katas = ['rnn-step', 'rnn-bptt', 'lstm-step', 'gru-step'];
const seeds = Array.from({ length: 300 }, (_, k) => k * 14_316_557);
const generated = generators.flatMap((made) => seeds.slice(0, 5).map((seed) => made.card(seed)));
const all: readonly Card[] = [...cards, ...generated];
const each = all.map((card) => [card.id, card] as const);

describe('the set', () => {
  it('is large and mixed enough', () => {
    expect(cards.length).toBeGreaterThanOrEqual(30);
    expect(new Set(cards.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(6);
    expect(cards.filter(({ kind }) => kind === 'trap').length).toBeGreaterThanOrEqual(5);
    expect(generators.length).toBeGreaterThanOrEqual(4);
    expect(new Set(cards.map(({ topic }) => topic))).toEqual(new Set(topics));
  });

  it('has unique, well-formed ids that lead back to the card', () => {
    const ids = [...cards, ...generators].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(\.[A-Za-z]+(-[a-z]+)*)+$/);
    for (const card of cards) expect(cardById(card.id)).toBe(card);
    for (const { id, topic } of [...cards, ...generators]) expect(topicOf(id)).toBe(topic);
  });

  it('has the cards that katas link to', () => {
    for (const id of [
      ...['lstm.gates.which-erases', 'lstm.candidate.activation', 'lstm.hidden.tanh'],
      ...['lstm.gates.coupled', 'lstm.cell.carry', 'gru.z.convention', 'gru.reset.before'],
      ...['rnn.bptt.tanh-derivative', 'rnn.bptt.carry', 'rnn.bptt.transpose'],
      ...['rnn.bptt.sum-over-time', 'rnn.step.activation', 'rnn.step.recurrence'],
    ])
      expect(cardById(id)?.id).toBe(id);
  });

  it('does not give the right option away by its length', () => {
    const withOptions = cards.flatMap((card) =>
      card.kind === 'choice'
        ? [{ right: card.answer, wrong: card.wrong }]
        : card.kind === 'trap'
          ? [{ right: card.right, wrong: card.wrong }]
          : [],
    );
    const longest = withOptions.filter(({ right, wrong }) =>
      wrong.every(({ is }) => is.length < right.length),
    );
    expect(longest.length).toBeLessThan(withOptions.length / 2);
  });

  it('knows no card of a made-up id', () => {
    for (const id of ['', '#', 'x', 'lstm.parameters#1', 'lstm.parameters.generated#', '__proto__'])
      expect(cardById(id)).toBeUndefined();
    for (const seed of ['-1', '01', '1.5', '1e3', '4294967296', ' 1', '1#2', 'x'])
      expect(cardById(`lstm.parameters.generated#${seed}`)).toBeUndefined();
    expect(cardById('lstm.parameters.generated#4294967295')?.id).toBe(
      'lstm.parameters.generated#4294967295',
    );
  });
});

describe.each(each)('%s', (_, card) => {
  const question = questionOf(card, 11);

  it('links to what exists', () => {
    for (const id of card.equations ?? []) expect(equationById(id)?.id).toBe(id);
    for (const id of card.katas ?? []) expect(katas).toContain(id);
  });

  it('says what it has to, in sentences', () => {
    expect(card.ask).toMatch(/[.?:]$/);
    expect(card.explain).toMatch(/^[^\s].*\.$/s);
    if (card.hint !== undefined) expect(card.hint).toMatch(/[.?]$/);
    for (const { because } of wrongAnswers(card, question)) expect(because).toMatch(/^.{12,}\.$/s);
  });

  it('has enough wrong answers, all different', () => {
    const options = question.options ?? wrongAnswers(card, question).map(({ given }) => given);
    expect(new Set(options).size).toBe(options.length);
    if (card.kind === 'choice' || card.kind === 'trap') expect(card.wrong).toHaveLength(3);
    if (card.kind === 'number') expect(card.wrong.length).toBeGreaterThanOrEqual(2);
    for (const option of question.options ?? []) expect(option).not.toMatch(/^\d+$/);
  });

  it('accepts its right answer', () => {
    const grade = gradeAnswer(card, question, rightAnswer(card, question));
    expect(grade).toMatchObject({ correct: true, readable: true, explain: card.explain });
    expect(grade.answer).not.toBe('');
  });

  it('refuses every known wrong answer and says why', () => {
    for (const { given, because } of wrongAnswers(card, question)) {
      const grade = gradeAnswer(card, question, given);
      expect(grade, given).toMatchObject({ correct: false, readable: true });
      expect(grade.says).toContain(because);
    }
  });

  it('asks plain data that does not hold the answer', () => {
    expect(structuredClone(question)).toEqual(question);
    expect(JSON.parse(JSON.stringify(question))).toEqual(question);
    expect(Object.keys(question)).not.toContain('answer');
  });

  it('takes its model answer back', () => {
    const { answer } = gradeAnswer(card, question, rightAnswer(card, question));
    if (card.kind === 'number' || card.kind === 'several' || card.kind === 'order') return;
    expect(gradeAnswer(card, question, answer).correct).toBe(true);
  });
});

/** The numbers in a question's text, in order: `1,000` is not used in questions. */
const numbersIn = (ask: string): number[] => (ask.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);

/** Each generator's answer once more, from the question's text alone. */
const again: Readonly<Record<string, (ask: string) => number>> = {
  'gradients.clipping.generated': (ask) => {
    const [a = 0, b = 0, threshold = 0] = numbersIn(ask);
    return (a * threshold) / Math.sqrt(a * a + b * b);
  },
  'lstm.parameters.generated': (ask) => parametersIn(ask, 4),
  'lstm.step.generated': (ask) => {
    const [cPrev = 0, f = 0, i = 0, cTilde = 0] = numbersIn(ask);
    return f * cPrev + i * cTilde;
  },
  'lstm.forget-product.generated': (ask) => {
    const [f = 0, , T = 0] = numbersIn(ask);
    let product = 1;
    for (let t = 2; t <= T; t++) product *= f;
    return product;
  },
  'gru.parameters.generated': (ask) => parametersIn(ask, 3),
  'gru.step.generated': (ask) => {
    const [hPrev = 0, z = 0, hTilde = 0] = numbersIn(ask);
    return Number((hPrev + z * (hTilde - hPrev)).toFixed(12)); // 0.1 + 0.2 is not 0.3
  },
  'attention.kv-cache.generated': (ask) => {
    const [layers = 0, heads = 0, size = 0, batch = 0, tokens = 0, bits = 0] = numbersIn(
      ask.replace('key-value', 'key value'),
    );
    return batch * tokens * layers * heads * size * 2 * (bits / 8);
  },
  'systems.lstm-work.generated': (ask) => {
    const [D = 0, H = 0, T = 0] = numbersIn(ask);
    return T * 4 * (H * H + H * D);
  },
};

function parametersIn(ask: string, blocks: number): number {
  const [D = 0, H = 0] = numbersIn(ask.slice(ask.indexOf('D =')));
  const biases = ask.includes('no biases') ? 0 : ask.includes('two bias') ? 2 : 1;
  return blocks * H * (H + D + biases);
}

describe.each(generators.map((made) => [made.id, made] as const))('%s', (id, made) => {
  it(`gives the right answer for ${seeds.length} seeds, and distractors that differ`, () => {
    for (const seed of seeds) {
      const card = made.card(seed);
      expect(card.id).toBe(`${id}#${seed}`);
      expect(card).toMatchObject({ topic: made.topic, level: made.level });
      if (card.kind !== 'number') throw new Error('Every generator makes number cards so far.');
      const expected = again[id]!(card.ask);
      expect(Math.abs(card.answer() - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
      const values = [card.answer(), ...card.wrong.map(({ is }) => is())];
      expect(values.length).toBeGreaterThanOrEqual(3);
      for (const [k, a] of values.entries())
        for (const b of values.slice(k + 1)) {
          expect(within(a, b, toleranceOf(card)), `${card.ask} ${a} ${b}`).toBe(false);
          expect(within(b, a, toleranceOf(card))).toBe(false);
        }
    }
  });

  it('is the same card again from its id, and another from another seed', () => {
    for (const seed of seeds.slice(0, 50)) {
      const found = cardById(`${id}#${seed}`)!;
      expect(questionOf(found, 1)).toEqual(questionOf(made.card(seed), 1));
    }
    expect(new Set(seeds.map((seed) => made.card(seed).ask)).size).toBeGreaterThan(10);
  });
});
