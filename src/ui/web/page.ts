/**
 * A page that stands alone: text, charts and tables in one HTML file without scripts, fonts or requests,
 * light or dark as the reader's system is, fit to print, with the report it shows embedded as JSON in
 * `<script type="application/json" id="report">`. It renders what it is given and computes nothing.
 */
import { embeddedJson, escaped } from './escape.js';
import { figureSvg } from './figure.js';
import { seriesColour, styleSheet } from './style.js';
import type { ChartSpec } from '../chart.js';

/** A number with the place in the report that it comes from, so that a page can be held against its data. */
export interface NumberCell {
  readonly value: number;
  /** How it is written. */
  readonly text: string;
  /** Where it stands in the embedded report, as a JSON pointer: `/curves/0/points/3/keptBytes`. */
  readonly from?: string;
  /** From 0 to 1: how strongly the cell is tinted. The text says the number all the same. */
  readonly shade?: number;
}

export type Cell = string | NumberCell;

export interface TableColumn {
  readonly head: string;
  readonly align?: 'left' | 'right';
}

/** What stands in a section, in order. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'chart'; readonly spec: ChartSpec; readonly caption?: string }
  | {
      readonly kind: 'table';
      readonly caption?: string;
      readonly columns: readonly TableColumn[];
      readonly rows: readonly (readonly Cell[])[];
    };

export interface Section {
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface WebPage {
  readonly title: string;
  /** The verdict: what one should know who reads one sentence only. */
  readonly lead: string;
  readonly sections: readonly Section[];
  /** What was typed to get this page. */
  readonly command: string;
  /** The report, exactly as --json prints it. */
  readonly report: unknown;
}

function cell(content: Cell, tag: 'td' | 'th', align: TableColumn['align']): string {
  const right = align === 'right' ? ' class="right"' : '';
  if (typeof content === 'string') return `<${tag}${right}>${escaped(content)}</${tag}>`;
  const { value, text, from, shade } = content;
  const tint =
    shade === undefined
      ? ''
      : ` style="background:color-mix(in srgb, var(--shade) ${Math.round(60 * Math.min(1, Math.max(0, shade)))}%, transparent)"`;
  const source = from === undefined ? '' : ` data-from="${escaped(from)}"`;
  return `<${tag}${right}${tint}><data value="${value}"${source}>${escaped(text)}</data></${tag}>`;
}

function table({ caption, columns, rows }: Extract<Block, { kind: 'table' }>): string {
  const head = columns.map((column) => cell(column.head, 'th', column.align)).join('');
  const body = rows.map(
    (row) => `<tr>${row.map((content, k) => cell(content, 'td', columns[k]?.align)).join('')}</tr>`,
  );
  return [
    '<div class="scroll"><table>',
    ...(caption === undefined ? [] : [`<caption>${escaped(caption)}</caption>`]),
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>\n${body.join('\n')}\n</tbody>`,
    '</table></div>',
  ].join('\n');
}

/** A chart with its legend, which says in words what the colours say. */
export function figure({
  spec,
  caption,
}: Pick<Extract<Block, { kind: 'chart' }>, 'spec' | 'caption'>): string {
  const legend = spec.series.map(
    ({ mark, name }, k) =>
      `<li><b style="color:${seriesColour(k)}">${escaped(mark)}</b>${escaped(name)}</li>`,
  );
  return [
    '<figure>',
    figureSvg(spec),
    `<ul class="legend">${legend.join('')}</ul>`,
    ...(caption === undefined ? [] : [`<figcaption>${escaped(caption)}</figcaption>`]),
    '</figure>',
  ].join('\n');
}

function block(content: Block): string {
  switch (content.kind) {
    case 'text':
      return `<p>${escaped(content.text)}</p>`;
    case 'list':
      return `<ul>${content.items.map((item) => `<li>${escaped(item)}</li>`).join('\n')}</ul>`;
    case 'code':
      return `<pre><code>${escaped(content.text)}</code></pre>`;
    case 'chart':
      return figure(content);
    case 'table':
      return table(content);
  }
}

/** The whole document. All text is shown as it is, never read as markup. */
export function webPage({ title, lead, sections, command, report }: WebPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>${escaped(title)}</title>
<style>
${styleSheet}
</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
<p class="lead">${escaped(lead)}</p>
${sections.map((section) => `<section>\n<h2>${escaped(section.title)}</h2>\n${section.blocks.map(block).join('\n')}\n</section>`).join('\n')}
</main>
<footer><p>Made by <code>${escaped(command)}</code>. The numbers are embedded in this page as JSON.</p></footer>
<script type="application/json" id="report">${embeddedJson(report)}</script>
</body>
</html>
`;
}
