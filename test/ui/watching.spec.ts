/** What `bptt watch` shows, as laws over any order of saves, reports and keys. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startWatch, watchStep } from '../../src/ui/watching.js';
import { watchFooter, watchIntent } from '../../src/ui/watch-keys.js';
import { watchText } from '../../src/ui/watch-text.js';
import { outcomes, type KataReport } from '../../src/kata/index.js';
import type { Panel, WatchAction, WatchState } from '../../src/ui/watching.js';
import { expectPrintableAtAnyWidth, letters, plainPage, widths } from './pages.js';

const watched = (open: boolean) => ({
  id: 'lstm-step',
  title: 'One LSTM step',
  file: 'katas/30-lstm/lstm-step.ts',
  open,
});

const reportOf = (outcome: KataReport['outcome'], seed: number): KataReport => ({
  id: 'lstm-step',
  title: 'One LSTM step',
  outcome,
  seed,
  checks: [],
  diagnosis: null,
  counterexample: null,
  says: outcome === 'passed' || outcome === 'failed' ? null : 'It did not answer.',
  printed: [],
  ms: 12,
});

const panels: readonly Panel[] = [
  { kind: 'report' },
  { kind: 'hint', level: 1, of: 3, text: 'Look at the gates.' },
  { kind: 'solution', text: 'for (;;) {\n    deep();\n}\n' },
  { kind: 'diff', lines: [{ in: 'yours', text: '  x', line: 1 }] },
  { kind: 'refused', says: 'You have not passed yet.' },
];

const action: fc.Arbitrary<WatchAction> = fc.oneof(
  fc.constant<WatchAction>({ type: 'check' }),
  fc.record({
    type: fc.constant('checked' as const),
    run: fc.nat(6),
    report: fc.tuple(fc.constantFrom(...outcomes), fc.nat()).map(([one, seed]) => reportOf(one, seed)),
  }),
  fc.boolean().map((open): WatchAction => ({ type: 'kata', kata: watched(open) })),
  fc.constantFrom(...panels).map((panel): WatchAction => ({ type: 'show', panel })),
  fc.record({ type: fc.constant('scroll' as const), by: fc.integer({ min: -9, max: 9 }), most: fc.nat(20) }),
); // prettier-ignore

/** A state that some actions lead to. */
const reached = fc
  .array(action, { maxLength: 20 })
  .map((actions) => actions.reduce(watchStep, startWatch(watched(false))));

describe('a watch', () => {
  it('shows the report of the newest check, and of no other', () => {
    fc.assert(
      fc.property(reached, action, (state, next) => {
        const after = watchStep(state, next);
        if (next.type === 'checked') {
          const counts = next.run === state.run;
          expect(after.report).toBe(counts ? next.report : state.report);
          expect(after.checking).toBe(counts ? false : state.checking);
        }
        if (next.type === 'check') {
          expect(after).toMatchObject({ run: state.run + 1, checking: true });
          expect(after.panel.kind).toBe('report');
          // Whatever was under way comes too late now.
          const late = { type: 'checked', run: state.run, report: reportOf('passed', 1) } as const;
          expect(watchStep(after, late)).toEqual(after);
        }
        expect(after.run).toBeGreaterThanOrEqual(state.run);
      }),
    );
  });

  it('opens the solution by a pass or by showing it, and closes it only for another kata', () => {
    fc.assert(
      fc.property(reached, action, (state, next) => {
        const { open } = watchStep(state, next).kata;
        if (next.type === 'kata') expect(open).toBe(next.kata.open);
        else if (state.kata.open) expect(open).toBe(true);
        else if (open)
          expect(
            (next.type === 'checked' && next.report.outcome === 'passed') ||
              (next.type === 'show' && ['solution', 'diff'].includes(next.panel.kind)),
          ).toBe(true);
      }),
    );
  });
});

describe('the screen of a watch', () => {
  it('has no line wider than the page, and no more lines than the terminal but one', () => {
    fc.assert(
      fc.property(reached, fc.integer({ min: 24, max: 60 }), (state, rows) => {
        const { lines, most } = watchText(state, plainPage(80), rows);
        expect(lines.length).toBeLessThan(rows);
        expect(most).toBeGreaterThanOrEqual(0);
      }),
    );
    for (const panel of panels)
      for (const report of [null, reportOf('passed', 1), reportOf('timedOut', 2)])
        expectPrintableAtAnyWidth(
          (page) => watchText({ ...startWatch(watched(true)), panel, report }, page, 30).lines,
        );
  });

  it('shows every line of a long solution at some place of the scroll, indentation kept', () => {
    const text = Array.from({ length: 70 }, (_, k) => `${' '.repeat(k % 5)}line${k};`).join('\n');
    const state = watchStep(startWatch(watched(true)), {
      type: 'show',
      panel: { kind: 'solution', text },
    });
    const shown = new Set<string>();
    const { most } = watchText(state, plainPage(80), 24);
    for (let scroll = 0; scroll <= most; scroll++)
      for (const line of watchText({ ...state, scroll }, plainPage(80), 24).lines) shown.add(line);
    for (const line of text.split('\n')) expect([...shown]).toContain(`  ${line}`);
    expect(watchText({ ...state, scroll: most }, plainPage(80), 24).lines).toContain(
      '  no more lines',
    );
  });

  it('names in its footer only keys that work, and all that a letter does', () => {
    fc.assert(
      fc.property(reached, fc.boolean(), (state: WatchState, long) => {
        const keys = watchFooter(state, long).map((item) => item.split(' ')[0]!);
        for (const key of keys)
          expect(
            key === '↑'
              ? watchIntent('', { upArrow: true }, 5)
              : watchIntent(key, { return: key === 'enter' }, 5),
            key,
          ).not.toBe('none');
        expect(keys.includes('S')).toBe(!state.kata.open);
        expect(keys.includes('d')).toBe(state.kata.open);
      }),
    );
    expect(watchIntent('c', { ctrl: true }, 5)).toBe('interrupt');
    for (const letter of ['x', 'Q', '__proto__', 'toString', ''])
      expect(watchIntent(letter, {}, 5)).toBe('none');
  });

  it('breaks its footer between two keys, never inside what one does', () => {
    fc.assert(
      fc.property(reached, fc.boolean(), widths, (state, long, width) => {
        const { lines } = watchText(state, plainPage(Math.max(32, width)), long ? 10 : 60);
        const foot = lines
          .slice(lines.lastIndexOf('') + 1)
          .flatMap((row) => row.trim().split(' · '));
        expect([watchFooter(state, true), watchFooter(state, false)]).toContainEqual(foot);
      }),
    );
  });

  it('breaks a word that is longer than the screen: it cuts off the end of nothing', () => {
    const path = `/home/${'folder/'.repeat(20)}x.json`;
    const report = { ...reportOf('threw', 3), says: `Cannot read ${path}: it is not there.` };
    const { lines } = watchText({ ...startWatch(watched(true)), report }, plainPage(40), 60);
    expect(letters(lines)).toContain(`Cannotread${path}:itisnotthere.`);
    expect(lines.filter((row) => row.length > 40)).toEqual([]);
  });

  it('says that it is checking, over the last report', () => {
    const state = { ...startWatch(watched(false)), checking: true, report: reportOf('failed', 4) };
    const text = letters(watchText(state, plainPage(80), 24).lines);
    expect(text).toContain('checking…');
    expect(text).toContain('✗failed');
  });
});
