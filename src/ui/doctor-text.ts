/** What bptt doctor found, as lines: a sign and a word for each finding, and what to do about it. */
import { paragraph } from './layout.js';
import type { Page } from './layout.js';

/** What it shows; the command's report has this shape. */
export interface DoctorView {
  readonly healthy: boolean;
  readonly findings: readonly {
    readonly id: string;
    readonly level: 'good' | 'note' | 'problem';
    readonly says: string;
    readonly repair: string | null;
  }[];
  readonly repaired: readonly string[];
}

export function doctorText({ healthy, findings, repaired }: DoctorView, page: Page): string[] {
  const { paint } = page;
  const signs = { good: paint.good('✓'), note: paint.dim('·'), problem: paint.bad('✗') };
  const problems = findings.filter(({ level }) => level === 'problem').length;
  return [
    ...repaired.flatMap((sentence) =>
      paragraph(`${paint.good('✓ repaired')} ${sentence}`, page, 0),
    ),
    ...(repaired.length > 0 ? [''] : []),
    ...findings.flatMap(({ id, level, says, repair }) => [
      ...hanging(`${signs[level]} ${id}: ${says}`, page),
      ...(repair === null ? [] : paragraph(`→ ${repair}`, page, 4)),
    ]),
    '',
    healthy
      ? paint.good('✓ all is well')
      : paint.bad(`✗ ${problems} ${problems === 1 ? 'problem' : 'problems'}`),
  ];
}

/** A paragraph whose second and further lines stand below its text. */
const hanging = (text: string, page: Page): string[] => {
  const [first = '', ...rest] = paragraph(text, { ...page, width: page.width - 4 }, 2);
  return [first, ...rest.map((line) => `  ${line}`)];
};
