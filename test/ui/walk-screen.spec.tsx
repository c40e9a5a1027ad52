/** A walk through its keys, on a terminal that is not there: the real session, with a world that answers at once. */
import { cleanup, render } from 'ink-testing-library';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { Journal } from '../../src/commands/journal.js';
import { WalkSession } from '../../src/commands/walk-session.js';
import { measureFlow } from '../../src/bench/index.js';
import { countBytes } from '../../src/bench/memory/run.js';
import { checkCellGradient, type GradientReport } from '../../src/check/index.js';
import { kataById, type Outcome } from '../../src/kata/index.js';
import { charts } from '../../src/lessons/index.js';
import { ourDeck } from '../../src/quiz/catalogue.js';
import { walkFooter, walkIntent } from '../../src/ui/walk-keys.js';
import { walkStepText } from '../../src/ui/walk-step-text.js';
import { WalkScreen } from '../../src/ui/walk-screen.js';
import { judged, measureStep } from '../../src/walk/memory/index.js';
import { standingOf, walkById, walkIds, type WalkId } from '../../src/walk/index.js';
import { scratch } from '../cli/bptt.js';
import type { WalkEnd } from '../../src/commands/walk-world.js';
import { colourPage, expectPrintableAtAnyWidth, plainPage } from './pages.js';

const enter = '\r';
const escape = '\u001b';
const ctrlC = '\u0003';
afterEach(cleanup);

const gradient = (cell: 'rnn' | 'lstm' | 'gru', mistake?: string): GradientReport => {
  const result = checkCellGradient({
    cell,
    dims: { T: 2, B: 1, D: 2, H: 2, ...(cell === 'rnn' ? { O: 1 } : {}) },
    seed: 7,
    method: 'complex-step',
    ...(mistake === undefined ? {} : { mistake }),
  });
  if (result.kind === 'invisible') throw new Error(result.says);
  return result.report;
};

/** A learner whose checks end as they are told. */
function walking(id: WalkId, from = 0, again = false) {
  const folder = scratch();
  const journal = new Journal(folder, { BPTT_HOME: folder }, () => undefined);
  const walk = walkById(id);
  const standing = () => standingOf(walk, journal.events, ourDeck.topicOf);
  const ends: WalkEnd[] = [];
  const told = { outcome: 'failed' as Outcome, changed: (): void => undefined };
  const session = new WalkSession(
    {
      ...{ walk, standing, again, journal, workspace: folder },
      kata: (step) => kataById(step.kata)!,
      equations: () => [{ reads: 'f = σ(W_f [h₋, x] + b_f)', says: 'how much stays' }],
      check: ({ id: kata, title }) =>
        Promise.resolve({
          ...{ id: kata, title, outcome: told.outcome, seed: 1, checks: [], printed: [], ms: 1 },
          ...{ diagnosis: null, counterexample: null, says: null },
        }),
      gradcheck: ({ cell, mistake }, planted) =>
        gradient(cell as 'rnn', planted ? mistake : undefined),
      chart: (name) => charts[name]!(),
      flow: ({ cells }) => measureFlow({ steps: 9, hidden: 2, seed: 7, biases: [0, 1, 3], cells }),
      lesson: () => '# A lesson\n\nIt says something.',
      measure: async (step) => {
        const measured = await measureStep(step, (mode, sizes) =>
          Promise.resolve({ ...countBytes(mode, sizes), runtimeBytes: 0, peakRssBytes: 0 }),
        );
        return { measured, judged: judged(step, ['1 kB', '0'], measured.truth) };
      },
      changed: () => told.changed(),
      ended: (how) => ends.push(how),
    },
    from,
  );
  return { session, journal, ends, told, walk, standing };
}

/** The same on a screen. */
function shown(id: WalkId, from = 0) {
  const all = walking(id, from);
  const { session, told } = all;
  const frame = () => (
    <WalkScreen
      view={session.view}
      page={plainPage(80)}
      rows={40}
      onIntent={(intent, most) => session.press(intent, most)}
    />
  );
  session.arrive();
  const screen = render(frame());
  told.changed = () => screen.rerender(frame());
  const press = async (...inputs: string[]): Promise<string> => {
    for (const input of inputs) {
      screen.stdin.write(input);
      await new Promise((done) => setTimeout(done, 30)); // ink waits for the rest of an escape
    }
    return screen.lastFrame() ?? '';
  };
  return { ...all, press, text: () => screen.lastFrame() ?? '' };
}

