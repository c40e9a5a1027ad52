/** The memory walk: what is asked, how it is judged, and that it is measured as it is judged. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBytes } from '../../src/bench/memory/run.js';
import { gradeAnswer } from '../../src/quiz/grade.js';
import { questionOf } from '../../src/quiz/question.js';
import { askedIn, memorySequence, type MemoryStep } from '../../src/walk/index.js';
import { predictionsOf } from '../../src/walk/memory/predictions.js';
import {
  judged,
  measureStep,
  openQuestion,
  predictionCards,
  predictStep,
  startPredicting,
  truthOf,
} from '../../src/walk/memory/index.js';
import type { MemoryMode, MemorySizes } from '../../src/bench/index.js';
import type { LogEvent, SessionAction } from '../../src/quiz/index.js';
import type { PredictingState } from '../../src/walk/memory/index.js';

const [T, H, k] = [1024, 64, 32];
/** Numbers kept, counted here by hand and not by the bench room. */
const numbers: Readonly<Record<MemoryMode, (T: number) => number>> = {
  'lstm-streaming': () => 2 * H,
  'lstm-bptt': (t) => 7 * t * H,
  'lstm-truncated': (t) => 7 * Math.min(k, t) * H,
  'lstm-checkpointed': (t) => {
    const s = Math.ceil(Math.sqrt(t));
    return 2 * Math.ceil(t / s) * H + 7 * s * H;
  },
  'attention-naive-inference': (t) => t * t,
  'attention-naive-training': (t) => t * t,
  'attention-online': (t) => t,
  'attention-kv-cache': (t) => 2 * t * H + H,
};
const exponents: Readonly<Record<MemoryMode, string>> = {
  'lstm-streaming': '0',
  'lstm-bptt': '1',
  'lstm-truncated': '0',
  'lstm-checkpointed': '1/2',
  'attention-naive-inference': '2',
  'attention-naive-training': '2',
  'attention-online': '1',
  'attention-kv-cache': '1',
};

const grade = (step: MemoryStep, n: number, given: string) => {
  const card = predictionCards(step, truthOf(step))[n]!;
  return gradeAnswer(card, questionOf(card, 0), given);
};
const stepOf = (id: MemoryMode): MemoryStep => memorySequence.find((step) => step.id === id)!;
const inProcess = (mode: MemoryMode, sizes: MemorySizes) =>
  Promise.resolve({ ...countBytes(mode, sizes), runtimeBytes: 0, peakRssBytes: 0 });

describe.each(memorySequence)('$id', (step) => {
  const bytes = 8 * numbers[step.id](T);

  it('takes the bytes within 5 %, exactly or short, and nothing else', () => {
    for (const right of [`${bytes}`, `${bytes / 1000} kB`, `8*${numbers[step.id](T)}`])
      expect(grade(step, 0, right).correct, right).toBe(true);
    fc.assert(
      fc.property(fc.double({ min: 0.3, max: 3, noNaN: true }), (factor) => {
        fc.pre(Math.abs(Math.abs(factor - 1) - 0.05) > 1e-3);
        const given = (bytes * factor).toFixed(2);
        expect(grade(step, 0, given).correct).toBe(Math.abs(factor - 1) < 0.05);
      }),
    );
  });

  it('takes the exponent, and says what is wrong with known slips', () => {
    expect(grade(step, 1, exponents[step.id]).correct).toBe(true);
    for (const other of ['3', '-1', '0.7']) expect(grade(step, 1, other).correct).toBe(false);
    const card = predictionCards(step, truthOf(step))[0]!;
    if (card.kind !== 'number') throw new Error('a prediction is a number');
    for (const { is } of card.wrong) {
      const slip = grade(step, 0, String(is()));
      expect(slip).toMatchObject({ correct: false, readable: true });
      expect(card.wrong.map(({ because }) => because)).toContain(slip.says);
    }
  });

  it('takes the crossover where the curves cross, and nothing far from it', () => {
    if (!step.crosses) return;
    const { mode, over } = step.crosses;
    const isMore = (t: number): boolean => numbers[mode](t) > numbers[over](t);
    const last = Array.from({ length: 2 ** 14 }, (_, n) => n + 1).findLast((t) => !isMore(t)) ?? 0;
    expect(grade(step, 2, String(last + 1)).correct).toBe(true);
    expect(grade(step, 2, String(2 * (last + 1))).correct).toBe(false);
  });
});

it.each(['lstm-truncated', 'lstm-checkpointed', 'attention-online'] as const)(
  '%s: is measured as its formula says, and crosses where it says',
  async (id) => {
    const measured = await measureStep(stepOf(id), inProcess);
    expect(measured.agrees).toBe(true);
    expect(measured.truth).toEqual(truthOf(stepOf(id)));
    expect(measured.curve.points.at(-1)!.keptBytes).toBe(8 * numbers[id](T));
    const { from, more, less } = measured.crossing!;
    expect(more.points.map((point) => point.T)).toEqual([from - 1, from]);
    expect(more.points[1]!.keptBytes).toBeGreaterThan(less.points[1]!.keptBytes);
    expect(more.points[0]!.keptBytes).toBeLessThanOrEqual(less.points[0]!.keptBytes);
    expect(structuredClone(measured)).toEqual(measured);
  },
);

