/** A learner's own cards: the sample works like our cards, and every flaw is named with its line. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { katas } from '../../katas/index.js';
import {
  cardKinds,
  deckOf,
  deckWith,
  gradeAnswer,
  ourDeck,
  questionOf,
  schedule,
  startSession,
  step,
  type Card,
} from '../../src/quiz/index.js';
import { flawLine, readOwnCards } from '../../src/quiz/own/own-cards.js';
import { rightAnswer, wrongAnswers } from './answers.js';

const sample = readFileSync(new URL('../../docs/own-cards.yaml', import.meta.url), 'utf8');
const own = readOwnCards([{ file: 'own-cards.yaml', text: sample }]);
const flawsOf = (text: string): string[] =>
  readOwnCards([{ file: 'a.yaml', text }]).flaws.map(flawLine);
const now = '2026-11-22T18:00:00.000Z';

describe('the sample in docs', () => {
  it('is what docs/own-cards.md shows of it, and its tables name every kind and field', () => {
    const page = readFileSync(new URL('../../docs/own-cards.md', import.meta.url), 'utf8');
    const snippets = [...page.matchAll(/^```yaml.*\n([\s\S]*?)^```$/gm)].map(([, text]) => text!);
    expect(snippets).toHaveLength(1);
    for (const snippet of snippets) expect(sample).toContain(snippet);
    const fields = [...sample.matchAll(/^[ -] (?:- )?([a-z]+):/gm)].map(([, name]) => name!);
    for (const name of [...cardKinds, ...fields]) expect(page).toContain(`\`${name}\``);
  });

  it('has a card of every kind, without a flaw', () => {
    expect(own.flaws).toEqual([]);
    expect(own.cards.map(({ kind }) => kind)).toEqual(cardKinds);
    for (const { id } of own.cards) expect(id).toMatch(/^my\./);
    const links = own.cards.flatMap((card) => card.katas ?? []);
    for (const id of links) expect(katas.map((kata) => kata.id)).toContain(id);
  });

  it.each(own.cards.map((card) => [card.id, card] as const))('%s is graded', (_, card: Card) => {
    const question = questionOf(card, 3);
    expect(gradeAnswer(card, question, rightAnswer(card, question)).correct).toBe(true);
    for (const { given, because } of wrongAnswers(card, question)) {
      const grade = gradeAnswer(card, question, given);
      expect(grade).toMatchObject({ correct: false, readable: true });
      expect(grade.says).toContain(because);
    }
  });

  it('is asked and scheduled like ours', () => {
    const deck = deckOf(own.cards, []);
    let state = startSession({ seed: 1, count: 20, states: new Map(), now, deck });
    expect(state.questions.map(({ id }) => id).sort()).toEqual(
      own.cards.map(({ id }) => id).sort(),
    );
    const events = [];
    while (state.phase !== 'done') {
      const question = state.questions[state.index]!;
      const given = rightAnswer(deck.cardById(question.id)!, question);
      const answered = step(state, { type: 'answer', given, final: true }, now, deck);
      events.push(...answered.events);
      state = step(answered.state, { type: 'next' }, now, deck).state;
    }
    expect([...schedule(events).keys()].sort()).toEqual(own.cards.map(({ id }) => id).sort());
    for (const { due } of schedule(events).values()) expect(due > now).toBe(true);
  });

  it('stands beside our cards, and takes the place of none', () => {
    const deck = deckWith(own.cards);
    expect(deck.cards).toHaveLength(ourDeck.cards.length + own.cards.length);
    for (const { id } of ourDeck.cards) expect(deck.cardById(id)).toBe(ourDeck.cardById(id));
    expect(deck.topicOf('my.myself')).toBe('own');
  });
});

describe('a number', () => {
  const answerOf = (answer: string, ...more: string[]): number | undefined => {
    const lines = ['- kind: number', '  id: one', '  ask: What?', '  explain: That.', ...more];
    const text = [...lines, `  answer: ${answer}`].join('\n');
    const [one] = readOwnCards([{ file: 'a.yaml', text }]).cards;
    return one?.kind === 'number' ? one.answer() : undefined;
  };

  it.each([
    ['2^10', 1024],
    ['2 ** 10', 1024],
    ['4 × 64', 256],
    ['√2', Math.SQRT2],
    ['ln 2', Math.LN2],
    ['exp(-1)', 1 / Math.E],
    ['4 * 1e6', 4e6],
    ['σ(0)^3', 0.125],
    ['-(3 - 5)', 2],
  ])('may be arithmetic, as in an answer: %s', (answer, value) => {
    expect(answerOf(answer)).toBeCloseTo(value, 12);
  });

  it('is what the arithmetic of anybody else comes to', () => {
    const whole = fc.integer({ min: 1, max: 5000 });
    fc.assert(
      fc.property(whole, whole, whole, fc.integer({ min: 0, max: 12 }), (a, b, c, n) => {
        expect(answerOf(`${a} * (${b} + ${c}) - 2^${n}`)).toBe(a * (b + c) - 2 ** n);
        expect(answerOf(`${a} / ${b}`)).toBeCloseTo(a / b, 9);
      }),
    );
    expect(answerOf('8 MiB', '  unit: bytes')).toBe(2 ** 23);
    for (const text of ['2^', 'x + 1', '[1, 2]', 'max(1, 2)', '1/0', '2 == 2'])
      expect(answerOf(text), text).toBeUndefined();
  });
});

const card = (...lines: string[]): string =>
  ['- kind: choice', '  id: one', '  ask: What?', '  explain: That.', ...lines].join('\n');
const choice = ['  answer: a', '  wrong: [b]'];

describe('a flaw is named with its line', () => {
  it.each([
    [card(), 'a.yaml:1: this card has no answer.'],
    [card('  answer: a'), 'a.yaml:1: this card has no wrong.'],
    [card('  answer: a', '  wrong: []'), 'a.yaml:6: wrong needs at least 1 in its list.'],
    [card('  answer: a', '  wrong: [b, b]'), 'a.yaml:6: wrong has «b» twice.'],
    [card('  answer: a', '  wrong: [b, a]'), 'a.yaml:6: wrong has «a» twice.'],
    [card('  answer: a', '  wrong:', '    - b', '    - is: c', '      why: d'), /^a\.yaml:9: wrong\[2\]\.why is no field here; there are is, because\.$/],
    [card('  answer: a', '  wrong:', '    - because: d'), 'a.yaml:7: wrong[1] has no is.'],
    [card('  answer: [a]', '  wrong: [b]'), 'a.yaml:5: answer needs a text, got a list.'],
    [card('  answer:', '  wrong: [b]'), 'a.yaml:5: answer needs a text, got nothing.'],
    [card('  answer: "a\\x1b[2J"', '  wrong: [b]'), 'a.yaml:5: answer has a control character in it.'],
    [card('  answer: "a\\u202eb"', '  wrong: [b]'), 'a.yaml:5: answer has a control character in it.'],
    [card('  answer: " "', '  wrong: [b]'), 'a.yaml:5: answer is empty.'],
    [card(`  answer: ${'x'.repeat(5001)}`, '  wrong: [b]'), 'a.yaml:5: answer has 5001 characters; 5000 is the most.'],
    [card(...choice, '  level: 4'), 'a.yaml:7: level is «4»; it can be 1, 2, 3.'],
    [card(...choice, '  topic: lsmt'), /^a\.yaml:7: topic is «lsmt»; it can be rnn, .*, own\.$/],
    [card(...choice, '  equations: [lstm.nothing]'), /^a\.yaml:7: equations\[1\] is «lstm\.nothing»; it can be .*…\.$/],
    [card(...choice, '  colour: red'), /^a\.yaml:7: colour is no field here; there are kind, id, .*, wrong\.$/],
    [card(...choice, '  unit: bytes'), /^a\.yaml:7: unit is no field here/],
    [card(...choice).replace('id: one', 'id: My Card'), /^a\.yaml:2: id needs words in lower case/],
    [card(...choice).replace('id: one', 'id: one#2'), /^a\.yaml:2: id needs words in lower case/],
    [card(...choice).replace('choice', 'riddle'), /^a\.yaml:1: kind is «riddle»; it can be choice, .*, free\.$/],
    [card('  answer: &x a', '  wrong: [*x]'), 'a.yaml:6: wrong[1] needs a text, got an alias (*…), which is not read here.'],
    ['- just a text', 'a.yaml:1: this card has no kind.'],
    ['kind: choice', 'a.yaml:1: the file needs a list, got a group of fields.'],
    ['', 'a.yaml:1: the file needs a list, got nothing.'],
    ['- kind: choice\n  id: [', /^a\.yaml:2: this is not YAML \(.+\)\.$/],
    ['- a: 1\n  a: 2', /^a\.yaml:2: this is not YAML \(.*unique.*\)\.$/],
    ['[1]\n---\n[2]', /^a\.yaml:\d: this is not YAML \(.*document.*\)\.$/],
  ] as const)('%j', (text, flaw) => {
    const flaws = flawsOf(text);
    expect(flaws).toHaveLength(1);
    if (typeof flaw === 'string') expect(flaws[0]).toBe(flaw);
    else expect(flaws[0]).toMatch(flaw);
  }); // prettier-ignore

  const of = (kind: string, ...lines: string[]): string =>
    [`- kind: ${kind}`, '  id: one', '  ask: What?', '  explain: That.', ...lines].join('\n');

  it.each([
    [of('number', '  answer: many'), 'a.yaml:5: answer needs a number, like 394240, or arithmetic that gives one, like 4 * 64.'],
    [of('number', '  answer: 1 / 0'), /^a\.yaml:5: answer needs a number/],
    [of('number', '  answer: process.exit(1)'), /^a\.yaml:5: answer needs a number/],
    [of('number', '  answer: 3 GiB'), /^a\.yaml:5: answer cannot be read: «GiB» is not a unit here\.$/],
    [of('number', '  answer: 3', '  tolerance: 2'), /^a\.yaml:6: tolerance is a share/],
    [of('number', '  answer: 3', '  tolerance: little'), 'a.yaml:6: tolerance needs a number, got «little».'],
    [of('several', '  options: [a, b]'), /^a\.yaml:5: options\[1\] needs fields like «is: …», got «a»\.$/],
    [of('several', '  options: [{is: a, right: yes}, {is: b, right: no}]'), 'a.yaml:5: options[1].right needs true or false, got «yes».'],
    [of('equation', '  answer: f .* g'), 'a.yaml:1: this card has no symbols.'],
    [of('equation', '  answer: f .* g', '  symbols: {f: [H]}'), /^a\.yaml:5: answer does not read as a formula: g /],
    [of('equation', '  answer: f .* ', '  symbols: {f: [H]}'), /^a\.yaml:5: answer does not read as a formula: /],
    [of('equation', '  answer: f + W', '  symbols: {f: [H], W: [H, D]}'), /^a\.yaml:5: answer does not read as a formula: /],
    [of('equation', '  answer: process.exit(1)', '  symbols: {f: [H]}'), /^a\.yaml:5: answer does not read as a formula: /],
    [of('equation', '  answer: f', '  symbols: {f: [H], __proto__: [H]}'), /^a\.yaml:6: symbols\.__proto__ is not a name/],
    [of('equation', '  answer: f', '  symbols: {f: [what]}'), /^a\.yaml:5: answer does not read as a formula: f /],
    [of('shape', '  answer: [what]'), 'a.yaml:5: answer is not a shape in letters, like [H, H+D].'],
    [of('order', '  items: [a]'), 'a.yaml:5: items needs at least 2 in its list.'],
    [of('order', '  items: [a, b, a]'), 'a.yaml:5: items has «a» twice.'],
    [of('trap', '  claim: c', '  right: a', '  wrong: [a]'), 'a.yaml:7: wrong has «a» twice.'],
    [of('free', '  model: m', '  rubric: [{point: p, words: [w]}]', '  enough: 2'), 'a.yaml:7: enough is a whole number from 1 to 1.'],
    [of('free', '  model: m', '  rubric: [{point: p}]'), 'a.yaml:6: rubric[1] has no words.'],
  ] as const)('%j', (text, flaw) => {
    const flaws = flawsOf(text);
    expect(flaws).toHaveLength(1);
    if (typeof flaw === 'string') expect(flaws[0]).toBe(flaw);
    else expect(flaws[0]).toMatch(flaw);
  }); // prettier-ignore

  it('and the cards around it count; an id is taken once, in all files', () => {
    const good = card(...choice);
    const files = [
      {
        file: 'a.yaml',
        text: `${good}\n- kind: choice\n${card(...choice).replace('id: one', 'id: two')}`,
      },
      { file: 'b.yaml', text: good },
    ];
    const { cards, flaws } = readOwnCards(files);
    expect(cards.map(({ id }) => id)).toEqual(['my.one', 'my.two']);
    expect(flaws.map(flawLine)).toEqual([
      expect.stringMatching(/^a\.yaml:7: this card has no /),
      'b.yaml:2: id is taken by the card at a.yaml:1.',
    ]);
  });

  it('also in a file that nests too deeply, or with a million aliases', () => {
    for (const deep of ['[', '{a: ', '- ', '? ', '[\n', '- [\n  ', '"": ', ': '])
      for (const times of [60, 200_000])
        expect(flawsOf(deep.repeat(times)).join('\n')).toMatch(
          /^a\.yaml:\d+: (this is nested too deeply\.|this is not YAML .*|the file needs .*)$/,
        );
    const steps = Array.from({ length: 1300 }, (_, k) => `${' '.repeat(k)}-`).join('\n');
    expect(flawsOf(steps)).toEqual(['a.yaml:202: this is nested too deeply.']);
    const bomb = `- &a [x, x]\n${Array.from({ length: 30 }, (_, k) => `- &b${k} [*${k === 0 ? 'a' : `b${k - 1}`}, *a]`).join('\n')}`;
    expect(flawsOf(bomb).length).toBeGreaterThan(0);
  });
});

describe('whatever stands in a file', () => {
  const lines = sample.split('\n');
  it('gives cards that can be asked, or flaws in one line each', () => {
    const broken = fc.tuple(
      fc.integer({ min: 0, max: lines.length - 1 }),
      fc.oneof(
        fc.constant(''),
        fc.string({ unit: 'binary', maxLength: 30 }),
        fc.constantFrom(
          '  - - -',
          '? x',
          '  answer: {a: [1, {b: 2}]}',
          '\t',
          '!!js/function x',
          '<<: *a',
        ),
      ),
    );
    fc.assert(
      fc.property(fc.array(broken, { minLength: 1, maxLength: 3 }), (changes) => {
        const text = lines
          .map((line, k) => changes.find(([at]) => at === k)?.[1] ?? line)
          .join('\n');
        const { cards, flaws } = readOwnCards([{ file: 'a.yaml', text }]);
        for (const one of cards) {
          const question = questionOf(one, 1);
          expect(gradeAnswer(one, question, rightAnswer(one, question)).readable).toBe(true);
        }
        for (const flaw of flaws) {
          expect(flawLine(flaw)).toMatch(/^a\.yaml:[1-9]\d*: [^\p{Cc}\p{Bidi_Control}]{5,900}$/u);
          expect(flaw.line).toBeLessThanOrEqual(text.split('\n').length);
        }
      }),
      { numRuns: 50 },
    );
  });
});
