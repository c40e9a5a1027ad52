/** The terminal as a screen of ours sees it: its page and its rows, also after it was resized. */
import { useEffect, useReducer } from 'react';
import { pageOf } from './terminal.js';
import type { Page } from '../ui/layout.js';

export interface Terminal {
  readonly page: Page;
  readonly rows: number;
}

/** For a component: what stdout is now. It draws again whenever that changes. */
export function useTerminal(): Terminal {
  const [, measure] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    process.stdout.on('resize', measure);
    return () => {
      process.stdout.off('resize', measure);
    };
  }, []);
  return { page: pageOf(process.stdout, process.env), rows: process.stdout.rows };
}
