/** A kata check as lines: the verdict first, then which mistake, then where, then what to type next. */
import { ends, flow, paragraph } from './layout.js';
import { apart, nested } from './numbers.js';
import type { Counterexample, KataReport } from '../kata/index.js';
import type { Page } from './layout.js';

const verdicts: Readonly<Record<KataReport['outcome'], string>> = {
  passed: '✓ passed',
  failed: '✗ failed',
  threw: '✗ threw an error',
  timedOut: '✗ ran out of time',
  outOfMemory: '✗ ran out of memory',
  tooMuchOutput: '✗ printed too much',
  exited: '✗ ended without an answer',
  notImplemented: '· not implemented yet',
  doesNotCompile: '✗ does not compile',
  missing: '✗ missing',
};

function counterexampleText(
  { dims, given, worked, firstDifference }: Counterexample,
  page: Page,
): string[] {
  const { paint } = page;
  const sizes = Object.entries(dims).map(([axis, size]) => `${axis} = ${size}`);
  const { output, index, expected, got } = firstDifference;
  const [yours, right] = apart(got, expected);
  return [
    ...paragraph(
      paint.strong(sizes.length === 0 ? 'Smallest case' : `Smallest case (${sizes.join(', ')})`),
      page,
    ),
    ...flow(
      Object.entries(given).map(([name, value]) => `${name} = ${nested(value)}`),
      page,
      6,
    ),
    ...worked.flatMap((line) => paragraph(`${line.text}  =  ${nested(line.value)}`, page, 6)),
    ...paragraph(
      `${output}${index.map((j) => `[${j}]`).join('')}: ${
        Number.isNaN(expected)
          ? paint.bad('should not be there')
          : `yours ${paint.bad(Number.isNaN(got) ? 'missing or not a number' : yours)}, should be ${paint.good(right)}`
      }   ← first difference`,
      page,
      6,
    ),
    '',
  ];
}

export function kataText(report: KataReport, page: Page): string[] {
  const { paint } = page;
  const { id, outcome, checks, diagnosis, counterexample } = report;
  const failed = checks.filter(({ passed }) => !passed);
  const count = outcome === 'failed' ? `: ${failed.length} of ${checks.length} checks` : '';
  const colour =
    outcome === 'passed' ? paint.good : outcome === 'notImplemented' ? paint.warn : paint.bad;
  const lines = ends(
    `${paint.strong(id)}  ${colour(verdicts[outcome] + count)}`,
    paint.dim(`${report.ms} ms · seed ${report.seed}`),
    page,
  );
  const good = flow(
    checks.filter(({ passed }) => passed).map(({ name }) => `✓ ${name}`),
    page,
  );
  if (outcome === 'passed')
    return [...lines, ...good, '', ...next([`bptt solution ${id}`, 'bptt list'], page)];
  lines.push('');
  if (report.says !== null) lines.push(...paragraph(report.says, page), '');
  if (diagnosis) {
    lines.push(
      ...paragraph(paint.strong(diagnosis.says), page),
      ...paragraph(
        diagnosis.guess
          ? 'The smallest case below shows where to look.'
          : `Your numbers are exactly what that gives, on all ${diagnosis.cases} cases.`,
        page,
      ),
      '',
    );
  }
  if (counterexample) {
    if (!diagnosis)
      lines.push(...paragraph('None of the known mistakes gives your numbers.', page), '');
    lines.push(...counterexampleText(counterexample, page));
  }
  if (checks.length > 0) {
    const bad = failed.flatMap(({ name, says }) =>
      paragraph(`${paint.bad(`✗ ${name}`)}${says === null ? '' : `: ${says}`}`, page),
    );
    lines.push(...good, ...bad, '');
  }
  if (report.printed.length > 0)
    lines.push(
      ...paragraph(paint.dim('It printed:'), page),
      ...report.printed.slice(-10).flatMap((line) => paragraph(line, page, 4)),
      '',
    );
  return [
    ...lines,
    ...next(
      [
        `bptt hint ${id}`,
        ...(outcome === 'notImplemented' ? [] : [`bptt check ${id}`]),
        ...(diagnosis?.card != null ? ['this mistake is now a card, due tomorrow'] : []),
      ],
      page,
    ),
  ];
}

/** What to type now. */
const next = (items: readonly string[], page: Page): string[] =>
  flow(items, page, 2, '   ·   ').map(page.paint.dim);
