/** The session's laws, for any sequence of actions. Which cards it draws: draw.spec.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cardById,
  cards,
  generators,
  gradeAnswer,
  report,
  schedule,
  scheduledId,
  step,
  type AnsweredEventBody,
  type FreeCard,
  type SessionAction,
  type SessionState,
} from '../../src/quiz/index.js';
import { wrongAnswer } from './answers.js';
import { iso, now, rightInQuiz, session, start } from './begun.js';

/** An action by name; `right` gives the answer of whatever is asked. */
const move = fc.oneof(
  fc.constantFrom('right', 'hint', 'skip', 'next', 'next'),
  fc.subarray([1, 2, 3, 4, 9]).map((points) => ({ type: 'tick', points }) as const),
  fc.string({ maxLength: 12 }).map((given) => ({ type: 'answer', given }) as const),
  fc.record({
    type: fc.constant('answer' as const),
    given: fc.string({ maxLength: 5 }),
    final: fc.constant(true),
  }),
  fc
    .constantFrom('1', '2', '0.5', 'H', '1 2 3 4 5')
    .map((given) => ({ type: 'answer', given }) as const),
);
const asAction = (what: string | SessionAction, state: SessionState): SessionAction => {
  if (typeof what !== 'string') return what;
  return what === 'right'
    ? { type: 'answer', given: rightInQuiz(state) }
    : { type: what as 'hint' | 'skip' | 'next' };
};
/** Moves with the time that passes before each; a clock may go back. */
const moves = fc.array(fc.tuple(move, fc.integer({ min: -100_000, max: 400_000 })), {
  maxLength: 40,
});

/** The ids of what was answered, skipped or could not be read. */
const told = ({ results, skipped, notRead }: SessionState): string[] => [
  ...[...results, ...notRead].map(({ id }) => id),
  ...skipped,
];

describe('any sequence of actions', () => {
  it('keeps index, results and events in step, and the state plain', () => {
    fc.assert(
      fc.property(moves, fc.nat(1000), fc.nat(40), (sequence, seed, quitAt) => {
        let state = session({ seed });
        let time = start;
        const events: AnsweredEventBody[] = [];
        for (const [k, [what, passed]] of sequence.entries()) {
          time += passed;
          const action: SessionAction = k === quitAt ? { type: 'quit' } : asAction(what, state);
          const before = state;
          const frozen = JSON.stringify(before);
          const stepped = step(state, action, iso(time));
          expect(JSON.stringify(before)).toBe(frozen);
          state = stepped.state;
          events.push(...stepped.events);

          // One event per answer, at the moment of the answer.
          const open = before.phase === 'asking' || before.phase === 'ticking';
          const left = before.phase === 'ticking' && state.phase === 'done';
          const unread = state.notRead.length - before.notRead.length;
          const graded = (open && state.phase === 'answered' && unread === 0) || left;
          expect(stepped.events).toHaveLength(graded ? 1 : 0);
          expect(state.phase === 'ticking').toBe(
            state.ticking !== undefined && state.phase !== 'done',
          );
          expect(events).toHaveLength(state.results.length);
          // What is behind was answered, skipped or could not be read.
          const behind = state.phase === 'answered' ? state.index + 1 : state.index;
          if (state.phase !== 'done') expect(told(state)).toHaveLength(behind);
          expect(told(state).length).toBeLessThanOrEqual(state.questions.length);
          expect(state.index).toBeGreaterThanOrEqual(before.index);
          expect(state.index - before.index).toBeLessThanOrEqual(1);
          expect(state.last !== undefined).toBe(
            state.phase === 'answered' ||
              (state.phase === 'done' && (before.last !== undefined || left)),
          );
          if (before.phase === 'done') expect(state).toBe(before);
          if (k === quitAt) expect(state.phase).toBe('done');
          expect(structuredClone(state)).toEqual(state);
          expect(JSON.parse(JSON.stringify(state))).toEqual(
            JSON.parse(JSON.stringify(structuredClone(state))),
          );
        }
        for (const [k, event] of events.entries()) {
          const result = state.results[k]!;
          expect(event).toMatchObject({
            type: 'answered',
            card: result.id,
            correct: result.correct,
            rating: result.grade,
            session: 's1',
          });
          expect(event.ms).toBeGreaterThanOrEqual(0);
          expect(event.correct || event.rating === 'again').toBe(true);
          // What the session promised is what the log will say.
          expect(schedule([event]).get(scheduledId(event.card))?.due).toBe(result.due);
        }
        expect(new Set(told(state)).size).toBe(told(state).length);
        const { asked, byTopic, skipped, notRead, next } = report(state);
        for (const { id, answer, says } of notRead) {
          const card = cardById(id)!;
          const question = state.questions.find((one) => one.id === id)!;
          expect(gradeAnswer(card, question, answer)).toMatchObject({ readable: false, says });
        }
        expect(asked).toHaveLength(events.length);
        expect(byTopic.reduce((sum, score) => sum + score.asked, 0)).toBe(asked.length);
        expect(byTopic.reduce((sum, score) => sum + score.right, 0)).toBe(
          asked.filter(({ correct }) => correct).length,
        );
        expect(skipped).toEqual(state.skipped);
        expect(next).toMatch(/\.$/);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same again from the same seed', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        expect(session({ seed })).toEqual(session({ seed }));
      }),
      { numRuns: 20 },
    );
    expect(session({ seed: 1 }).questions).not.toEqual(session({ seed: 2 }).questions);
  });
});

