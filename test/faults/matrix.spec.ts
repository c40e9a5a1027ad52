/**
 * The fault matrix: every row is contained. Part of `npm test`; `npm run test:faults` runs it alone and
 * prints how long containment took. It asserts no time: a row that hangs is ended by its own limits.
 */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { folderPrefix } from '../../src/kata/host/folders.js';
import { groups, rows } from './rows/index.js';
import { playAll, summary, type RowWent } from './matrix.js';

const only = process.env.BPTT_FAULTS_ONLY;
const asked = only === undefined ? rows : rows.filter(({ id }) => new RegExp(only).test(id));
const told = playAll(asked, 1000);
const went: RowWent[] = [];

describe.runIf(process.platform === 'linux')('contained', () => {
  for (const group of groups.filter((one) => one.rows.some((row) => asked.includes(row))))
    describe(group.title, () => {
      for (const row of group.rows.filter((one) => asked.includes(one)))
        it(row.id, { timeout: 600_000 }, async () => {
          const outcome = await told.get(row)!;
          went.push(outcome);
          expect(outcome.complaints).toEqual([]);
        });
    });

  it('leaves no folder behind', async () => {
    await Promise.all(told.values());
    const ours = readdirSync(tmpdir()).filter((name) => name.startsWith(folderPrefix(process.pid)));
    expect(ours).toEqual([]);
  });

  afterAll(() => {
    process.stdout.write(`\n${summary(went).join('\n')}\n`);
  });
});
