/** A kata check as lines: the verdict first, then which mistake, then where, then what to type next. */
import { ends, paragraph } from './layout.js';
import { four, nested } from './numbers.js';
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
  const used = ['T', 'D', 'H']
    .filter((axis) => axis in dims)
    .map((axis) => `${axis} = ${dims[axis]}`);
  const { output, index, expected, got } = firstDifference;
  return [
    ...paragraph(paint.strong(`Smallest case (${used.join(', ')})`), page),
    ...paragraph(
      Object.entries(given)
        .map(([name, value]) => `${name} = ${nested(value)}`)
        .join('   '),
      page,
      6,
    ),
    ...worked.flatMap((line) => paragraph(`${line.text}  =  ${nested(line.value)}`, page, 6)),
    ...paragraph(
      `${output}${index.map((j) => `[${j}]`).join('')}: yours ${paint.bad(four(got))}, should be ${paint.good(four(expected))}   ← first difference`,
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
  if (outcome === 'passed')
    return [...lines, ...paragraph(checks.map(({ name }) => `✓ ${name}`).join('   '), page)];
  lines.push('');
  if (report.says !== null) lines.push(...paragraph(report.says, page), '');
  if (diagnosis) {
    lines.push(
      ...paragraph(paint.strong(diagnosis.says), page),
      ...paragraph(
        `Your numbers are exactly what that gives, on all ${diagnosis.cases} cases.`,
        page,
      ),
      '',
    );
  }
  if (counterexample) lines.push(...counterexampleText(counterexample, page));
  if (checks.length > 0)
    lines.push(
      ...paragraph(
        checks
          .map(({ name, passed }) => (passed ? `✓ ${name}` : paint.bad(`✗ ${name}`)))
          .join('   '),
        page,
      ),
      ...(diagnosis
        ? []
        : failed.flatMap(({ name, says }) =>
            says === null ? [] : paragraph(`✗ ${name}: ${says}`, page, 4),
          )),
      '',
    );
  if (report.printed.length > 0)
    lines.push(
      ...paragraph(paint.dim('It printed:'), page),
      ...report.printed.slice(-10).flatMap((line) => paragraph(line, page, 4)),
      '',
    );
  const next =
    outcome === 'notImplemented' ? [`bptt hint ${id}`] : [`bptt hint ${id}`, `bptt check ${id}`];
  if (diagnosis?.card != null) next.push('this mistake is now a card, due tomorrow');
  return [...lines, ...paragraph(paint.dim(next.join('   ·   ')), page)];
}
