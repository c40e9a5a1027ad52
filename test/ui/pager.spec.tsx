/** The pager: everything is shown once, in order, and every way out ends it and says what was seen. */
import fc from 'fast-check';
import { render } from 'ink-testing-library';
import stringWidth from 'string-width';
import { describe, expect, it, vi } from 'vitest';
import { within } from '../../src/ui/blocks.js';
import { Pager, partsThatFit } from '../../src/ui/pager.js';
import { paintWith } from '../../src/ui/paint.js';

const screens = [['a1', 'a2', 'a3', 'a4', 'a5'], ['b1']];

describe('pager', () => {
  it('cuts screens where the terminal ends, and loses no line and no character', () => {
    const line = fc.string({ unit: fc.constantFrom('a', ' ', 'σ', '字', 'c̃'), maxLength: 90 });
    fc.assert(
      fc.property(
        fc.array(fc.array(line, { maxLength: 30 }), { minLength: 1, maxLength: 3 }),
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 20, max: 80 }),
        (any, rows, columns) => {
          const parts = partsThatFit(any, rows, columns);
          for (const { lines } of parts) {
            // Above the empty line and the footer, and one row free.
            expect(lines.length).toBeLessThanOrEqual(Math.max(3, rows - 3));
            for (const one of lines) expect(stringWidth(one)).toBeLessThanOrEqual(columns);
          }
          any.forEach((screen, k) => {
            const mine = parts.filter((part) => part.screen === k);
            expect(mine.flatMap(({ lines }) => lines).join('')).toBe(screen.join(''));
            expect(mine.at(-1)!.seen).toBe(screen.length);
          });
        },
      ),
    );
  });

  /** Blocks of so many lines each, all lines different. */
  const screenOf = (heights: readonly number[]): string[] =>
    heights.flatMap((height, k) => [
      ...Array.from({ length: height }, (_, line) =>
        line === 1 && height > 2 ? within : `${k}.${line}`,
      ),
      '',
    ]);

  it('turns the page before a block that does not fit the rest of it, and cuts only what fits no page', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 6, max: 30 }),
        (heights, rows) => {
          const room = rows - 3;
          const parts = partsThatFit([screenOf(heights)], rows, 80);
          const partsOf = (k: number) =>
            parts.filter(({ lines }) => lines.some((line) => line.startsWith(`${k}.`)));
          heights.forEach((height, k) => {
            if (height <= room) expect(partsOf(k)).toHaveLength(1);
            // It goes on where the block before it ended, if there is room.
            const before = k === 0 ? undefined : partsOf(k - 1).at(-1)!;
            const used = before?.lines.findLastIndex((line) => line.startsWith(`${k - 1}.`));
            if (before && used! + 2 + height <= room) expect(partsOf(k)[0]).toBe(before);
          });
          for (const { lines } of parts) expect(lines[0]).not.toBe('');
        },
      ),
    );
  });

  it.each([
    ['\r\r\r', 'done', [5, 1]],
    [' b\n\r\r', 'done', [5, 1]],
    ['q', 'quit', [3, 0]],
    ['\rbq', 'quit', [5, 0]],
    ['\u0003', 'interrupted', [3, 0]],
  ])('after %j it is %s', async (keys, how, seen) => {
    const onDone = vi.fn();
    const screen = render(
      <Pager screens={screens} rows={6} columns={80} paint={paintWith(false)} onDone={onDone} />,
    );
    await vi.waitFor(() => expect(screen.lastFrame()).toContain('a1\na2\na3\n'));
    for (const key of keys) {
      expect(onDone).not.toHaveBeenCalled();
      screen.stdin.write(key);
      await vi.waitFor(() => expect(screen.stdin.data).toBe(null));
    }
    await vi.waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(onDone.mock.calls).toEqual([[how, seen]]);
    await vi.waitFor(() => expect(screen.lastFrame()?.trim()).toBe(''));
  });

  it('takes quick typing, which arrives as one chunk, key by key', async () => {
    const onDone = vi.fn();
    const screen = render(
      <Pager screens={screens} rows={6} columns={80} paint={paintWith(false)} onDone={onDone} />,
    );
    await vi.waitFor(() => expect(screen.lastFrame()).toContain('a1\na2\na3\n'));
    screen.stdin.write('   qq');
    await vi.waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(onDone.mock.calls).toEqual([['done', [5, 1]]]);
  });
});