it('says so where the measurement is not what the formula says, and judges by the measurement', async () => {
  const step = stepOf('lstm-truncated');
  const leaking = async (mode: MemoryMode, sizes: MemorySizes) => {
    const { measured, ...rest } = await inProcess(mode, sizes);
    return { ...rest, measured: { ...measured, tape: 2 * measured.tape } };
  };
  const measured = await measureStep(step, leaking);
  expect(measured.agrees).toBe(false);
  const [byFormula] = judged(step, [`${8 * numbers['lstm-truncated'](T)}`], truthOf(step));
  const [byMeasure] = judged(step, [`${8 * numbers['lstm-truncated'](T)}`], measured.truth);
  expect([byFormula!.correct, byMeasure!.correct]).toEqual([true, false]);
});

it('says so where the mode beside it is not what its formula says', async () => {
  const step = stepOf('lstm-truncated');
  const measured = await measureStep(step, async (mode, sizes) => {
    const right = await inProcess(mode, sizes);
    const workspace = right.measured.workspace + (mode === step.id ? 0 : 8);
    return { ...right, measured: { ...right.measured, workspace } };
  });
  expect(measured.agrees).toBe(false);
});

describe('predicting', () => {
  const action: fc.Arbitrary<SessionAction> = fc.oneof(
    fc.constantFrom('', '12', '3.67 MB', 'no idea', '\ud800', '1/2', '9'.repeat(300))
      .map((given): SessionAction => ({ type: 'answer', given })),
    fc.oneof(fc.string(), fc.constant('a \ud800'))
      .map((given): SessionAction => ({ type: 'answer', given, final: true })),
    fc.constantFrom<SessionAction>({ type: 'skip' }, { type: 'hint' }, { type: 'next' }, { type: 'quit' }),
  ); // prettier-ignore

  it('asks each question once, keeps every prediction as an event at once, and never asks after the end', () => {
    fc.assert(
      fc.property(fc.constantFrom(...memorySequence), fc.array(action), (step, actions) => {
        let state: PredictingState = startPredicting(step);
        const kept: unknown[] = [];
        for (const one of actions) {
          const open = openQuestion(state);
          const after = predictStep(state, one);
          if (!open) expect(after).toEqual({ state, events: [] });
          // What nobody is there to be asked again is passed over without a prediction.
          const passedOver =
            open &&
            after.state.unreadable !== undefined &&
            one.type === 'answer' &&
            one.final === true;
          expect(after.state.given.length - state.given.length).toBe(
            passedOver ? 1 : after.events.length,
          );
          if (passedOver) {
            expect(after.events).toEqual([]);
            kept.push(open.id.split('.').at(-1));
          }
          for (const { of, given, mode } of after.events) {
            expect(`memory.${mode}.${of}`).toBe(open!.id);
            expect(given).toBe(after.state.given.at(-1));
            expect(given.length).toBeLessThanOrEqual(200);
            expect(given).not.toMatch(/\p{Surrogate}/u);
            kept.push(of);
          }
          state = after.state;
          expect(state.given.join()).not.toMatch(/\p{Surrogate}/u);
        }
        expect(kept).toEqual(askedIn(step).slice(0, kept.length));
        // Another day goes on where this one stopped.
        const later = startPredicting(step, state.given);
        expect(openQuestion(later)?.id).toBe(later.questions[kept.length]?.id);
      }),
    );
  });

  it('a question that was passed over is still open, and so is what comes after it', () => {
    const step = memorySequence[0]!;
    const made = (of: string, given: string) =>
      ({ type: 'predicted', at: '2026-11-22T10:00:00.000Z', mode: step.id, of, given, correct: true });
    const [first, second] = askedIn(step);
    const of = (...events: LogEvent[]) => predictionsOf(events).get(step.id)!.map(({ given }) => given);
    expect(of(made(second!, '0'))).toEqual([]);
    expect(of(made(second!, '0'), made(first!, '1024'))).toEqual(['1024', '0']);
    expect(of(made(first!, '1024'), made(first!, '512'))).toEqual(['512']); // asked again
  }); // prettier-ignore

  it('asks again what cannot be read, unless nobody is there', () => {
    const start = startPredicting(memorySequence[0]!);
    const again = predictStep(start, { type: 'answer', given: 'a lot' });
    expect(again.events).toEqual([]);
    expect(again.state.unreadable).toMatch(/number/);
    const final = predictStep(start, { type: 'answer', given: 'a lot', final: true });
    expect(final.events).toEqual([]);
    expect(final.state).toMatchObject({ given: ['a lot'], unreadable: again.state.unreadable });
  });
});
