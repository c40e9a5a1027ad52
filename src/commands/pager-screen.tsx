/** Our pager on the terminal. */
import { Pager } from '../ui/pager.js';
import { putUp } from './screen.js';

type Screens = readonly (readonly string[])[];

/** @returns what was on the screen at some time, and whether Ctrl-C ended it. Nothing of it is left on the terminal. */
export async function readScreens(
  screensNow: () => Screens,
): Promise<{ readonly read: Screens; readonly interrupted: boolean }> {
  type Read = Awaited<ReturnType<typeof readScreens>>;
  let done: (read: Read) => void;
  const ended = new Promise<Read>((resolve) => (done = resolve));
  const screen = putUp(({ page, rows }) => {
    const screens = screensNow();
    return (
      <Pager
        screens={screens}
        rows={rows}
        columns={process.stdout.columns}
        paint={page.paint}
        onDone={(how, seen) => {
          const read = screens.map((lines, k) => lines.slice(0, seen[k]));
          done({
            read: read.filter((lines) => lines.length > 0),
            interrupted: how === 'interrupted',
          });
        }}
      />
    );
  });
  const end = await ended;
  await screen.close();
  return end;
}
