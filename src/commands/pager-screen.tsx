/** A pager on the terminal, at the terminal's size, also after it was resized. */
import { useEffect, useState } from 'react';
import { render } from 'ink';
import { Pager } from '../ui/pager.js';
import { pageOf } from './terminal.js';
import type { Page } from '../ui/layout.js';

/** @returns whether Ctrl-C ended it. */
export async function readScreens(
  screensOf: (page: Page) => readonly string[][],
): Promise<boolean> {
  let interrupted = false;
  const size = () => ({ page: pageOf(process.stdout, process.env), rows: process.stdout.rows });
  function Sized() {
    const [{ page, rows }, setSize] = useState(size);
    useEffect(() => {
      const measure = (): void => setSize(size());
      process.stdout.on('resize', measure);
      return () => {
        process.stdout.off('resize', measure);
      };
    }, []);
    return (
      <Pager
        screens={screensOf(page)}
        rows={rows}
        paint={page.paint}
        onDone={(how) => {
          interrupted = how === 'interrupted';
        }}
      />
    );
  }
  await render(<Sized />, { exitOnCtrlC: false }).waitUntilExit();
  return interrupted;
}
