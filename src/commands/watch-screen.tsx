/** The watch on a terminal, at the terminal's size, also after it was resized. */
import { useEffect, useReducer, useSyncExternalStore } from 'react';
import { render } from 'ink';
import { WatchScreen } from '../ui/watch-screen.js';
import { pageOf } from './terminal.js';
import type { WatchSession } from './watch-session.js';

/** @returns how to take it off the screen; the last frame stays. */
export function showWatch(
  session: WatchSession,
  subscribe: (changed: () => void) => () => void,
): () => Promise<void> {
  function Sized() {
    const state = useSyncExternalStore(subscribe, () => session.state);
    const [, measure] = useReducer((n: number) => n + 1, 0);
    useEffect(() => {
      process.stdout.on('resize', measure);
      return () => {
        process.stdout.off('resize', measure);
      };
    }, []);
    return (
      <WatchScreen
        state={state}
        page={pageOf(process.stdout, process.env)}
        rows={process.stdout.rows}
        onIntent={(intent, most) => session.press(intent, most)}
      />
    );
  }
  const screen = render(<Sized />, { exitOnCtrlC: false });
  return async () => {
    screen.unmount();
    await screen.waitUntilExit();
  };
}