describe('one question', () => {
  it('is asked again when the answer cannot be read, and logged once when it can', () => {
    const state = session({ kinds: ['number'], count: 2 });
    const unread = step(state, { type: 'answer', given: 'no idea' }, iso(start + 5000));
    expect(unread.events).toEqual([]);
    expect(unread.state).toMatchObject({ phase: 'asking', index: 0, startedAt: now });
    expect(unread.state.unreadable).toMatch(/number/);
    const read = step(
      unread.state,
      { type: 'answer', given: rightInQuiz(state) },
      iso(start + 9000),
    );
    expect(read.events).toMatchObject([
      { ms: 9000, correct: true, rating: 'good', hinted: false, at: iso(start + 9000) },
    ]);
    expect(read.state.unreadable).toBeUndefined();
    expect(step(read.state, { type: 'answer', given: '1' }, iso(start)).events).toEqual([]);
    const next = step(read.state, { type: 'next' }, iso(start + 20_000)).state;
    expect(next).toMatchObject({ index: 1, phase: 'asking', startedAt: iso(start + 20_000) });
    expect(step(next, { type: 'next' }, now).state).toBe(next);
  });

  it('records nothing of an answer that cannot be read when it is final, and tells it', () => {
    const state = session({ kinds: ['number'] });
    const { events, state: after } = step(state, { type: 'answer', given: '?', final: true }, now);
    expect(events).toEqual([]);
    expect(after).toMatchObject({ phase: 'answered', results: [], last: { readable: false } });
    expect(after.last?.rating).toBeUndefined();
    const { id } = state.questions[0]!;
    expect(report(after)).toMatchObject({ asked: [], notRead: [{ id, answer: '?' }] });
    const huge = step(state, { type: 'answer', given: '?\ud800'.repeat(9999), final: true }, now);
    expect(huge.state.notRead[0]!.answer).toMatch(/^(?:\?\ufffd){500}$/);
    expect(step(after, { type: 'next' }, now).state).toMatchObject({ index: 1, phase: 'asking' });
    const then = step(after, { type: 'next' }, now).state;
    const right = step(then, { type: 'answer', given: rightInQuiz(then), final: true }, now).state;
    expect(report(right).next).toMatch(/^The first of these cards comes back/);
  });

  it('is hard after a hint, and a hint is for one question', () => {
    let state = session({ topics: ['lstm'], kinds: ['equation'] });
    while (state.phase === 'asking' && state.questions[state.index]!.hint === undefined)
      state = step(state, { type: 'skip' }, now).state;
    const hinted = step(state, { type: 'hint' }, now).state;
    expect(hinted.hinted).toBe(true);
    const { events, state: after } = step(
      hinted,
      { type: 'answer', given: rightInQuiz(state) },
      now,
    );
    expect(events).toMatchObject([{ rating: 'hard', hinted: true }]);
    expect(step(after, { type: 'next' }, now).state.hinted).toBe(false);
  });

  it('keeps of an answer what a file can hold', () => {
    const state = session({ topics: ['lstm'], kinds: ['free'] });
    const given = `forget \ud800 ${'word '.repeat(600)}`;
    const [event] = step(state, { type: 'answer', given, final: true }, now).events;
    expect(event!.given).toHaveLength(1000);
    const ticked = step(state, { type: 'answer', given: `${given} [1 2]` }, now).events;
    expect(ticked[0]!.given).toMatch(/^.{1000} \[1 2\]$/s);
    expect(event!.given).toContain('\ufffd');
    expect(JSON.stringify(event)).not.toMatch(/\\ud8/);
  });

  it('waits for ticks after a free answer, with its clock stopped; leaving takes what was proposed', () => {
    const state = session({ topics: ['lstm'], kinds: ['free'] });
    const card = cardById(state.questions[0]!.id)!;
    const { model, rubric, enough } = card as FreeCard;
    const { state: ticking, events } = step(
      state,
      { type: 'answer', given: model },
      iso(start + 5000),
    );
    expect(events).toEqual([]);
    expect(ticking).toMatchObject({
      phase: 'ticking',
      ticking: { points: rubric.map(({ point }) => point), model, ms: 5000 },
    });
    const later = iso(start + 90_000);
    const tick = (points: number[]) => step(ticking, { type: 'tick', points }, later);
    const all = rubric.map((_, k) => k + 1);
    expect(tick(all).events).toMatchObject([{ correct: true, ms: 5000, at: later }]);
    expect(tick(all.slice(0, enough)).events).toMatchObject([{ correct: true }]);
    const missing = tick(all.slice(1, enough));
    expect(missing.events).toMatchObject([
      { correct: false, given: `${model} [${all.slice(1, enough).join(' ')}]` },
    ]);
    expect(missing.state.last!.says).toContain(`Missing: ${rubric[0]!.point}`);
    const { proposed } = ticking.ticking!;
    expect(step(ticking, { type: 'quit' }, later).events).toEqual(tick([...proposed]).events);
    for (const type of ['skip', 'next', 'hint'] as const)
      expect(step(ticking, { type }, later)).toEqual({ state: ticking, events: [] });
  });

  it('is easy only when it was known on another day', () => {
    const first = step(
      session({ topics: ['rnn'], kinds: ['choice'], count: 1 }),
      { type: 'answer', given: '1' },
      now,
    );
    const [event] = first.events;
    const states = schedule([event!]);
    const later = iso(start + 400 * 86_400_000);
    const again = session({ states, now: later, mode: 'due' });
    expect(again.questions.map(({ id }) => id)).toEqual([event!.card]);
    const { events } = step(again, { type: 'answer', given: rightInQuiz(again) }, later);
    expect(events).toMatchObject([{ rating: 'easy' }]);
    // A kata's mistake puts a card on the plan, and has not asked it.
    const met = schedule([{ type: 'checked', at: now, diagnosis: { card: event!.card } }]);
    const fresh = session({ states: met, now: later, mode: 'due' });
    const answered = step(fresh, { type: 'answer', given: rightInQuiz(fresh) }, later);
    expect(answered.events).toMatchObject([{ card: event!.card, rating: 'good' }]);
  });

  it('promises no date after the interview', () => {
    const interviewDate = iso(start + 12 * 3_600_000);
    const state = session({ interviewDate });
    expect(step(state, { type: 'answer', given: rightInQuiz(state) }, now).state.last?.due).toBe(
      interviewDate,
    );
  });

  it('is skipped without an event, also when a stored session names a card that is gone', () => {
    const state = session();
    expect(step(state, { type: 'skip' }, now)).toMatchObject({
      events: [],
      state: { index: 1, skipped: [state.questions[0]!.id] },
    });
    const gone = { ...state, questions: [{ ...state.questions[0]!, id: 'gone' }] };
    expect(step(gone, { type: 'answer', given: '1' }, now)).toMatchObject({
      events: [],
      state: { phase: 'done', skipped: ['gone'] },
    });
  });
});

it('every card can be answered to the end, right and wrong', () => {
  for (const right of [true, false]) {
    let state = session({ count: 500 });
    const n = state.questions.length;
    expect(n).toBe(cards.length + generators.length);
    while (state.phase !== 'done') {
      const question = state.questions[state.index]!;
      const card = cardById(question.id)!;
      const given = right ? rightInQuiz(state) : wrongAnswer(card, question);
      const final = { type: 'answer', given, final: true } as const;
      state = step(step(state, final, now).state, { type: 'next' }, now).state;
      expect(gradeAnswer(card, question, given).correct, question.id).toBe(right);
    }
    expect(state.results.filter(({ correct }) => correct === right)).toHaveLength(n);
    expect(report(state).next).toMatch(right ? /^All right\./ : /^Weakest: [a-z]+, 0 of /);
  }
  expect(report(session()).next).toBe('Nothing was answered.');
});