describe('a walk on the screen', () => {
  it('shows the equation, checks, says what failed, and goes on after a pass', async () => {
    const { press, text, told, journal, standing } = shown('lstm');
    expect(text()).toContain('walk lstm · 1 of 14 · The forget gate');
    expect(text()).toContain('f = σ(W_f [h₋, x] + b_f)');
    expect(text()).toContain('katas/30-lstm/forget-gate.ts');
    expect(await press(enter)).toContain('✗ failed');
    expect(await press('h')).toContain('hint 1 of 3');
    expect(await press('b')).toContain('✗ failed');
    expect(await press('e')).toContain('f = σ');
    expect(await press('l')).toContain('It says something.');
    expect(await press(escape)).toContain('f = σ');
    expect(await press('b')).toContain('✗ failed');

    told.outcome = 'passed';
    expect(await press('c')).toContain('✓ passed');
    expect(text()).toContain('enter next');
    expect(await press(enter)).toContain('2 of 14');
    expect(text()).toContain('✓→··');
    expect(standing()).toMatchObject({ done: 1, next: 1 });
    const types = journal.events.map(({ type, outcome }) => [type, outcome]);
    expect(types).toEqual([
      ['checked', 'failed'],
      ['hinted', undefined],
      ['checked', 'passed'],
    ]);
    expect(await press('b')).toContain('1 of 14');
  });

  it('leaves steps for later, checks the gradient, plants a mistake, and shows the picture', async () => {
    const { press, walk, standing, journal } = shown('lstm', 8);
    expect(await press(enter)).toContain('✓ every gradient agrees');
    expect(standing().steps[8]!.done).toBe(true);
    expect(await press('m')).toContain('planted mistake no-cell-carry');
    expect(standing().steps[8]!.done).toBe(true);
    expect(await press(enter)).toContain('10 of 14');
    const picture = await press('n');
    expect(picture).toContain('11 of 14');
    expect(picture).toContain('LSTM, bias 3');
    expect(await press(enter)).toContain('12 of 14');
    expect(standing().steps.slice(8, 11)).toMatchObject([
      { done: true },
      { done: false, skipped: true },
      { done: true },
    ]);
    await press('n', 'n', 'n', 'n', 'n');
    expect(journal.events.filter(({ type }) => type === 'walked')).toHaveLength(5);
    expect(await press('b')).toContain(walk.steps.at(-1)!.title);
  });

  it('gives the screen to its questions, and leaves by q and by Ctrl-C', async () => {
    const { press, ends } = shown('gru', walkById('gru').steps.length - 1);
    await press(enter);
    expect(ends).toEqual(['questions']);
    await press('q');
    await press(ctrlC);
    expect(ends).toEqual(['questions', 'quit', 'interrupted']);
  });

  it('asks for predictions before it measures, and shows what was measured when they are made', async () => {
    const { session, journal, ends, told } = walking('memory');
    session.arrive();
    expect(session.asking).toBe(true);
    expect(ends).toEqual(['questions']);
    for (const of of ['bytes', 'exponent'])
      journal.record({ type: 'predicted', mode: 'lstm-streaming', of, given: '1', correct: false });
    const measured = new Promise<void>((resolve) => {
      told.changed = () => {
        const { body } = session.view;
        if (body.kind === 'prediction' && body.measured) resolve();
      };
    });
    session.answered();
    expect(session.asking).toBe(false);
    await measured;
    const text = walkStepText(session.view, plainPage(80), 50).lines.join('\n');
    expect(text).toContain('Measured 1,024 bytes = 2·H · 8');
    expect(text).toContain('you said 1 kB, right');
  });

  it('asks again only where it is asked to', () => {
    const before = walking('memory');
    for (const of of ['bytes', 'exponent'])
      before.journal.record({ type: 'predicted', mode: 'lstm-streaming', of, given: '1' });
    before.session.arrive();
    expect(before.session.asking).toBe(false);
    const again = walking('memory', 0, true);
    again.session.arrive();
    expect(again.session.asking).toBe(true);
  });
});

const keys = fc.constantFrom('b', 'n', 'l', 'e', 'm', 'h', 'c', 'S', 'd', 's', ' ', enter, 'x');
const place = fc.constantFrom(...walkIds.filter((id) => id !== 'memory'));

describe('any keys', () => {
  it('lead to a step of the walk, whose screen fits and whose footer says only what works', async () => {
    await fc.assert(
      fc.asyncProperty(
        place,
        fc.nat(5),
        fc.array(keys, { maxLength: 15 }),
        fc.integer({ min: 20, max: 50 }),
        async (id, from, pressed, rows) => {
          const { session, walk, told } = walking(id, from);
          told.outcome = pressed.length % 2 === 0 ? 'passed' : 'failed';
          session.arrive();
          for (const key of pressed) {
            session.press(walkIntent(key, { return: key === enter }, 5), 10);
            await Promise.resolve();
            const { view } = session;
            expect(view.at).toBeGreaterThanOrEqual(0);
            expect(view.at).toBeLessThanOrEqual(walk.steps.length);
            expect(structuredClone({ ...view, body: null })).toEqual({ ...view, body: null });
            const { lines } = walkStepText(view, colourPage(80), rows);
            expect(lines.length).toBeLessThan(Math.max(10, rows));
            for (const item of walkFooter(view, true).filter((one) => !/^[↑e]/.test(one)))
              expect(walkIntent(item[0]!, {}, 5)).not.toBe('none');
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('print no line that is wider than the page, whatever the step', () => {
    const { steps } = walkById('rnn');
    const kinds = [...new Set(steps.map(({ kind }) => kind))];
    const places = kinds.map((kind) => steps.findIndex((step) => step.kind === kind));
    for (const from of [...places, steps.length]) {
      const { session } = walking('rnn', from);
      session.arrive();
      if (steps[from]?.kind === 'gradcheck') session.press('mistake', 0);
      expectPrintableAtAnyWidth((page) => walkStepText(session.view, page, 400).lines);
    }
  });
});
