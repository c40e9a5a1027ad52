/** `--help` that leads with examples: what most people look for. Everything else is oclif's. */
import { CommandHelp, Help } from '@oclif/core/help';

class ExamplesFirst extends CommandHelp {
  protected override sections(): ReturnType<CommandHelp['sections']> {
    const sections = super.sections();
    const isExamples = ({ header }: { readonly header: string }): boolean => header === 'EXAMPLES';
    return [...sections.filter(isExamples), ...sections.filter((one) => !isExamples(one))];
  }
}

export class HelpWithExamples extends Help {
  protected override CommandHelpClass = ExamplesFirst;
}
