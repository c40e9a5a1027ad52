/** The watch on a terminal. */
import { useSyncExternalStore } from 'react';
import { WatchScreen } from '../ui/watch-screen.js';
import { putUp } from './screen.js';
import type { Screen } from './screen.js';
import type { WatchSession } from './watch-session.js';

export const showWatch = (
  session: WatchSession,
  subscribe: (changed: () => void) => () => void,
): Screen =>
  putUp((terminal) => (
    <WatchScreen
      state={useSyncExternalStore(subscribe, () => session.state)}
      {...terminal}
      onIntent={(intent, most) => session.press(intent, most)}
    />
  ));
