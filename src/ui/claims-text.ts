/** The claims report as lines: each claim with its verdict and the sentence to say; the numbers where they are asked for. */
import { columns, ends, hanging, paragraph } from './layout.js';
import { four } from './numbers.js';
import type { Page } from './layout.js';
import type { ClaimReport, ClaimsReport } from '../bench/index.js';

/** `12 claims measured: 4 hold, 6 hold within limits, 2 are loose.` */
export function claimsVerdict({ claims, agrees }: ClaimsReport): string {
  const count = (verdict: ClaimReport['verdict']): number =>
    claims.filter((claim) => claim.verdict === verdict).length;
  const counted = (
    [
      ['holds', 'holds', 'hold'],
      ['holds within limits', 'holds within limits', 'hold within limits'],
      ['loose', 'is loose', 'are loose'],
    ] as const
  ).flatMap(([word, one, many]) =>
    count(word) === 0 ? [] : [`${count(word)} ${count(word) === 1 ? one : many}`],
  );
  return `${claims.length} ${claims.length === 1 ? 'claim' : 'claims'} measured: ${counted.join(', ')}${
    agrees ? ', as documented.' : '.'
  }`;
}

/** What differs from docs/claims.md. */
export const regressions = ({ claims }: ClaimsReport): string[] =>
  claims
    .filter(({ verdict, documented }) => verdict !== documented)
    .map(
      ({ id, verdict, documented }) =>
        `${id}: measured «${verdict}», documented «${documented}». Either this engine is broken or docs/claims.md is wrong.`,
    );

/** A measured number: digits where they are few, as it is where it is whole. */
export const valueText = (value: number | null): string =>
  value === null
    ? 'not finite'
    : Number.isInteger(value)
      ? value.toLocaleString('en-US')
      : four(value);

function verdict({ verdict: word }: ClaimReport, { paint }: Page): string {
  const colour = { holds: paint.good, 'holds within limits': paint.warn, loose: paint.bad }[word];
  return colour(word);
}

function lines(claim: ClaimReport, page: Page, numbers: boolean): string[] {
  const { id, says, measured, say } = claim;
  return [
    '',
    ...ends(page.paint.strong(id), verdict(claim, page), page),
    ...paragraph(`«${says}»`, page),
    ...(numbers
      ? columns(
          [{ head: '' }, { head: '', align: 'right' }],
          measured.map(({ what, value }) => [what, valueText(value)]),
          page,
        )
      : []),
    ...hanging('→ ', say, page),
  ];
}

/** @param numbers whether to list what was measured */
export function claimsText(report: ClaimsReport, page: Page, numbers: boolean): string[] {
  const { paint } = page;
  const wrong = regressions(report);
  return [
    ...ends(paint.strong('claims'), `seed ${report.seed}`, page),
    '',
    ...paragraph(
      report.agrees
        ? paint.good(`✓ ${claimsVerdict(report)}`)
        : paint.bad(`✗ ${claimsVerdict(report)}`),
      page,
    ),
    ...wrong.flatMap((one) => paragraph(`${paint.bad('✗')} ${one}`, page)),
    ...report.claims.flatMap((claim) => lines(claim, page, numbers)),
    '',
    ...paragraph(
      paint.dim(
        numbers
          ? '→ is the sentence for the interview. Every number was measured in this run.'
          : '→ is the sentence for the interview. bptt claims ID shows what was measured.',
      ),
      page,
    ),
  ];
}
