/** An interview's laws, for any sequence of actions, and what becomes of one item. What the log makes of it: interview-log.spec.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cardById,
  currentItem,
  generatorById,
  interviewQuestions,
  interviewReport,
  interviewsIn,
  interviewStep,
  kataChecked,
  schedule,
  spentOn,
  type InterviewEventBody,
  type InterviewState,
  type SessionAction,
} from '../../src/quiz/index.js';
import { interview, iso, now, rightInInterview, start } from './begun.js';

/** What somebody may do; `right` gives the answer of whatever is asked. */
type Move = SessionAction | 'right' | 'passed' | 'failed';
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('right' as const) },
  { weight: 4, arbitrary: fc.constant({ type: 'next' } as const) },
  fc.constantFrom('passed' as const, 'failed' as const),
  fc.constantFrom({ type: 'skip' } as const, { type: 'hint' } as const),
  fc.subarray([1, 2, 3, 4, 5, 6, 7, 8, 9]).map((points) => ({ type: 'tick', points }) as const),
  fc
    .string({ unit: 'binary', maxLength: 12 })
    .map((given) => ({ type: 'answer', given: `${given} some words more`, final: true }) as const),
  fc.string({ maxLength: 6 }).map((given) => ({ type: 'answer', given }) as const),
  fc.string({ maxLength: 6 }).map((given) => ({ type: 'answer', given, final: true }) as const),
);
const moves = fc.array(fc.tuple(move, fc.integer({ min: -50_000, max: 400_000 })), {
  maxLength: 45,
});

function moved(state: InterviewState, what: Move, at: string) {
  if (what === 'passed' || what === 'failed') return kataChecked(state, what === 'passed', at);
  const action =
    what === 'right' ? ({ type: 'answer', given: rightInInterview(state) } as const) : what;
  return interviewStep(state, action, at);
}

/** What is told of an interview, whichever sitting it is in. */
const told = (state: InterviewState) => {
  const { id, seed, question, at, items, results, spentMs, attempts } = state;
  return { id, seed, question, at, items, results, spentMs, attempts };
};

describe('any sequence of actions', () => {
  it('is, at every moment, the fold of what was logged', () => {
    fc.assert(
      fc.property(moves, fc.nat(), fc.nat(interviewQuestions.length - 1), (sequence, seed, k) => {
        let state = interview(seed, k);
        let time = start;
        const events: (InterviewEventBody & { id?: string })[] = [];
        for (const [what, passed] of sequence) {
          time += passed;
          const frozen = JSON.stringify(state);
          const before = state;
          const stepped = moved(state, what, iso(time));
          expect(JSON.stringify(before)).toBe(frozen);
          state = stepped.state;
          events.push(...stepped.events);
          expect(stepped.events.length).toBeLessThanOrEqual(2);
          expect(structuredClone(state)).toEqual(state);
          expect(JSON.parse(JSON.stringify(stepped.events))).toEqual(stepped.events);
          expect(JSON.stringify(stepped.events)).not.toMatch(/\\ud[89a-f]/);

          const [again] = interviewsIn(JSON.parse(JSON.stringify(events)) as never, iso(time));
          expect(again !== undefined).toBe(state.begun);
          if (again && state.phase !== 'ticking') expect(told(again)).toEqual(told(state));
          if (again)
            expect(again.phase === 'done').toBe(state.results.length === state.items.length);
        }
        // Leaving keeps what was typed; an answer whose points were not ticked yet is not graded, but a draft again.
        const left = interviewStep(state, { type: 'quit', draft: 'half a wor' }, iso(time));
        const [resumed] = interviewsIn([...events, ...left.events] as never, iso(time + 9e6));
        expect(['paused', 'done']).toContain(left.state.phase);
        expect(resumed && told(resumed)).toEqual(resumed && told(left.state));
        if (state.phase === 'asking') {
          expect(resumed).toMatchObject({ draft: 'half a wor', phase: 'asking' });
          expect(spentOn(resumed!, iso(time + 9e6))).toBe(spentOn(state, iso(time)));
        }
        if (state.phase === 'ticking') {
          expect(resumed).toMatchObject({ draft: state.ticking!.given, phase: 'asking' });
          expect(resumed!.results).toEqual(state.results);
        }

        const report = interviewReport(left.state);
        expect(report.parts.flatMap(({ items }) => items)).toHaveLength(left.state.results.length);
        for (const { ms, overMs, minutes, right, of } of report.parts) {
          expect(overMs).toBe(Math.max(0, ms - 60_000 * minutes));
          expect(right).toBeLessThanOrEqual(of);
        }
        expect(structuredClone(report)).toEqual(report);
      }),
      { numRuns: 60 },
    );
  });

  it('asks the same again from the same seed and the same answers, and other numbers from another', () => {
    const play = (seed: number) => {
      let state = interview(seed);
      while (state.phase !== 'done') {
        const action = currentItem(state)!.question
          ? ({ type: 'answer', given: 'no idea', final: true } as const)
          : ({ type: 'skip' } as const);
        state = interviewStep(interviewStep(state, action, now).state, { type: 'next' }, now).state;
      }
      return state.items;
    };
    expect(play(7)).toEqual(play(7));
    expect(play(7)).not.toEqual(play(8));
  });
});

