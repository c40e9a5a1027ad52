/** Our pager on the terminal, at the terminal's size, also after it was resized. */
import { render } from 'ink';
import { Pager } from '../ui/pager.js';
import { useTerminal } from './on-terminal.js';

/** @returns what was on the screen at some time, and whether Ctrl-C ended it. Nothing of it is left on the terminal. */
export async function readScreens(
  screensNow: () => readonly (readonly string[])[],
): Promise<{ readonly read: readonly (readonly string[])[]; readonly interrupted: boolean }> {
  let end = { read: [] as readonly (readonly string[])[], interrupted: false };
  function Sized() {
    const { page, rows } = useTerminal();
    const screens = screensNow();
    return (
      <Pager
        screens={screens}
        rows={rows}
        columns={process.stdout.columns}
        paint={page.paint}
        onDone={(how, seen) => {
          const read = screens.map((lines, k) => lines.slice(0, seen[k]));
          end = {
            read: read.filter((lines) => lines.length > 0),
            interrupted: how === 'interrupted',
          };
        }}
      />
    );
  }
  await render(<Sized />, { exitOnCtrlC: false }).waitUntilExit();
  return end;
}
