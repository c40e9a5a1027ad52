/** Interview questions are checked like code; the session's laws hold for any sequence of actions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { katas } from '../../katas/index.js';
import {
  cardById,
  currentItem,
  generatorById,
  gradeAnswer,
  interviewCard,
  interviewQuestionById,
  interviewQuestions,
  interviewReport,
  interviewsIn,
  interviewStep,
  kataChecked,
  partKinds,
  pausedInterview,
  pausedReport,
  questionOf,
  schedule,
  scheduledId,
  sourcesOf,
  spentOn,
  startInterview,
  type InterviewEventBody,
  type InterviewState,
  type SessionAction,
} from '../../src/quiz/index.js';
import { rightAnswer, wrongAnswer } from './answers.js';

const start = Date.parse('2026-11-20T09:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const now = iso(start);
const idOf = (source: string | { id: string }) => (typeof source === 'string' ? source : source.id);
const begin = (seed = 7, k = 0): InterviewState =>
  startInterview(interviewQuestions[k]!, { id: 'i1', seed, at: now });
const rightFor = (state: InterviewState): string => {
  const { question } = currentItem(state) ?? {};
  return question ? rightAnswer(interviewCard(question.id)!, question) : '';
};

const wrongFor = (state: InterviewState): string => {
  const { question } = currentItem(state)!;
  return question ? wrongAnswer(interviewCard(question.id)!, question) : '';
};

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
                  ? rightFor(state)
                  : wrongFor(state);
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
  const action = what === 'right' ? ({ type: 'answer', given: rightFor(state) } as const) : what;
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
        let state = begin(seed, k);
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
      let state = begin(seed);
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
    let state = begin();
    const events: InterviewEventBody[] = [];
    const act = (action: SessionAction): void => {
      const stepped = interviewStep(state, action, now);
      state = stepped.state;
      events.push(...stepped.events);
    };
    act({ type: 'answer', given: 'An RNN forgets. [4]' });
    act({ type: 'next' });
    act({ type: 'answer', given: rightFor(state) });
    expect(events.map(({ type }) => type)).toEqual(['interview-began', 'explained', 'answered']);
    expect([...schedule(events).keys()]).toEqual([state.results[1]!.id]);
    expect(cardById(state.results[0]!.id)).toBeUndefined();
    expect(state.results[0]!.points.map(({ made }) => made).indexOf(true)).toBe(3);
  });

  it('what cannot be read is skipped and told, where nobody is there to be asked again', () => {
    let state = interviewStep(begin(), { type: 'skip' }, now).state;
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

  it('an answer of an older log that could not be read is the wrong one that it was', () => {
    const at = { at: now, session: 'i1', ms: 1000 };
    const { items } = begin();
    const log = [
      { type: 'interview-began', at: now, session: 'i1', question: 'rnn-to-transformer', seed: 7 },
      { type: 'explained', ...at, item: 0, card: items[0]!.id, given: 'idk' },
      { type: 'answered', ...at, item: 1, card: items[1]!.id, given: 'diag((', rating: 'again', correct: false, hinted: false }, // prettier-ignore
    ];
    const [old] = interviewsIn(log, now);
    expect(old!.results.map(({ verdict }) => verdict)).toEqual(['wrong', 'wrong']);
    expect(schedule(log).get(items[1]!.id)).toMatchObject({ missed: true, reps: 1 });
  });

  it('the one to go on with is the last that is not done', () => {
    const logOf = (id: string, sequence: readonly SessionAction[]) => {
      let state = startInterview(interviewQuestions[0]!, { id, seed: 7, at: now });
      return sequence.flatMap((action) => {
        const stepped = interviewStep(state, action, now);
        state = stepped.state;
        return stepped.events;
      });
    };
    const left = logOf('left', [{ type: 'skip' }, { type: 'quit' }]);
    const done = logOf('done', Array<SessionAction>(20).fill({ type: 'skip' }));
    expect(pausedInterview([], now)).toBeUndefined();
    expect(pausedInterview(done, now)).toBeUndefined();
    expect(pausedInterview([...left, ...done], now)?.id).toBe('left');
    expect(pausedInterview([...left, ...logOf('later', [{ type: 'skip' }])], now)?.id).toBe('later'); // prettier-ignore
    for (let n = 1; n <= done.length; n++) {
      const log = done.slice(0, n);
      expect(pausedInterview(log, now)).toEqual(interviewsIn(log, now).find(({ phase }) => phase !== 'done')); // prettier-ignore
    }
    const later = logOf('later', [{ type: 'skip' }]);
    // The one that was left last, whichever began first.
    expect(pausedInterview([...left.slice(0, 1), ...later, ...left.slice(1)], now)?.id).toBe(
      'left',
    );
    const dropped = { type: 'interview-dropped', at: now, session: 'later' };
    expect(pausedInterview([...left, ...later, dropped], now)?.id).toBe('left');
    expect(interviewsIn([...left, ...later, dropped], now).map(({ id }) => id)).toEqual(['left']);
    expect(pausedInterview(left, now, 'rnn-to-transformer')?.id).toBe('left');
    expect(pausedInterview(left, now, 'lstm-or-gru')).toBeUndefined();
    expect(pausedReport(pausedInterview(left, now)!)).toEqual({
      ...{ question: 'rnn-to-transformer', title: interviewQuestions[0]!.title },
      ...{ date: '2026-11-20', done: 1, part: 'derive' },
    });
  });

  it('nothing is written until something is answered or typed', () => {
    expect(interviewStep(begin(), { type: 'quit', draft: '' }, now).events).toEqual([]);
    expect(interviewStep(begin(), { type: 'quit', draft: 'An' }, now).events).toMatchObject([
      { type: 'interview-began', question: 'rnn-to-transformer', seed: 7 },
      { type: 'interview-paused', draft: 'An' },
    ]);
  });

  it('a kata is checked as often as one likes; given up after a check it is wrong', () => {
    let state = begin();
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

  it('an event that is malformed, foreign or out of turn changes nothing', () => {
    const [began] = interviewStep(begin(), { type: 'skip' }, now).events;
    const bad: Record<string, unknown>[] = [
      { type: 'interview-skipped', session: 'other', item: 0, ms: 0 },
      { type: 'interview-skipped', session: 'i1', item: 1, ms: 0 },
      { type: 'interview-skipped', session: 'i1', item: 0, ms: 'long' },
      { type: 'interview-skipped', session: 'i1', item: 0, ms: -1 },
      { type: 'explained', session: 'i1', item: 0, ms: 0, card: 'lstm.solves', given: 'a b c' },
      { type: 'explained', session: 'i1', item: 0, ms: 0, card: 'interview.rnn-to-transformer' },
      { type: 'interview-checked', session: 'i1', item: 0, ms: 0, passed: true },
      { type: 'interview-began', session: 'i2', question: 'gone', seed: 1 },
      { type: 'interview-began', session: 'i3', question: 'lstm-or-gru', seed: 'one' },
    ];
    const log = [began, ...bad.map((event) => ({ at: now, ...event }))];
    const found = interviewsIn(log as never, now);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ results: [], phase: 'asking' });
  });

  it('a generator’s seed is the interview’s', () => {
    const [, parameters] = begin(7).items.filter(({ part }) => part === 'complexity');
    expect(generatorById(parameters!.id)).toBeDefined();
    expect(begin(8).items.map(({ id }) => id)).not.toContain(parameters!.id);
  });
});
