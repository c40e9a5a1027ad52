/** The one style sheet of every page: light and dark by the reader's system, and on paper. */

const light = [
  '#1b6ca8',
  '#c2410c',
  '#15803d',
  '#9d174d',
  '#6d28d9',
  '#8a5a00',
  '#0f766e',
  '#4b5563',
];
const dark = [
  '#6cb6ff',
  '#ff9e64',
  '#7ee787',
  '#f778ba',
  '#c297ff',
  '#e3b341',
  '#5eead4',
  '#b6c0cc',
];

const series = (colours: readonly string[]): string =>
  colours.map((colour, k) => `--series-${k}: ${colour};`).join(' ');

/** The colours of all series as CSS declarations, on light paper and on dark. */
export const seriesColours = { light: series(light), dark: series(dark) } as const;

/** The colour of series k of a chart, as CSS. Never the only thing that tells two series apart. */
export const seriesColour = (k: number): string => `var(--series-${k % light.length})`;

export const styleSheet = `
:root { color-scheme: light dark; --ink: #1c2128; --soft: #57606a; --line: #d0d7de; --paper: #ffffff; --shade: #1b6ca8; ${series(light)} }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa5b1; --line: #3a424c; --paper: #10151b; --shade: #6cb6ff; ${series(dark)} } }
@media print { :root { --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --shade: #1b6ca8; ${series(light)} } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 60rem; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem; }
p, li { max-width: 44rem; }
.lead { font-size: 1.1rem; }
.soft, figcaption, caption { color: var(--soft); }
figure { margin: 1rem 0; }
figure svg { width: 100%; height: auto; max-width: 50rem; background: transparent; color: var(--ink); overflow: visible; }
figcaption { max-width: 44rem; }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0; padding: 0; }
ul.legend b { display: inline-block; min-width: 1.2em; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .25rem; }
th, td { padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 600; }
.right { text-align: right; white-space: nowrap; }
code { font-family: ui-monospace, monospace; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); color: var(--soft); }
@media print {
  @page { margin: 1.5cm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  figure, tr, li { break-inside: avoid; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
}
`.trim();
