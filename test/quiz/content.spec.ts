/** The content is checked like code: every card can be asked, answered right, and answered wrong. */
import { describe, expect, it } from 'vitest';
import { compare, equationById, equations, symbolUnicode } from '../../src/notation/index.js';
import { katas } from '../../katas/index.js';
import {
  cardById,
  cardKinds,
  cards,
  generators,
  gradeAnswer,
  interviewQuestions,
  questionOf,
  sourcesOf,
  topicOf,
  topics,
  type Card,
  type CardKind,
} from '../../src/quiz/index.js';
import { rightAnswer, wrongAnswers } from './answers.js';

const kataIds = katas.map(({ id }) => id);
const seeds = Array.from({ length: 300 }, (_, k) => k * 14_316_557);
const generated = generators.flatMap((made) => seeds.slice(0, 5).map((seed) => made.card(seed)));
const all: readonly Card[] = [...cards, ...generated];
const each = all.map((card) => [card.id, card] as const);

describe('the set', () => {
  it('is large and mixed enough', () => {
    const count = (kind: CardKind) => cards.filter((card) => card.kind === kind).length;
    expect(cards.length).toBeGreaterThanOrEqual(160);
    for (const kind of cardKinds) expect(count(kind), kind).toBeGreaterThanOrEqual(8);
    expect(count('trap')).toBeGreaterThanOrEqual(25);
    expect(count('equation')).toBeGreaterThanOrEqual(25);
    expect(generators.length).toBeGreaterThanOrEqual(30);
    for (const topic of topics)
      expect(cards.filter((card) => card.topic === topic).length, topic).toBeGreaterThanOrEqual(12);
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
    // How many of the three wrong options are longer than the right one.
    const rank = [0, 0, 0, 0];
    for (const { right, wrong } of withOptions)
      rank[wrong.filter(({ is }) => is.length > right.length).length]!++;
    for (const share of rank.map((count) => count / withOptions.length)) {
      expect(share).toBeGreaterThan(0.12);
      expect(share).toBeLessThan(0.4);
    }
  });

  it('asks nothing twice', () => {
    const wordsOf = (card: Card): Set<string> =>
      new Set(
        `${card.ask} ${card.kind === 'trap' ? card.claim : ''}`.toLowerCase().match(/[\p{L}_]+/gu),
      );
    const words = cards.map(wordsOf);
    const alike = cards.flatMap((card, k) =>
      cards.slice(0, k).flatMap((other, m) => {
        const common = [...words[k]!].filter((word) => words[m]!.has(word)).length;
        const share = common / (words[k]!.size + words[m]!.size - common);
        return share > 0.9 ? [`${card.id} asks what ${other.id} asks`] : [];
      }),
    );
    expect(alike).toEqual([]);
    const explanations = cards.map(({ explain }) => explain);
    expect(new Set(explanations).size).toBe(explanations.length);
  });

  it('writes weights and their gradients as the equations print them: W_hh, not Whh', () => {
    /** Names in code that are printed with an underscore, where they are no English words. */
    const namesIn = (text: string): string[] =>
      (text.match(/(?<![\w.])[A-Za-z]+(?![\w.])/g) ?? []).filter(
        (word) => symbolUnicode(word).includes('_') && !['by', 'Why', 'pi', 'ah'].includes(word),
      );
    expect(namesIn('daf = Whhᵀ da; 2·Wf, why not by h')).toEqual(['daf', 'Whh', 'Wf']);
    const asked = interviewQuestions.flatMap((one) => [one.explain, ...sourcesOf(one)]);
    const shown = [...all, ...asked.filter((one) => typeof one !== 'string')].map((card) => {
      const question = questionOf(card, 1);
      const { answer, explain } = gradeAnswer(card, question, rightAnswer(card, question));
      const because = wrongAnswers(card, question).map((one) => one.because);
      const points = card.kind === 'free' ? card.rubric.map(({ point }) => point) : [];
      const { ask, options = [], hint = '' } = question;
      return [card.id, [ask, ...options, hint, answer, explain, ...because, ...points]] as const;
    });
    expect(
      shown.flatMap(([id, texts]) => texts.flatMap(namesIn).map((name) => `${id}: ${name}`)),
    ).toEqual([]);
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
    for (const id of card.katas ?? []) expect(kataIds).toContain(id);
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

/** Answers that do not stand in the catalogue, once more in another form and by another way. */
const otherForms: Readonly<Record<string, string>> = {
  'gradients.jacobian.step': "(Whh' * diag((1 - h) .* (1 + h)))'",
  'gradients.sigmoid-derivative': 'df .* (0.25 - (f - 0.5).^2)',
  'gradients.central-difference': 'lossPlus / (2 * eps) - 0.5 * lossMinus / eps',
  'training.adam.correction': 'm * (1 - beta) / ((1 - beta) * (1 - beta^t))',
  'training.clipping.formula': '(g / norm) * maxNorm',
  'training.log-sum-exp': '-(s - top) + log(sum)',
  'training.softmax-gradient': '-(target - p)',
  'training.mse-gradient': '((y - target) + (y - target)) / n',
  'sequences.bidirectional.input': 'dxBackward + dxForward',
  'sequences.additive.score': "tanh(ba + Ua * h + Wa * s)' * va",
  'attention.scores': "(K * Q')' / dk^0.5",
  'attention.backward.values': "(dO' * P)'",
  'attention.backward.softmax': "(diag(p) - p * p') * dp",
  'attention.online.rescale': '(l * exp(m) + exp(s)) / exp(mNew)',
  'systems.lstm.flops': '2 * (4 * H * H + 4 * H * D)',
  'systems.attention.work': 'T * T * d + T * T * d',
  'systems.scan.combine': 'f2 .* (f1 .* b1) ./ f1 + b2',
  'lstm.exponential.stabiliser': 'exp(af) .* exp(mPrev) ./ exp(m)',
  'systems.delta.update': "(I - beta * k * k') * SPrev + beta * k * v'",
  'systems.chunks.work': '(T / C) * (C^2 * d + C^2 * d + C * d^2 + C * d^2)',
  'systems.mamba.gate': 'exp(-log(1 + exp(a))) .* hPrev + (1 - exp(-log(1 + exp(a)))) .* x',
};

describe('equations that are written in the card', () => {
  const own = cards.filter(
    (card) => card.kind === 'equation' && !equations.some(({ is }) => is === card.answer),
  );
  it('are all known here', () =>
    expect(own.map(({ id }) => id).sort()).toEqual(Object.keys(otherForms).sort()));
  it.each(own.map((card) => [card.id, card] as const))(
    '%s agrees with its other form',
    (id, card) => {
      if (card.kind !== 'equation') return;
      expect(compare(otherForms[id]!, card.answer, card.symbols, 1, card.where)).toEqual({
        kind: 'same',
      });
    },
  );
  it('agree with the catalogue where it has them under other names', () => {
    const twins: readonly [card: string, equation: string, names: Record<string, string>][] = [
      ['attention.backward.softmax', 'attention.backward.scores', { ds: 'de', dp: 'dw', p: 'w' }],
      ['training.mse-gradient', 'training.backward.mean-squared-error', { n: 'O' }],
      ['training.clipping.formula', 'training.clip', { g: 'dtheta' }],
      ['training.adam.correction', 'training.adam-first-corrected', { beta: 'beta1', t: 'N' }],
    ];
    for (const [id, equation, names] of twins) {
      const asked = cardById(id)!;
      const eq = equationById(equation)!;
      if (asked.kind !== 'equation') throw new Error(`${id} is no equation card.`);
      const renamed = asked.answer.replace(/[A-Za-z]\w*/g, (name) => names[name] ?? name);
      expect(compare(renamed, eq.is, eq.symbols), id).toEqual({ kind: 'same' });
    }
  });
});
