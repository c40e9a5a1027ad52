/** Completion for fish, which the plugin behind `bptt autocomplete` (bash, zsh, powershell) does not write. */
import { BaseCommand } from './base.js';
import type { Command } from '@oclif/core/command';

/** Commands whose word is a kata. */
const takesKata = ['check', 'diff', 'hint', 'reset', 'solution', 'undo', 'watch'];

export default class AutocompleteFish extends BaseCommand {
  static override readonly summary = 'Print completion for fish.';
  static override readonly description =
    'Commands, flags and katas. For bash, zsh and powershell: bptt autocomplete SHELL.';
  static override readonly examples = [
    '<%= config.bin %> autocomplete fish > ~/.config/fish/completions/bptt.fish',
  ];
  static override readonly strict = false;

  async run(): Promise<{ script: string }> {
    const { argv } = await this.parse(AutocompleteFish);
    this.refuseArguments(argv);
    const { katas } = await import('../kata/catalogue.js');
    const commands = this.config.commands.filter(({ hidden }) => !hidden);
    const script = fishScript(
      commands,
      katas.map(({ id }) => id),
    );
    this.print(script.split('\n'));
    return { script };
  }
}

/** A command of two words, `bench speed`, completes word by word. */
export function fishScript(
  commands: readonly Pick<Command.Loadable, 'id' | 'summary' | 'flags'>[],
  katas: readonly string[],
): string {
  const lines = ['complete -c bptt -f'];
  const firstWords = new Map<string, string>();
  for (const { id, summary = '', flags } of commands) {
    const [first, second] = id.split(':') as [string, string?];
    if (second === undefined || !firstWords.has(first))
      firstWords.set(first, second ? '' : summary);
    const seen = second
      ? `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`
      : `__fish_seen_subcommand_from ${first}`;
    if (second)
      lines.push(
        `complete -c bptt -n ${quoted(`__fish_seen_subcommand_from ${first}`)} -a ${second} -d ${quoted(summary)}`,
      );
    for (const [name, { summary: short, description = '' }] of Object.entries(flags))
      lines.push(
        `complete -c bptt -n ${quoted(seen)} -l ${name} -d ${quoted(short ?? description)}`,
      );
  }
  for (const [word, summary] of firstWords)
    lines.push(`complete -c bptt -n __fish_use_subcommand -a ${word} -d ${quoted(summary)}`);
  lines.push(
    `complete -c bptt -n ${quoted(`__fish_seen_subcommand_from ${takesKata.join(' ')}`)} -a ${quoted(katas.join(' '))}`,
  );
  return lines.join('\n');
}

/** In single quotes fish knows two escapes. */
const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
