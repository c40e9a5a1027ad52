/** The proof of a kata as lines: what does not hold, and why; with `all`, what holds as well. */
import { ends, paragraph } from './layout.js';
import type { ProofReport } from '../kata/index.js';
import type { Page } from './layout.js';

/** How many complaints of one claim are shown. */
const most = 5;

export function proofText({ id, claims, holds }: ProofReport, all: boolean, page: Page): string[] {
  const { paint } = page;
  const failed = claims.filter((claim) => !claim.holds).length;
  const verdict = holds
    ? paint.good('✓ proved')
    : paint.bad(`✗ ${failed} of ${claims.length} claims do not hold`);
  return [
    ...ends(`${paint.strong(id)}  ${verdict}`, '', page),
    ...claims
      .filter((claim) => all || !claim.holds)
      .flatMap(({ name, holds: held, says }) => [
        ...paragraph(held ? `${paint.good('✓')} ${name}` : paint.bad(`✗ ${name}`), page),
        ...says.slice(0, most).flatMap((one) => paragraph(one, page, 6)),
        ...(says.length > most ? paragraph(`… and ${says.length - most} more`, page, 6) : []),
      ]),
  ];
}
