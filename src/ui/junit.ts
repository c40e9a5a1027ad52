/**
 * Checks as JUnit XML, which CI systems read: a suite a kata, a case a check. What ended without a verdict
 * (an endless loop, a syntax error) is an error of a case called «runs on every case».
 */
import junit from 'junit-report-builder';
import type { Builder } from 'junit-report-builder';
import type { KataReport } from '../kata/index.js';

/** What a failing check says: its own sentence, then what the whole kata says. */
function sentences({ diagnosis, counterexample, seed }: KataReport, says: string | null): string {
  const difference = counterexample?.firstDifference;
  return [
    says,
    diagnosis?.says,
    difference &&
      `${difference.output}${difference.index.map((j) => `[${j}]`).join('')} is ${difference.got}, expected ${difference.expected} (seed ${seed}).`,
  ]
    .filter(Boolean)
    .join('\n');
}

export function junitXml(reports: readonly KataReport[]): string {
  // Its types describe an ES module; what one gets is the builder itself.
  const builder = (junit as unknown as Builder).newBuilder().name('bptt check');
  for (const report of reports) {
    const { id, title, outcome, checks, seed, ms } = report;
    const suite = builder
      .testSuite()
      .name(id)
      .time(ms / 1000);
    suite.property('title', title).property('seed', String(seed));
    if (report.file !== undefined) suite.property('file', legal(report.file));
    if (outcome !== 'passed' && outcome !== 'failed') {
      const ended = suite.testCase().className(id).name('runs on every case');
      const says = legal(report.says ?? outcome);
      if (outcome === 'notImplemented') ended.failure(says, outcome);
      else ended.error(says, outcome);
    }
    for (const check of checks) {
      const one = suite.testCase().className(id).name(check.name);
      if (!check.passed)
        one
          .failure(legal(check.says ?? check.name), outcome)
          .stacktrace(legal(sentences(report, check.says)));
    }
  }
  return builder.build();
}

/** Without the characters that XML 1.0 has no way to write. */
const legal = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '');
