/** Our terminal, lent to a child: its keys and Ctrl-C are the child's while it runs. */
import { constants } from 'node:os';
import type { ChildProcess } from 'node:child_process';

/** @returns the child's exit code. Rejects where it could not be started. */
export async function lendTerminal(start: () => ChildProcess): Promise<number> {
  const interrupts = process.listeners('SIGINT');
  const wait = (): void => undefined;
  process.on('SIGINT', wait);
  for (const listener of interrupts) process.off('SIGINT', listener);
  process.stdin.pause(); // or the child's first keys would come to us
  try {
    const child = start();
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) =>
        resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
      );
    });
  } finally {
    for (const listener of interrupts) process.once('SIGINT', listener as () => void);
    process.off('SIGINT', wait);
  }
}
