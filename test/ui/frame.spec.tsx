/** What is left of a screen on the terminal: its last frame, and none of the keys that no longer work. */
import { cleanup, render } from 'ink-testing-library';
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { Frame, Leaving } from '../../src/ui/frame.js';

afterEach(cleanup);

it('shows every line while it is up, and all but the keys when it is left', () => {
  const texts = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { maxLength: 5 });
  fc.assert(
    fc.property(texts, texts, (panel, keys) => {
      const frame = (leaving: boolean) => (
        <Leaving.Provider value={leaving}>
          <Frame lines={[...panel, ...keys]} keys={keys.length} />
        </Leaving.Provider>
      );
      const screen = render(frame(false));
      expect(screen.lastFrame()).toBe([...panel, ...keys].join('\n'));
      screen.rerender(frame(true));
      expect(screen.lastFrame()).toBe(panel.join('\n'));
      screen.unmount();
    }),
    { numRuns: 30 },
  );
});
