/** The first words of a command line: what they name, or the sentence about what they do not. */
import { didYouMean, quoted } from './refusal.js';

/** What there is completion for. */
const shells = ['bash', 'zsh', 'fish', 'powershell'];
/** The two commands of the plugin that scripts call. */
const plumbing = ['create', 'script'];

/** `help bench speed` is `bench speed --help`. */
export const withoutHelp = (args: readonly string[]): string[] =>
  args[0] === 'help'
    ? [...args.slice(1).filter((word) => word !== 'help' && !word.startsWith('-')), '--help']
    : [...args];

/**
 * Why the first words name no command, or undefined.
 * @param ids of all commands, those below a topic as `bench:memory`
 */
export function nameRefusal(
  [first, second, third]: readonly string[],
  ids: readonly string[],
): string | undefined {
  const all = ids.map((id) => id.split(':'));
  const names = [...all.map(([name]) => name!), 'help'];
  if (first!.startsWith('-')) return undefined;
  if (!names.includes(first!))
    return `There is no command ${quoted(first!)}.${didYouMean(first!, names)} bptt --help shows them all.`;
  if (second === undefined || second.startsWith('-')) return undefined;
  if (first === 'autocomplete') return shellRefusal(second, third);
  if (ids.includes(first!)) return undefined;
  // Below a topic, such as bench, stands a command.
  const below = all.filter(([topic]) => topic === first).map((name) => name.join(' '));
  const typed = `${first!} ${second}`;
  return below.includes(typed)
    ? undefined
    : `There is no command ${quoted(typed)}.${didYouMean(typed, below)} There ${below.length === 1 ? 'is' : 'are'} ${below.join(', ')}.`;
}

function shellRefusal(shell: string, more: string | undefined): string | undefined {
  if (plumbing.includes(shell)) return undefined;
  if (!shells.includes(shell))
    return `There is no completion for ${quoted(shell)}.${didYouMean(shell, shells)} There are ${shells.join(', ')}.`;
  return more === undefined || more.startsWith('-') || shell === 'fish' // which says so itself
    ? undefined
    : `bptt autocomplete takes one shell, got ${quoted(more)} as well.`;
}