describe('one item', () => {
  it('answers to cards of the quiz count for their schedule, explanations do not', () => {
    let state = interview();
    const events: InterviewEventBody[] = [];
    const act = (action: SessionAction): void => {
      const stepped = interviewStep(state, action, now);
      state = stepped.state;
      events.push(...stepped.events);
    };
    act({ type: 'answer', given: 'An RNN forgets. [4]' });
    act({ type: 'next' });
    act({ type: 'answer', given: rightInInterview(state) });
    expect(events.map(({ type }) => type)).toEqual(['interview-began', 'explained', 'answered']);
    expect([...schedule(events).keys()]).toEqual([state.results[1]!.id]);
    expect(cardById(state.results[0]!.id)).toBeUndefined();
    expect(state.results[0]!.points.map(({ made }) => made).indexOf(true)).toBe(3);
  });

  it('what cannot be read is skipped and told, where nobody is there to be asked again', () => {
    let state = interviewStep(interview(), { type: 'skip' }, now).state;
    const { state: after, events } = interviewStep(
      state,
      { type: 'answer', given: 'diag((', final: true },
      iso(start + 4000),
    );
    expect(events).toMatchObject([{ type: 'interview-skipped', item: 1, given: 'diag((' }]);
    expect(schedule(events).size).toBe(0);
    expect(after).toMatchObject({ phase: 'answered', last: { readable: false } });
    expect(after.results[1]).toMatchObject({ verdict: 'unread', given: 'diag((', ms: 4000 });
    expect(after.results[1]!.says).toBe(after.last!.says);
    state = interviewStep(after, { type: 'next' }, now).state;
    expect(state).toMatchObject({ phase: 'asking', last: undefined });
    expect(interviewReport(state).byTopic).toEqual([]);
    const [, derive] = interviewReport(state).parts;
    expect(derive).toMatchObject({ right: 0, of: 1, items: [{ verdict: 'unread' }] });
  });

  it('nothing is written until something is answered or typed', () => {
    expect(interviewStep(interview(), { type: 'quit', draft: '' }, now).events).toEqual([]);
    expect(interviewStep(interview(), { type: 'quit', draft: 'An' }, now).events).toMatchObject([
      { type: 'interview-began', question: 'rnn-to-transformer', seed: 7 },
      { type: 'interview-paused', draft: 'An' },
    ]);
  });

  it('a kata is checked as often as one likes; given up after a check it is wrong', () => {
    let state = interview();
    while (currentItem(state)!.part !== 'code')
      state = interviewStep(state, { type: 'skip' }, now).state;
    expect(interviewStep(state, { type: 'answer', given: 'x', final: true }, now).state).toBe(
      state,
    );
    const tried = kataChecked(state, false, iso(start + 60_000)).state;
    expect(tried).toMatchObject({ attempts: 1, phase: 'asking' });
    const over = iso(start + 3_600_000);
    const given = interviewStep(tried, { type: 'skip' }, over).state;
    expect(given.results.at(-1)).toMatchObject({ verdict: 'wrong', ms: 3_600_000, kind: 'kata' });
    const passed = kataChecked(tried, true, over).state;
    expect(passed.results.at(-1)).toMatchObject({ verdict: 'right', says: 'Passed at check 2.' });
    const code = interviewReport(passed).parts.find(({ part }) => part === 'code');
    expect(code).toMatchObject({ ms: 3_600_000, overMs: 3_600_000 - 60_000 * code!.minutes });
  });

  it('a generator’s seed is the interview’s', () => {
    const [, parameters] = interview(7).items.filter(({ part }) => part === 'complexity');
    expect(generatorById(parameters!.id)).toBeDefined();
    expect(interview(8).items.map(({ id }) => id)).not.toContain(parameters!.id);
  });
});
