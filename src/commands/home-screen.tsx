/** Home on a terminal: shows it, runs the command of a key as a child on the same terminal, and comes back. */
import { spawn } from 'node:child_process';
import { HomeScreen } from '../ui/home-screen.js';
import { lendTerminal } from './lend-terminal.js';
import { putUp } from './screen.js';
import type { HomeIntent, HomePlace, Offer } from '../ui/home-keys.js';
import type { HomeReport } from '../walk/home.js';

export interface HomeOptions {
  /** Read anew each time, since commands write to the log. */
  readonly report: () => Promise<HomeReport>;
  readonly first: 'home' | 'offer';
  readonly offer: () => Promise<Offer>;
  /** Makes the workspace, or goes into it. @returns what is to be said about it */
  readonly accept: (offer: Offer) => Promise<string>;
}

/** @returns whether Ctrl-C ended it, and the last report. */
export async function homeOnScreen({
  report: read,
  first,
  offer,
  accept,
}: HomeOptions): Promise<{ readonly report: HomeReport; readonly interrupted: boolean }> {
  let place: HomePlace =
    first === 'offer' ? { kind: 'offer', offer: await offer() } : { kind: 'home' };
  for (;;) {
    const report = await read();
    const intent = await ask(place, report);
    if (intent === 'leave' || intent === 'interrupt')
      return { report, interrupted: intent === 'interrupt' };
    if (intent === 'offer') place = { kind: 'offer', offer: await offer() };
    else if (intent === 'accept' && place.kind === 'offer')
      place = { kind: 'home', says: await accept(place.offer) };
    else if (typeof intent === 'object')
      place = {
        kind: 'after',
        command: ['bptt', ...intent.run].join(' '),
        status: await runHere(intent.run),
      };
    else place = { kind: 'home' };
  }
}

/** Shows a place until a key means something. */
async function ask(place: HomePlace, report: HomeReport): Promise<Exclude<HomeIntent, 'none'>> {
  let choose: (intent: Exclude<HomeIntent, 'none'>) => void;
  const chosen = new Promise<Exclude<HomeIntent, 'none'>>((resolve) => (choose = resolve));
  const screen = putUp((terminal) => (
    <HomeScreen place={place} report={report} {...terminal} onIntent={(intent) => choose(intent)} />
  ));
  const intent = await chosen;
  await screen.close();
  return intent;
}

/** Runs bptt with these arguments on our terminal. @returns its exit code */
const runHere = (args: readonly string[]): Promise<number> =>
  lendTerminal(() => spawn(process.execPath, [process.argv[1]!, ...args], { stdio: 'inherit' }));
