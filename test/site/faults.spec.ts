/** Sites of one program and one document: built where nothing is wrong, refused with a sentence where something is. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildSite } from '../../docs/site/site.js';

const scratch = mkdtempSync(path.join(tmpdir(), 'bptt-site-faults-'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('a small site', () => {
  let count = 0;
  /** The faults of a site of one program and one document. */
  async function faultsOf(program: string, document: string): Promise<readonly string[]> {
    const folder = path.join(scratch, `small-${++count}`);
    mkdirSync(folder);
    const files = {
      'entry.ts': program,
      'page.md': document,
      'README.md': '# small\n\nA site.\n',
      'package.json': '{ "name": "small" }',
      'tsconfig.json': '{ "compilerOptions": { "types": [] }, "files": ["entry.ts"] }',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    return buildSite({
      ...{ root: folder, tsconfig: path.join(folder, 'tsconfig.json') },
      entries: { small: 'entry.ts' },
      documents: { Guides: ['page.md'] },
      readme: path.join(folder, 'README.md'),
      out: path.join(folder, 'site'),
    });
  }
  const documented = '/** One. */\nexport const one = 1;\n';
  const page = '# Page\n\n```equations lstm.cell\n```\n\n```ts\nlet x = 1;\n```\n';

  it('is built without a fault where there is none', async () => {
    expect(await faultsOf(documented, page)).toEqual([]);
  });

  /** Of each kind of member, one without a docstring; a type without a name is its owner's to explain. */
  const members = `/** Has members. */
export interface Bare {
  property: number;
  /** So long. */
  told: { nameless: number };
}
/** Has members. */
export class Made {
  constructor(readonly given: number) {}
  method(): void {}
  get accessor(): number { return this.given; }
}
/** Has members. */
export enum Kind { member }
`;

  it('is refused, with a sentence for each thing that is wrong', async () => {
    const faults = await faultsOf(
      `${documented}export const two = 2;\ninterface Hidden { h: number }\n/** Takes. */\nexport const take = (hidden: Hidden): Hidden => hidden;\n/** {@link nowhere} */\nexport const three = 3;\n${members}`,
      `${page}[dead](gone.md)\n\n\`\`\`cobol\n\`\`\`\n\n\`\`\`equations lstm.nothing\n\`\`\`\n\n\`\`\`chart nothing\n\`\`\`\n`,
    );
    for (const wanted of [
      /two .*does not have any documentation/,
      ...[
        'Bare.property',
        'Made.constructor',
        'Made.given',
        'Made.method',
        'Made.accessor',
        'Kind.member',
      ].map((name) => new RegExp(`${name} .*does not have any documentation`)),
      /Hidden.* not included in the documentation/,
      /nowhere/,
      /gone\.md/,
      /unknown kind cobol/,
      /no equation lstm\.nothing/,
      /no chart nothing/,
    ])
      expect(faults).toContainEqual(expect.stringMatching(wanted));
    expect(faults.filter((fault) => /\b(one|told|nameless)\b/.test(fault))).toEqual([]);
  });
});
