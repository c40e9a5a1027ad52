/** A kata check as lines: the verdict first, then which mistake, then where, then what to type next. */
import { kataCommand } from './kata-command.js';
import { ends, flow, hanging, paragraph } from './layout.js';
import { apart, nested, took } from './numbers.js';
import { printedText } from './printed-text.js';
import { widthOf } from './width.js';
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

/** The parts of one line; those that do not fit on it stand below, further in. */
function hung(parts: readonly string[], page: Page): string[] {
  const short = parts.every((part) => widthOf(part) <= page.width - 8);
  const rows = short ? flow(parts, page, 8) : paragraph(parts.join('   '), page, 8);
  return rows.map((row, k) => (k === 0 ? row.slice(2) : row));
}

/** The checks that passed, side by side; a long name goes on below itself, not below its mark. */
const passedText = (checks: KataReport['checks'], page: Page): string[] =>
  flow(
    checks.filter(({ passed }) => passed).map(({ name }) => `✓ ${name}`),
    page,
    4,
  ).map((row) => (row.startsWith('    ✓') ? row.slice(2) : row));

/** Which step the lines below are about, and what it has from another: «At t = 0, where dh = [0.2], with what came from t = 1:». */
function stepText({ where, from, received }: NonNullable<Counterexample['step']>): string {
  const values = Object.entries(received).map(([name, value]) => `${name} = ${nested(value)}`);
  return values.length === 0
    ? `At ${where}:`
    : `At ${where}, where ${values.join(', ')}, with what came from t = ${from}:`;
}

function counterexampleText(
  { dims, given, step, worked, firstDifference }: Counterexample,
  page: Page,
): string[] {
  const { paint } = page;
  const sizes = Object.entries(dims).map(([axis, size]) => `${axis} = ${size}`);
  const { output, index, expected, got, where } = firstDifference;
  const [yours, right] = apart(got, expected);
  // Worked lines stand in the order of the computation; the outputs in the order of their declaration.
  const first = worked.findIndex((one) => one.yours !== undefined);
  const mark = '← first difference';
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
    ...(step && worked.length > 0 ? paragraph(stepText(step), page, 4) : []),
    ...worked.flatMap(({ text, value, yours }, k) =>
      hung(
        [
          text,
          `= ${nested(value)}`,
          ...(yours === undefined ? [] : [`yours ${paint.bad(nested(yours))}`]),
          ...(k === first ? [mark] : []),
        ],
        page,
      ),
    ),
    ...hung(
      [
        `${output}${index.map((j) => `[${j}]`).join('')}${where === '' ? '' : `, at ${where}`}: ${
          Number.isNaN(expected)
            ? paint.bad('should not be there')
            : `yours ${paint.bad(Number.isNaN(got) ? 'missing or not a number' : yours)}, should be ${paint.good(right)}`
        }`,
        ...(first < 0 ? [mark] : []),
      ],
      page,
    ),
    '',
  ];
}

/** The verdict in a few words, e.g. «✗ failed: 2 of 9 checks». */
export function verdictOf({ outcome, checks }: KataReport, { paint }: Page): string {
  const failed = checks.filter(({ passed }) => !passed).length;
  const count =
    outcome === 'failed' && checks.length > 1 ? `: ${failed} of ${checks.length} checks` : '';
  const colour =
    outcome === 'passed' ? paint.good : outcome === 'notImplemented' ? paint.warn : paint.bad;
  return colour(verdicts[outcome] + count);
}

/** One check on one page. */
export const kataText = (report: KataReport, page: Page): string[] => [
  ...verdictText(report, page),
  '',
  ...next(afterwards(report), page),
];

/** The same without what to type next: where keys can be pressed instead. */
export function verdictText(report: KataReport, page: Page): string[] {
  const { paint } = page;
  const { id, outcome, checks, diagnosis, counterexample, file } = report;
  const failed = checks.filter(({ passed }) => !passed);
  const lines = [
    ...ends(
      `${paint.strong(id)}  ${verdictOf(report, page)}`,
      paint.dim(`${took(report.ms)} · seed ${report.seed}`),
      page,
    ),
    ...(file === undefined ? [] : paragraph(`file: ${file}`, page)),
  ];
  const good = passedText(checks, page);
  const printed = printedText(report.printed, page);
  if (outcome === 'passed')
    return [...lines, ...good, ...(printed.length > 0 ? ['', ...printed] : [])];
  lines.push('');
  if (report.says !== null) lines.push(...paragraph(report.says, page), '');
  if (diagnosis) {
    lines.push(
      ...paragraph(paint.strong(diagnosis.says), page),
      ...paragraph(
        diagnosis.guess
          ? 'The smallest case below shows where to look.'
          : `Your numbers are exactly what ${diagnosis.also ? 'the two give together' : 'that gives'}, on all ${diagnosis.cases} cases.`,
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
      hanging(paint.bad('✗ '), `${paint.bad(name)}${says === null ? '' : `: ${says}`}`, page),
    );
    lines.push(...good, ...bad, '');
  }
  lines.push(...printed);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** What one would type now. Somebody else's file has no history, so no hints and no cards. */
function afterwards({ id, outcome, diagnosis, file, katas }: KataReport): string[] {
  const command = (name: string): string => kataCommand(`${name} ${id}`, katas);
  if (file !== undefined) return ['not recorded: the file was named with --file'];
  if (outcome === 'passed')
    return [command('solution'), command('diff'), kataCommand('list', katas)];
  return [
    ...(outcome === 'doesNotCompile' ? [] : [command('hint')]),
    ...(outcome === 'notImplemented' ? [] : [command('check')]),
    ...(diagnosis?.card != null ? ['this mistake is now a card, due tomorrow'] : []),
  ];
}

/** What to type now. */
export const next = (items: readonly string[], page: Page): string[] =>
  flow(items, page, 2, '   ·   ').map(page.paint.dim);
