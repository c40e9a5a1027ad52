/** A session on a terminal: puts the Ink component on the screen and waits until it is over. */
import { useEffect, useReducer } from 'react';
import { render } from 'ink';
import { CardSession } from '../ui/card-session.js';
import { useTerminal } from './on-terminal.js';
import type { CardSessionProps } from '../ui/card-session.js';

export interface ScreenEnd<State> {
  readonly state: State;
  /** Whether Ctrl-C ended it. */
  readonly interrupted: boolean;
}

type Props<State, Event> = Omit<
  CardSessionProps<State, Event>,
  'now' | 'onDone' | 'rows' | 'width' | 'paint'
>;

/** Rows below which a screen is higher than the terminal whatever is on it: Ink would clear that each time. */
const lowest = 10;

/** The session at the terminal's size, drawn again when that changes and each second, for its clock. */
function Living<State, Event>(
  props: Omit<CardSessionProps<State, Event>, 'rows' | 'width' | 'paint'>,
) {
  const { page, rows } = useTerminal();
  const [, tick] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const seconds = setInterval(() => {
      if (process.stdout.rows >= lowest) tick();
    }, 1000);
    return () => clearInterval(seconds);
  }, []);
  return <CardSession {...props} {...page} rows={rows} />;
}

/** Runs the session until it is over or left. */
export async function onScreen<State, Event>(
  props: Props<State, Event>,
): Promise<ScreenEnd<State>> {
  let end: ScreenEnd<State> = { state: props.state, interrupted: false };
  const screen = render(
    <Living
      {...props}
      now={() => new Date().toISOString()}
      onDone={(state, how) => {
        end = { state, interrupted: how === 'interrupted' };
      }}
    />,
    { exitOnCtrlC: false },
  );
  await screen.waitUntilExit();
  return end;
}
