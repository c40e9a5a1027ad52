/** What the log makes of interviews: which can be gone on with, and what an odd or an older event does. */
import { describe, expect, it } from 'vitest';
import {
  interviewQuestions,
  interviewsIn,
  interviewStep,
  pausedInterview,
  pausedReport,
  schedule,
  startInterview,
  type SessionAction,
} from '../../src/quiz/index.js';
import { interview, now } from './begun.js';

describe('the interviews of a log', () => {
  it('an answer of an older log that could not be read is the wrong one that it was', () => {
    const at = { at: now, session: 'i1', ms: 1000 };
    const { items } = interview();
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

  it('an event that is malformed, foreign or out of turn changes nothing', () => {
    const [began] = interviewStep(interview(), { type: 'skip' }, now).events;
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
});
