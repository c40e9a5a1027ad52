/** The pager: everything is shown once, in order, and every way out ends it. */
import { render } from 'ink-testing-library';
import { describe, expect, it, vi } from 'vitest';
import { Pager, partsThatFit } from '../../src/ui/pager.js';
import { paintWith } from '../../src/ui/paint.js';

const screens = [['a1', 'a2', 'a3', 'a4', 'a5'], ['b1']];

describe('pager', () => {
  it('cuts screens where the terminal ends, and loses no line', () => {
    for (let rows = 1; rows < 12; rows++) {
      const parts = partsThatFit(screens, rows);
      expect(parts.flat()).toEqual(screens.flat());
      expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(
        Math.max(3, rows - 2),
      );
    }
  });

  it.each([
    ['\r\r\r', 'done'],
    ['\rb\r\r\r', 'done'],
    ['q', 'quit'],
    ['\u0003', 'interrupted'],
  ])('after %j it is %s', async (keys, how) => {
    const onDone = vi.fn();
    const screen = render(
      <Pager screens={screens} rows={5} paint={paintWith(false)} onDone={onDone} />,
    );
    await vi.waitFor(() => expect(screen.lastFrame()).toContain('a1\na2\na3\n'));
    for (const key of keys) {
      expect(onDone).not.toHaveBeenCalled();
      screen.stdin.write(key);
      await vi.waitFor(() => expect(screen.stdin.data).toBe(null));
    }
    await vi.waitFor(() => expect(onDone).toHaveBeenCalled());
    expect(onDone.mock.calls).toEqual([[how]]);
  });
});
