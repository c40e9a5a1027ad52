/** Progress against its definition in words, whatever the log holds. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { outcomes } from '../../src/kata/report.js';
import { progressOf } from '../../src/kata/progress.js';

interface Logged {
  readonly type: string;
  readonly at: string;
  readonly [field: string]: unknown;
}

const at = '2026-11-22T10:00:00.000Z';
const kata = fc.constantFrom('lstm-step', 'gru-step', '__proto__');
const mistake = fc.option(fc.record({ mistake: fc.string(), card: fc.constant(null) }));
const known: fc.Arbitrary<Logged> = fc.oneof(
  fc.record({
    type: fc.constant('checked'),
    at: fc.constant(at),
    kata,
    outcome: fc.constantFrom(...outcomes),
    diagnosis: mistake,
  }),
  fc.record({
    type: fc.constant('hinted'),
    at: fc.constant(at),
    kata,
    level: fc.integer({ min: 1, max: 5 }),
  }),
  fc.record({ type: fc.constantFrom('revealed', 'reset'), at: fc.constant(at), kata }),
);
const unknown: fc.Arbitrary<Logged> = fc.record({
  type: fc.string().filter((type) => !['checked', 'hinted', 'revealed', 'reset'].includes(type)),
  at: fc.constant(at),
  kata: fc.oneof(kata, fc.anything()),
  outcome: fc.anything(),
});
const ids = ['lstm-step', 'gru-step', '__proto__', 'never-seen'];
const all = (events: readonly Logged[]) => ids.map(progressOf(events));

it('is what the words say: by the last check, ever passed, the highest hint', () => {
  fc.assert(
    fc.property(fc.array(known), (events) => {
      for (const id of ids) {
        const mine = events.filter((event) => event.kata === id);
        const checks = mine.filter(({ type }) => type === 'checked');
        const turn = mine.findLast(({ type }) => type === 'checked' || type === 'reset');
        const outcome = turn?.type === 'checked' ? turn.outcome : 'notImplemented';
        expect(progressOf(events)(id)).toEqual({
          status:
            outcome === 'passed'
              ? 'passed'
              : outcome === 'notImplemented' || outcome === 'missing'
                ? 'open'
                : 'failed',
          everPassed: checks.some((check) => check.outcome === 'passed'),
          checks: checks.length,
          hints: Math.max(0, ...mine.map(({ level }) => (level as number | undefined) ?? 0)),
          revealed: mine.some(({ type }) => type === 'revealed'),
          mistake: (turn?.diagnosis as { mistake: string } | null | undefined)?.mistake ?? null,
        });
      }
    }),
  );
});

it('asked after every event or once at the end, it says the same', () => {
  fc.assert(
    fc.property(fc.array(known), (events) => {
      const log: Logged[] = [];
      let last = all(log);
      for (const event of events) {
        log.push(event);
        last = all(log);
      }
      expect(last).toEqual(all(events));
      expect(last).toEqual(all(structuredClone(events)));
    }),
  );
});

it('is deaf to events that it does not know, wherever they stand', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), known, unknown), { maxLength: 20 }), (mixed) => {
      const noisy = mixed.flatMap(([before, one, noise]) => (before ? [noise, one] : [one, noise]));
      expect(all(noisy)).toEqual(all(mixed.map(([, one]) => one)));
    }),
  );
});

it('never throws, and keeps its types, whatever the fields hold', () => {
  const wild = fc.record({
    type: fc.constantFrom('checked', 'hinted', 'revealed', 'reset', 'x'),
    at: fc.constant(at),
    kata: fc.oneof(kata, fc.anything()),
    outcome: fc.anything(),
    diagnosis: fc.oneof(fc.anything(), fc.record({ mistake: fc.anything() })),
    level: fc.oneof(fc.anything(), fc.double()),
  });
  fc.assert(
    fc.property(fc.array(wild), (events) => {
      for (const progress of all(events)) {
        expect(['open', 'failed', 'passed']).toContain(progress.status);
        expect(Number.isSafeInteger(progress.hints) && progress.hints >= 0).toBe(true);
        expect(progress.mistake === null || typeof progress.mistake === 'string').toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
