/** The quiz in plain lines: it fits any width, and words carry what colour repeats. */
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import {
  cardById,
  cards,
  generators,
  gradeAnswer,
  questionOf,
  report,
  startSession,
  step,
} from '../../src/quiz/index.js';
import { paintWith } from '../../src/ui/paint.js';
import { gradeLines, hintLines, questionLines, reportLines } from '../../src/ui/quiz-text.js';
import { fits } from './pages.js';
import { rightAnswer, wrongAnswer } from '../quiz/answers.js';

const now = '2026-11-20T09:00:00.000Z';
const page = (width: number) => ({ width, paint: paintWith(false) });
const everything = (width: number): string[] =>
  [...cards, ...generators.map((made) => made.card(3))].flatMap((card) => {
    const question = questionOf(card, 5);
    const right = gradeAnswer(card, question, rightAnswer(card, question));
    const wrong = gradeAnswer(card, question, question.options ? '1' : '[H, D]');
    return [
      ...questionLines(question, {
        ...page(width),
        head: ['quiz · 10 of 12', '3 right'],
        marked: [0],
      }),
      ...hintLines(card.hint ?? 'None.', page(width)),
      ...gradeLines({ ...right, rating: 'good', due: now }, page(width)),
      ...gradeLines(wrong, page(width), { ms: 1000, now }),
    ];
  });

describe('lines', () => {
  it.each([20, 40, 80, 200])('fit %i columns', (width) => {
    expect(everything(width).filter((line) => !fits(line, width))).toEqual([]);
  });

  it('say the same with and without colour', () => {
    const card = cardById('lstm.parameters')!;
    const question = questionOf(card, 1);
    const grade = gradeAnswer(card, question, '295680');
    const plain = gradeLines(grade, page(80));
    const coloured = gradeLines(grade, { width: 80, paint: paintWith(true) });
    expect(coloured).not.toEqual(plain);
    expect(coloured.map((line) => line.replace(/\u001b\[\d+m/g, ''))).toEqual(plain);
    expect(plain[0]).toBe('  ✗ Wrong.');
    expect(plain.join('\n')).toContain('394,240 parameters');
  });

  it('tell when a card comes back, as far as they know the time', () => {
    const card = cardById('lstm.parameters')!;
    const grade = gradeAnswer(card, questionOf(card, 1), '394240');
    const last = (due: string, options?: { now: string; ms: number }) =>
      gradeLines({ ...grade, rating: 'good', due, dueOn: due.slice(0, 10) }, page(80), options).at(
        -1,
      );
    const at = { now, ms: 18_200 };
    expect(last('2026-11-26T09:00:00.000Z')).toBe('  rated good, asked again on 2026-11-26');
    expect(last('2026-11-26T09:00:00.000Z', at)).toBe('  rated good, 18 s, asked again in 6 days');
    expect(last('2026-11-21T09:00:00.000Z', at)).toBe('  rated good, 18 s, asked again tomorrow');
    expect(last('2026-11-20T12:00:00.000Z', at)).toBe('  rated good, 18 s, asked again in 3 h');
    expect(gradeLines(grade, page(80), { why: false }).join('\n')).not.toContain(card.explain);
  });

  it('tell of an answer that could not be read why, and not the right one', () => {
    const card = cardById('lstm.parameters')!;
    const grade = gradeAnswer(card, questionOf(card, 1), 'many');
    const text = gradeLines(grade, page(80)).join('\n');
    expect(text).toMatch(/^ {2}\? Not read:/);
    expect(text).not.toContain(grade.answer);
  });
});

it('a report names score, topics, misses and what is next, and prints nothing untrusted', () => {
  let state = startSession({
    seed: 3,
    count: 4,
    topics: ['lstm'],
    kinds: ['choice'],
    states: new Map(),
    now,
  });
  const answers = [
    rightAnswer(cardById(state.questions[0]!.id)!, state.questions[0]!),
    wrongAnswer(cardById(state.questions[1]!.id)!, state.questions[1]!),
    '\u001b[2J\u0007',
  ];
  for (const given of answers) {
    state = step(state, { type: 'answer', given, final: true }, now).state;
    state = step(state, { type: 'next' }, now).state;
  }
  state = step(state, { type: 'skip' }, now).state;
  const text = reportLines(report(state), page(80)).join('\n');
  expect(text).toContain('quiz · 1 of 2 right · 1 skipped · 1 not read');
  expect(text).toContain('lstm  1 of 2 right');
  const missed = cardById(state.results[1]!.id)!;
  expect(text).toContain(`✗ wrong  ${missed.ask.slice(0, 20)}`);
  expect(text).toContain(`right: ${state.results[1]!.right.slice(0, 20)}`);
  expect(gradeAnswer(missed, state.questions[1]!, '').answer).toBe(state.results[1]!.right);
  expect(text).toContain(`? not read  ${state.notRead[0]!.id}: `);
  expect(text).toContain('Weakest: lstm, 1 of 2 right.');
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  for (const line of reportLines(report(state), page(30)))
    expect(stringWidth(line)).toBeLessThanOrEqual(30);
  expect(
    reportLines(report({ ...state, results: [], skipped: [] }), page(80)).join('\n'),
  ).toContain('Nothing was answered.');
});
