/** The watch on a terminal, at the terminal's size, also after it was resized. */
import { useSyncExternalStore } from 'react';
import { render } from 'ink';
import { WatchScreen } from '../ui/watch-screen.js';
import { useTerminal } from './on-terminal.js';
import type { WatchSession } from './watch-session.js';

/** @returns how to take it off the screen; the last frame stays. */
export function showWatch(
  session: WatchSession,
  subscribe: (changed: () => void) => () => void,
): () => Promise<void> {
  function Sized() {
    const state = useSyncExternalStore(subscribe, () => session.state);
    const terminal = useTerminal();
    return (
      <WatchScreen
        state={state}
        {...terminal}
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
