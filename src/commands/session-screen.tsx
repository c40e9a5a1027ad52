/** A session on a terminal: puts the Ink component on the screen and waits until it is over. */
import { useEffect, useReducer } from 'react';
import { CardSession } from '../ui/card-session.js';
import { putUp } from './screen.js';
import type { CardSessionProps } from '../ui/card-session.js';
import type { Terminal } from './on-terminal.js';

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

/** The session, drawn again each second, for its clock. */
function Living<State, Event>({
  page,
  rows,
  ...props
}: Omit<CardSessionProps<State, Event>, 'rows' | 'width' | 'paint'> & Terminal) {
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
  let done: (end: ScreenEnd<State>) => void;
  const ended = new Promise<ScreenEnd<State>>((resolve) => (done = resolve));
  const screen = putUp((terminal) => (
    <Living
      {...props}
      {...terminal}
      now={() => new Date().toISOString()}
      onDone={(state, how) => done({ state, interrupted: how === 'interrupted' })}
    />
  ));
  const end = await ended;
  await screen.close();
  return end;
}
