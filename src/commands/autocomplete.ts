/** Completion for a shell: the plugin writes what the shell loads, and this says how to have it loaded. */
import path from 'node:path';
import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { makeFolder } from '../store/folder.js';
import { reasonOf } from '../store/reason.js';
import { BaseCommand } from './base.js';
import { Refusal, exitCodes } from './refusal.js';
import type { Page } from '../ui/layout.js';

/** What makes each shell load it, in lines that stay whole at 40 columns. */
const setUp = {
  bash: ['bptt autocomplete script bash \\', '  >> ~/.bashrc'],
  zsh: ['bptt autocomplete script zsh \\', '  >> ~/.zshrc'],
  fish: ['bptt autocomplete fish \\', '  > ~/.config/fish/completions/bptt.fish'],
  powershell: ['Add-Content $PROFILE (', '  bptt autocomplete script powershell)'],
} as const;

type Shell = keyof typeof setUp;
const shells = Object.keys(setUp) as Shell[];

interface AutocompleteReport {
  readonly version: 1;
  readonly shell: Shell;
  /** To be typed once. */
  readonly setUp: string;
}

export default class Autocomplete extends BaseCommand {
  static override readonly summary = 'Set up completion for your shell.';
  static override readonly description =
    'Writes what the shell loads to the cache, and says what to type once so that it is loaded. Without SHELL it is the one that SHELL of the environment names. Exit code: 4 if it could not be written.';
  static override readonly examples = [
    '<%= config.bin %> autocomplete',
    '<%= config.bin %> autocomplete zsh',
    '<%= config.bin %> autocomplete --refresh-cache',
  ];
  static override readonly args = {
    shell: Args.string({ description: 'your shell', options: [...shells] }),
  };
  static override readonly flags = {
    'refresh-cache': Flags.boolean({
      char: 'r',
      description: 'only write anew what the shell loads',
    }),
  };

  async run(): Promise<AutocompleteReport> {
    const { args, flags } = await this.parse(Autocomplete);
    const own = path.basename(process.env.SHELL ?? '');
    const shell = (args.shell ?? shells.find((one) => one === own) ?? 'bash') as Shell;
    try {
      makeFolder(this.config.cacheDir); // the plugin's own mkdir would try for ever below /proc
      await this.config.runCommand('autocomplete:create');
    } catch (error) {
      throw new Refusal(
        `Could not write completion to ${this.config.cacheDir}, because ${reasonOf(error)}.`,
        exitCodes.notSaved,
      );
    }
    if (!flags['refresh-cache']) {
      const { paragraph } = await import('../ui/layout.js');
      this.print((page: Page) => [
        ...paragraph(`Completion for ${shell} is written. Type this once:`, page),
        '',
        ...setUp[shell].map((line) => `  ${line}`),
        '',
        ...paragraph(
          'and open a new shell: the tab key then completes commands, their second words and flags. bptt autocomplete --refresh-cache brings it up to date after an update.',
          page,
        ),
      ]);
    }
    return { version: 1, shell, setUp: setUp[shell].join('\n') };
  }
}
