/** The claims report as a page: the same numbers as --json, each cell with its place in it. */
import { claimsVerdict, regressions, valueText } from '../claims-text.js';
import { webPage } from './page.js';
import type { Block, Section } from './page.js';
import type { ClaimReport, ClaimsReport } from '../../bench/index.js';

function measurements({ measured }: ClaimReport, k: number): Block {
  return {
    kind: 'table',
    columns: [{ head: 'measured' }, { head: '', align: 'right' }],
    rows: measured.map(({ what, value }, m) => [
      what,
      value === null
        ? valueText(value)
        : { value, text: valueText(value), from: `/claims/${k}/measured/${m}/value` },
    ]),
  };
}

const section = (claim: ClaimReport, k: number): Section => ({
  title: `${claim.says} – ${claim.verdict}`,
  blocks: [{ kind: 'text', text: claim.say }, measurements(claim, k)],
});

/** @param command what was typed */
export function claimsPage(report: ClaimsReport, command: string): string {
  const wrong = regressions(report);
  return webPage({
    title: 'Claims about recurrent networks and attention, measured',
    lead: claimsVerdict(report),
    sections: [
      ...(wrong.length > 0
        ? [
            {
              title: 'Not as documented',
              blocks: [{ kind: 'list' as const, items: wrong }],
            },
          ]
        : []),
      ...report.claims.map(section),
    ],
    command,
    report,
  });
}
