/** A screen of ours: put up on the terminal, drawn at its size, also after it was resized, and taken down. */
import { render } from 'ink';
import { Leaving } from '../ui/frame.js';
import { useTerminal } from './on-terminal.js';
import type { ReactNode } from 'react';
import type { Terminal } from './on-terminal.js';

export interface Screen {
  /** Takes it down; its last frame stays, without the keys. */
  readonly close: () => Promise<void>;
}

/** Puts it up. Ctrl-C is a key like any other. @param draw called whenever something it uses has changed; may use hooks */
export function putUp(draw: (terminal: Terminal) => ReactNode): Screen {
  function Sized() {
    return draw(useTerminal());
  }
  const tree = (leaving: boolean) => (
    <Leaving.Provider value={leaving}>
      <Sized />
    </Leaving.Provider>
  );
  const screen = render(tree(false), { exitOnCtrlC: false });
  return {
    close: async () => {
      screen.rerender(tree(true));
      screen.unmount();
      await screen.waitUntilExit();
    },
  };
}
