/** Interview questions are checked like code. How an interview goes: interview-session.spec.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { katas } from '../../katas/index.js';
import {
  currentItem,
  gradeAnswer,
  interviewCard,
  interviewQuestionById,
  interviewQuestions,
  interviewStep,
  partKinds,
  questionOf,
  scheduledId,
  sourcesOf,
  startInterview,
} from '../../src/quiz/index.js';
import { now, rightInInterview, wrongInInterview } from './begun.js';

const idOf = (source: string | { id: string }) => (typeof source === 'string' ? source : source.id);

it('there are at least eight questions, the first one as the source asks it', () => {
  expect(interviewQuestions.length).toBeGreaterThanOrEqual(8);
  expect(interviewQuestions[0]!.explain.ask).toBe(
    'Explain how RNNs process sequences and why gradients vanish. Describe each LSTM gate. How does it solve long-term dependencies, and what are its limits compared with Transformers?',
  );
  expect(new Set(interviewQuestions.map(({ id }) => id)).size).toBe(interviewQuestions.length);
});

describe.each(interviewQuestions.map((one) => [one.id, one] as const))('%s', (id, question) => {
  it('asks cards and a kata that exist, of the kinds its parts are made of', () => {
    expect(interviewQuestionById(id)).toBe(question);
    for (const source of sourcesOf(question)) expect(interviewCard(idOf(source))?.id).toMatch(/./);
    const kinds = (part: 'derive' | 'complexity') =>
      question[part].map(({ ask }) => interviewCard(idOf(ask))!.kind);
    expect(question.derive.length).toBeGreaterThanOrEqual(2);
    expect(new Set(kinds('derive'))).toEqual(new Set(['equation']));
    expect(kinds('complexity')).toContain('number');
    expect(question.complexity.length).toBeGreaterThanOrEqual(3);
    expect(katas.map((kata) => kata.id)).toContain(question.code);
    for (const part of partKinds) expect(question.minutes[part]).toBeGreaterThan(0);
    const fixed = [...question.derive, ...question.complexity].map(({ ask }) => idOf(ask));
    expect(new Set(fixed).size).toBe(fixed.length);
    const later = sourcesOf(question)
      .map(idOf)
      .filter((one) => fixed.includes(one));
    expect(later.sort(), 'a follow-up asks what was asked').toEqual(fixed.sort());
    for (const level of question.otherwise) expect(level.length).toBeGreaterThanOrEqual(2);
  });

  it('has a rubric that keys can tick, all of it found in the model answer, none in an empty one', () => {
    const { explain } = question;
    expect(explain.rubric.length).toBeLessThanOrEqual(9);
    expect(explain.rubric.length).toBeGreaterThanOrEqual(5);
    expect(explain.enough).toBeGreaterThan(explain.rubric.length / 2);
    const { says, correct } = gradeAnswer(explain, questionOf(explain, 1), explain.model);
    expect(says).toBe(`${explain.rubric.length} of ${explain.rubric.length} points found.`);
    expect(correct).toBe(true);
    expect(gradeAnswer(explain, questionOf(explain, 1), 'I would rather not say.')).toMatchObject({
      correct: false,
    });
  });

  it('finds a follow-up for each level, whatever was missed, and asks nothing twice', () => {
    const points = question.explain.rubric.map((_, k) => k + 1);
    fc.assert(
      fc.property(
        fc.nat(),
        fc.subarray(points),
        fc.infiniteStream(fc.boolean()),
        (seed, made, coin) => {
          let state = startInterview(question, { id: 'i1', seed, at: now });
          while (state.phase !== 'done') {
            const item = currentItem(state)!;
            const given =
              item.part === 'explain'
                ? `what I would say [${made.join(' ')}]`
                : [...coin.take(1)][0]
                  ? rightInInterview(state)
                  : wrongInInterview(state);
            const action = item.question
              ? ({ type: 'answer', given, final: true } as const)
              : ({ type: 'skip' } as const);
            state = interviewStep(state, action, now).state;
            state = interviewStep(state, { type: 'next' }, now).state;
          }
          const levels = state.items.flatMap(({ level }) => level ?? []);
          expect(levels).toEqual([1, 2, 3]);
          const ids = state.items.map((item) => scheduledId(item.id));
          expect(new Set(ids).size).toBe(ids.length);
          // A point of this level that was left out is what the follow-up is about.
          for (const { level, because } of state.items) {
            const gaps = question.probes.some(
              (probe, k) => probe?.[0] === level && !made.includes(k + 1),
            );
            if (level !== undefined && gaps) expect(because).toBeDefined();
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});
