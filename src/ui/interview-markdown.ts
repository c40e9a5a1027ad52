/** An interview's report as Markdown, for a file: every question with the answer given and the right one. */
import { partNames, verdictNames } from './interview-view.js';
import { clock } from './numbers.js';
import type { InterviewReport, ItemReport, PartReport } from '../quiz/index.js';

/** The whole report, ending with a line break. */
export function interviewMarkdown(report: InterviewReport): string {
  const { question, parts, missed, broke, next } = report;
  return `${[
    `# Interview: ${plain(question.title)}`,
    `${report.date}, ${question.id}, seed ${report.seed}${report.finished ? '' : ', not finished'}`,
    ...(parts.length === 0
      ? ['Nothing was answered.']
      : table(
          ['part', 'made', 'time', 'given', 'over'],
          parts.map(({ part, right, of, ms, minutes, overMs }) => [
            partNames[part],
            `${right} of ${of}`,
            clock(ms),
            clock(minutes * 60_000),
            overMs > 0 ? clock(overMs) : '',
          ]),
        )),
    ...(report.byTopic.length === 0
      ? []
      : table(
          ['topic', 'right'],
          report.byTopic.map(({ topic, right, asked }) => [topic, `${right} of ${asked}`]),
        )),
    ...(missed.length === 0 ? [] : ['## Left out of the explanation', bullets(missed)]),
    ...(broke === null ? [] : ['## The follow-up that broke the answer', plain(broke)]),
    ...parts.flatMap(partText),
    ...(next.length === 0
      ? []
      : [
          '## Next',
          bullets(
            next.map((command) => `\`${command}\``),
            false,
          ),
        ]),
  ].join('\n\n')}\n`;
}

const partText = ({ part, items }: PartReport): string[] => [
  `## ${partNames[part][0]!.toUpperCase()}${partNames[part].slice(1)}`,
  ...items.flatMap(itemText),
];

function itemText({
  kind,
  ask,
  given,
  verdict,
  says,
  answer,
  ms,
  points,
  because,
  ...more
}: ItemReport) {
  const what = kind === 'kata' ? `Kata \`${ask}\`` : plain(ask);
  return [
    `### ${what.split('\n', 1)[0]!}`,
    ...what
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    ...(because === null ? [] : [`Asked because this was left out: ${plain(because)}`]),
    ...(more.options.length === 0
      ? []
      : [more.options.map((option, k) => `${k + 1}. ${plain(option)}`).join('\n')]),
    ...(given === '' ? [] : [quote(given)]),
    `**${verdictNames[verdict]}** in ${clock(ms)}. ${plain(says)}`,
    ...(points.length === 0
      ? []
      : [points.map(({ point, made }) => `- [${made ? 'x' : ' '}] ${plain(point)}`).join('\n')]),
    ...(answer === '' ? [] : [`Right answer: ${plain(answer)}`]),
  ];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [[line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')];
}

const bullets = (items: readonly string[], escape = true): string =>
  items.map((item) => `- ${escape ? plain(item) : item}`).join('\n');

/** What was typed: as a quotation, line by line. */
const quote = (text: string): string =>
  text
    .split('\n')
    .map((line) => `> ${plain(line)}`)
    .join('\n');

/** Text that Markdown shows as it stands, without control characters. */
const plain = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, (found) => (found.includes('\n') ? '\n' : ' '))
    .replace(/[\\`*_{}[\]<>|#]/g, (character) => `\\${character}`)
    .replace(/^(\s*)([-+]|\d+\.)(?=\s)/gm, '$1\\$2');
