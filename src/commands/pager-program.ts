/** Who shows what is higher than the terminal: our own pager, or the program that one reads everything with. */

/** `none`: what is printed scrolls by. */
export type Pager = 'ours' | 'none' | { readonly command: string };

/** As BPTT_PAGER says, or else PAGER, a shell command; empty, or `cat`, is none. */
export function pagerOf(env: NodeJS.ProcessEnv): Pager {
  const command = (env.BPTT_PAGER ?? env.PAGER)?.trim();
  if (command === undefined) return 'ours';
  return command === '' || command === 'cat' ? 'none' : { command };
}

/** What a shell answers where there is no such program. */
const notFound = 127;

/**
 * Hands lines to a pager and waits until it is left, which may be before all was read.
 * @returns whether there was such a program
 */
export async function withPager(command: string, lines: readonly string[]): Promise<boolean> {
  const [{ spawn }, { lendTerminal }] = await Promise.all([
    import('node:child_process'),
    import('./lend-terminal.js'),
  ]);
  const status = await lendTerminal(() => {
    const child = spawn(command, {
      shell: true,
      stdio: ['pipe', 'inherit', 'inherit'],
      // As git sets it: colours pass, a short text needs no key, and what was read stays on the terminal.
      env: { LESS: 'FRX', ...process.env },
    });
    child.stdin.on('error', () => undefined); // left before all was read
    child.stdin.end(`${lines.join('\n')}\n`);
    return child;
  });
  return status !== notFound;
}
