/** The flow report as a page: the same numbers as --json, each cell with its place in it. */
import {
  boundSentence,
  flowChart,
  flowMark,
  flowVerdict,
  highwaySentences,
  normText,
  zeroSentences,
} from '../flow-text.js';
import { webPage } from './page.js';
import type { Block, Cell } from './page.js';
import type { FlowCurve, FlowReport, Norm } from '../../bench/index.js';

const norm = (value: Norm, from: string): Cell =>
  value === null ? normText(value) : { value, text: normText(value), from };

/** At most a hundred steps of a curve, evenly apart, the first and the last among them. */
const shownSteps = (T: number): number[] => {
  const n = Math.min(T, 100);
  return Array.from({ length: n }, (_, k) => Math.round((k * (T - 1)) / (n - 1)));
};

function stepsTable(curve: FlowCurve, k: number): Block {
  const at = `/curves/${k}`;
  return {
    kind: 'table',
    caption: `${flowMark(k)}  ${curve.name}: norms of the gradients, and the mean of each gate over its units`,
    columns: [
      { head: 't', align: 'right' },
      { head: '‖dL/dh_t‖', align: 'right' },
      ...(curve.dc ? [{ head: '‖dL/dc_t‖', align: 'right' as const }] : []),
      ...curve.gates.map(({ name }) => ({ head: name, align: 'right' as const })),
    ],
    rows: shownSteps(curve.dh.length).map((t) => [
      String(t + 1),
      norm(curve.dh[t]!, `${at}/dh/${t}`),
      ...(curve.dc ? [norm(curve.dc[t]!, `${at}/dc/${t}`)] : []),
      ...curve.gates.map(({ mean }, g): Cell => {
        const value = mean[t]!;
        return { value, text: value.toFixed(2), from: `${at}/gates/${g}/mean/${t}`, shade: value };
      }),
    ]),
  };
}

const summary = ({ curves }: FlowReport): Block => ({
  kind: 'table',
  columns: [
    { head: '' },
    { head: 'cell' },
    { head: '‖dL/dh_1‖', align: 'right' },
    { head: '‖dL/dc_1‖', align: 'right' },
    { head: 'left at t = 1', align: 'right' },
    { head: 'steps at exactly 0', align: 'right' },
  ],
  rows: curves.map((curve, k) => {
    const at = `/curves/${k}`;
    return [
      flowMark(k),
      curve.name,
      norm(curve.dh[0]!, `${at}/dh/0`),
      curve.dc ? norm(curve.dc[0]!, `${at}/dc/0`) : '–',
      norm(curve.ratio, `${at}/ratio`),
      { value: curve.zeros, text: String(curve.zeros), from: `${at}/zeros` },
    ];
  }),
});

const highways = ({ curves }: FlowReport): Block => ({
  kind: 'table',
  columns: [
    { head: '' },
    { head: 'dc_T/dc_1' },
    { head: '∏ diag(f_t)', align: 'right' },
    { head: 'h_1 held fixed', align: 'right' },
    { head: 'total', align: 'right' },
  ],
  rows: curves.flatMap(({ name, highway }, k) => {
    const at = `/curves/${k}/highway`;
    return highway
      ? [
          [
            flowMark(k),
            name,
            norm(highway.direct, `${at}/direct`),
            norm(highway.hiddenFixed, `${at}/hiddenFixed`),
            norm(highway.total, `${at}/total`),
          ],
        ]
      : [];
  }),
});

/** @param command what was typed */
export function flowPage(report: FlowReport, command: string): string {
  const { curves, sizes } = report;
  const { title, ...spec } = flowChart(report);
  const said = [boundSentence(report), ...zeroSentences(report)].filter((one) => one !== null);
  return webPage({
    title: `Gradient flow over ${sizes.T} steps, H = ${sizes.H}`,
    lead: flowVerdict(report),
    sections: [
      {
        title,
        blocks: [
          { kind: 'chart', spec: { title, ...spec } },
          summary(report),
          ...(said.length > 0 ? [{ kind: 'list' as const, items: said }] : []),
        ],
      },
      ...(curves.some(({ highway }) => highway !== null)
        ? [
            {
              title: 'The gradient highway',
              blocks: [
                highways(report),
                { kind: 'list' as const, items: highwaySentences(report) },
              ],
            },
          ]
        : []),
      { title: 'Step by step', blocks: curves.map(stepsTable) },
    ],
    command,
    report,
  });
}
