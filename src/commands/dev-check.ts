import { BaseCommand } from './base.js';
import { Refusal, exitCodes, quoted } from './refusal.js';
import { statOf } from '../kata/workspace.js';
import type { Kata, ProofReport } from '../kata/index.js';

export default class DevCheck extends BaseCommand {
  static override readonly summary =
    'For authors of katas: prove that stub, solution, laws and mistakes do what they say.';
  static override readonly description =
    'Puts katas to the claims that ours are put to: the stub fails as not implemented, the solution passes, every mistake is caught and named, every two are told apart. A folder holds katas/ and solutions/, as docs/writing-a-kata.md says; ids then choose among its katas, without a folder among ours. Exit code: 0 all proved, 1 a claim does not hold.';
  static override readonly examples = [
    '<%= config.bin %> dev check our-katas',
    '<%= config.bin %> dev check our-katas leaky-step',
    '<%= config.bin %> dev check lstm-step --json',
  ];
  static override readonly strict = false;
  static override readonly usage = 'dev check [DIR] [KATA…] [--json]';

  async run(): Promise<{ version: 1; holds: boolean; katas: ProofReport[] }> {
    const { argv } = await this.parse(DevCheck);
    const { proveFiles } = await import('../kata/index.js');
    const { cardById } = await import('../quiz/index.js');
    const { proofText } = await import('../ui/proof-text.js');
    const asked = await this.#asked([...new Set(argv as string[])]);
    const proofs: ProofReport[] = [];
    for (const [k, kata] of asked.entries()) {
      this.progress(`proving ${kata.id} (${k + 1} of ${asked.length}) …`);
      const proof = await proveFiles(kata, (id) => cardById(id) !== undefined);
      this.progress('');
      this.printNow((page) => proofText(proof, asked.length === 1, page)); // each takes seconds
      proofs.push(proof);
    }
    const holds = proofs.every((proof) => proof.holds);
    this.endWith(holds ? exitCodes.passed : exitCodes.failed);
    return { version: 1, holds, katas: proofs };
  }

  /** @throws {Refusal} for what is neither a folder of katas nor a kata */
  async #asked(words: readonly string[]): Promise<readonly Kata[]> {
    const isFolder = (word: string): boolean => statOf(word)?.isDirectory() === true;
    const [folder, second] = words.length === 0 ? ['.'] : words.filter(isFolder);
    if (second !== undefined)
      throw new Refusal(`One folder at a time: leave out ${quoted(second)}.`);
    const ids = words.filter((word) => word !== folder);
    const { katas, byId } = await this.catalogue(folder, 'dev check');
    return ids.length === 0 ? katas : ids.map(byId);
  }
}
