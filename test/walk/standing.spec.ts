/** Where one stands in a walk, as laws over any history. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingOf, walks, type WalkStanding } from '../../src/walk/index.js';
import { ourDeck } from '../../src/quiz/catalogue.js';
import { outcomes } from '../../src/kata/report.js';
import type { LogEvent } from '../../src/quiz/index.js';
import type { FlowStep, Step, Walk } from '../../src/walk/index.js';

const at = '2026-11-22T10:00:00.000Z';
const event = (type: string, fields: object): LogEvent => ({ type, at, ...fields });
const { topicOf } = ourDeck;
const stand = (walk: Walk, events: readonly LogEvent[]): WalkStanding =>
  standingOf(walk, events, topicOf);
const cardsOf = (topics: readonly unknown[]): string[] =>
  ourDeck.cards.map(({ id }) => id).filter((id) => topics.includes(topicOf(id)));

/** What makes a step done, by its own kind of event. */
function doing(step: Step): LogEvent[] {
  switch (step.kind) {
    case 'kata':
      return [event('checked', { kata: step.kata, outcome: 'passed', diagnosis: null })];
    case 'gradcheck':
      return [event('gradchecked', { cell: step.cell, passed: true })];
    case 'picture':
      return [event('read', { lesson: step.lesson })];
    case 'flow':
      return [event('flowed', { cells: step.cells })];
    case 'cards':
      return cardsOf(step.topics)
        .slice(0, step.count)
        .map((card) => event('answered', { card, correct: true }));
    case 'prediction':
      return ['bytes', 'exponent', ...(step.crosses ? ['crossover'] : [])].map((of) =>
        event('predicted', { mode: step.id, of, given: '1', correct: false }),
      );
  }
}

const walk = fc.constantFrom(...walks);
const junk = fc.oneof(
  fc.record({ outcome: fc.constantFrom(...outcomes), kata: fc.constantFrom('lstm-step', 'x') })
    .map((fields) => event('checked', fields)),
  fc.record({ card: fc.anything(), correct: fc.anything() }).map((one) => event('answered', one)),
  fc.record({ mode: fc.anything(), of: fc.anything(), given: fc.anything() })
    .map((one) => event('predicted', one)),
  fc.record({ walk: fc.anything(), step: fc.anything() }).map((one) => event('walked', one)),
  fc.record({ cells: fc.anything() }).map((one) => event('flowed', one)),
); // prettier-ignore

describe('a walk', () => {
  it('has nothing done in an empty history, and begins with its first step', () => {
    for (const one of walks) expect(stand(one, [])).toMatchObject({ done: 0, next: 0 });
  });

  it('has exactly those steps done that were done, in any order, wherever they were', () => {
    fc.assert(
      fc.property(
        walk.chain((one) =>
          fc.tuple(fc.constant(one), fc.shuffledSubarray([...one.steps]), fc.array(junk)),
        ),
        ([one, some, noise]) => {
          const harmless = noise.filter(({ type }) => type !== 'checked' && type !== 'predicted');
          const events = [...harmless, ...some.flatMap(doing)];
          const { steps, done, next } = stand(one, events);
          const names = some.map(({ id }) => id);
          expect(steps.filter((step) => step.done).map(({ id }) => id).sort()).toEqual(names.sort());
          expect(done).toBe(some.length);
          expect(next).toBe(
            done === steps.length ? null : steps.findIndex((step) => !step.done),
          );
        },
      ),
    ); // prettier-ignore
  });

  it('leaves a skipped step for later: it comes again when the others are done', () => {
    fc.assert(
      fc.property(
        walk.chain((one) => fc.tuple(fc.constant(one), fc.nat(one.steps.length - 1))),
        ([one, k]) => {
          const skipped = event('walked', { walk: one.id, step: one.steps[k]!.id, skipped: true });
          const others = one.steps.filter((_, n) => n !== k).flatMap(doing);
          expect(stand(one, [skipped]).next).toBe(k === 0 ? 1 : 0);
          expect(stand(one, [skipped]).steps[k]).toMatchObject({ done: false, skipped: true });
          expect(stand(one, [skipped, ...others]).next).toBe(k);
          const all = [skipped, ...others, ...doing(one.steps[k]!)];
          expect(stand(one, all)).toMatchObject({ next: null });
          expect(stand(one, all).steps[k]!.skipped).toBe(false);
        },
      ),
    );
  });

  it('keeps a kata that was passed, though it fails now or is reset; takes back a card that is missed again', () => {
    const [rnn] = walks as [Walk];
    const passed = rnn.steps.flatMap(doing);
    const failed = event('checked', { kata: 'rnn-step', outcome: 'failed', diagnosis: null });
    const { next: after } = stand(rnn, passed);
    expect(stand(rnn, [failed])).toMatchObject({ next: 0 });
    expect(stand(rnn, [...passed, failed]).next).toBe(after);
    expect(stand(rnn, [...passed, failed]).steps[0]).toMatchObject({ done: true, failed: true });
    expect(stand(rnn, [...passed, event('reset', { kata: 'rnn-step' })]).next).toBe(after);

    const [card] = cardsOf(['rnn', 'gradients']) as [string];
    const missed = event('answered', { card, correct: false });
    const { steps, next } = stand(rnn, [...passed, missed]);
    expect(next).toBe(rnn.steps.length - 1);
    expect(steps.at(-1)!.cards).toEqual({ right: 5, of: 6 });
  });

  it('counts a generator once, whatever its seeds, and no failed gradient check', () => {
    const [rnn] = walks as [Walk];
    const made = ourDeck.generators.find(({ id }) => topicOf(id) === 'rnn')!.id;
    const events = [1, 2, 3].map((seed) => event('answered', { card: `${made}#${seed}`, correct: true }));
    expect(stand(rnn, events).steps.at(-1)!.cards).toEqual({ right: 1, of: 6 });
    const wrong = event('gradchecked', { cell: 'rnn', passed: false });
    expect(stand(rnn, [wrong]).done).toBe(0);
  }); // prettier-ignore

  it('counts a gradient flow that was read about or measured, if all its cells were', () => {
    for (const one of walks)
      for (const step of one.steps.filter(({ kind }) => kind === 'flow') as FlowStep[]) {
        const done = (...events: LogEvent[]): boolean =>
          stand(one, events).steps[one.steps.indexOf(step)]!.done;
        expect(done(event('read', { lesson: step.lesson }))).toBe(true);
        expect(done(event('flowed', { cells: ['rnn', 'lstm', 'gru'] }))).toBe(true);
        for (const cell of step.cells) {
          const others = step.cells.filter((other) => other !== cell);
          expect(done(event('flowed', { cells: others }))).toBe(false);
        }
      }
  });

  it('reads any log, however it was edited, and gives plain data', () => {
    fc.assert(
      fc.property(walk, fc.array(junk), (one, events) => {
        const standing = stand(one, events);
        expect(structuredClone(standing)).toEqual(standing);
        expect(standing.done).toBeLessThanOrEqual(standing.steps.length);
      }),
    );
  });
});
