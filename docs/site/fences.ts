/**
 * What is computed in the documents, as a browser shows it: a plugin for TypeDoc's Markdown parser. Blocks of
 * `equations` become MathML, blocks of `chart` SVG, both from their ids and not from the text that stands in the
 * block for other readers; so do the equations in the tables of docs/notation.md. `worked` stays text.
 */
import katex from 'katex';
import { charts } from '../../src/lessons/index.js';
import { equationById, toTex } from '../../src/notation/index.js';
import { escaped } from '../../src/ui/web/escape.js';
import { figure } from '../../src/ui/web/page.js';
import type { Equation } from '../../src/notation/index.js';

/** The parts of markdown-it that are used here; it has no types of its own. */
interface Token {
  type: string;
  info: string;
  content: string;
  children: Token[] | null;
  attrSet(name: string, value: string): void;
}
type Rule = (tokens: Token[], at: number, ...rest: unknown[]) => string;
interface Block {
  readonly bMarks: readonly number[];
  readonly tShift: readonly number[];
  readonly eMarks: readonly number[];
  readonly sCount: readonly number[];
  readonly src: string;
  readonly level: number;
  line: number;
  isEmpty(line: number): boolean;
  getLines(from: number, to: number, indent: number, lastBreak: boolean): string;
  push(type: string, tag: string, nesting: number): Token;
}
interface Parser {
  readonly renderer: { readonly rules: Record<string, Rule | undefined> };
  readonly core: {
    readonly ruler: { push(name: string, rule: (state: { tokens: Token[] }) => void): void };
  };
  readonly block: {
    readonly ruler: {
      before(
        other: string,
        name: string,
        rule: (state: Block, from: number, to: number, silent: boolean) => boolean,
      ): void;
    };
  };
}

/** Kinds of fenced blocks that are code or plain text, and stay as they are. */
const code = ['', 'ts', 'sh', 'json', 'yaml', 'text'];

/** The plugin. What is wrong with a block is told to `report` as a sentence. */
export const fences =
  (report: (fault: string) => void) =>
  (parser: unknown): void => {
    const { renderer, core, block } = parser as Parser;
    const plain = renderer.rules.fence!;
    renderer.rules.fence = (tokens, at, ...rest) => {
      const [kind = '', ...ids] = tokens[at]!.info.trim().split(/\s+/);
      try {
        if (kind === 'equations') return equationTable(ids.map(equationOf));
        if (kind === 'chart') return ids.map(chartFigure).join('\n');
        if (kind === 'worked')
          return `<pre class="worked"><code>${escaped(tokens[at]!.content)}</code></pre>\n`;
        if (!code.includes(kind)) throw new Unknown(`A fence is of the unknown kind ${kind}.`);
      } catch (fault) {
        if (!(fault instanceof Unknown)) throw fault;
        report(fault.message);
      }
      return plain(tokens, at, ...rest);
    };
    core.ruler.push('bptt-table', ({ tokens }) => {
      tokens.forEach(equationCell);
      label(tokens);
    });
    block.ruler.before('list', 'bptt-equations', indented);
  };

class Unknown extends Error {}

function equationOf(id: string): Equation {
  const equation = equationById(id);
  if (!equation) throw new Unknown(`There is no equation ${id}.`);
  return equation;
}

/**
 * An equation as MathML, which browsers draw without a script or a font of ours. A browser breaks no line inside a
 * formula, so it gets one for each term, and may break between them.
 */
function math(equation: Equation): string {
  const terms = termsOf(toTex(equation)).map((tex) =>
    // After nothing at all, + still stands between two things and is no sign.
    katex.renderToString(`{}${tex}`, { output: 'mathml', throwOnError: true, strict: 'error' }),
  );
  return `<span class="equation">${terms.join('<wbr>')}</span>`;
}

/** TeX cut before every = and + outside of brackets. Joined, the terms are the TeX again. */
export function termsOf(tex: string): string[] {
  let depth = 0;
  const terms: string[] = [''];
  for (const piece of tex.split(/(\\[a-zA-Z]+|[^\\])/).filter((piece) => piece !== '')) {
    if ('([{'.includes(piece)) depth++;
    else if (')]}'.includes(piece)) depth--;
    if (depth === 0 && '=+'.includes(piece)) terms.push(piece);
    else terms.push((terms.pop() ?? '') + piece);
  }
  return terms.filter((term) => term.trim() !== '');
}

/** One row an equation: what it says stands beside it. */
const equationTable = (equations: readonly Equation[]): string =>
  [
    '<div class="equations">',
    ...equations.map(
      (equation) =>
        `<div id="${equation.id}">${math(equation)}<span>${escaped(equation.says)}</span></div>`,
    ),
    '</div>\n',
  ].join('\n');

function chartFigure(id: string): string {
  if (!Object.hasOwn(charts, id)) throw new Unknown(`There is no chart ${id}.`);
  const spec = charts[id]!();
  return `${figure({ spec, caption: spec.title })}\n`;
}

/** `| id | equation | says |`: where the first cell is the id of an equation, the second is that equation. */
function equationCell(token: Token, at: number, tokens: Token[]): void {
  const [only, ...others] = token.type === 'inline' ? (token.children ?? []) : [];
  if (only?.type !== 'code_inline' || others.length > 0 || tokens[at - 1]?.type !== 'td_open')
    return;
  const equation = equationById(only.content);
  const cell = tokens.slice(at + 1, at + 4).find(({ type }) => type === 'inline');
  if (!equation || !cell?.children?.[0]) return;
  cell.children = [{ ...cell.children[0], type: 'html_inline', content: math(equation) }];
}

/** Every cell is told its column's heading: on a telephone a row is a list, and has no heading above it. */
function label(tokens: readonly Token[]): void {
  let headings: string[] = [];
  let column = 0;
  tokens.forEach(({ type }, at) => {
    if (type === 'thead_open') headings = [];
    if (type === 'tr_open') column = 0;
    if (type === 'th_open') headings.push(tokens[at + 1]!.content);
    if (type === 'td_open') tokens[at]!.attrSet('data-label', headings[column++] ?? '');
  });
}

/**
 * Lines of a docstring that are indented by two or three columns after an empty line are equations, and keep their
 * lines and columns; Markdown itself would want four.
 */
function indented(state: Block, from: number, to: number, silent: boolean): boolean {
  const inside = (line: number): boolean => !state.isEmpty(line) && state.sCount[line]! >= 2;
  const start = state.bMarks[from]! + state.tShift[from]!;
  const listed = /^(?:[-*+]|\d+\.) /.test(state.src.slice(start, state.eMarks[from]));
  if (silent || state.level > 0 || listed || !inside(from)) return false;
  let end = from;
  for (let line = from; line < to && (inside(line) || state.isEmpty(line)); line++)
    if (inside(line)) end = line + 1;
  state.line = end;
  const token = state.push('code_block', 'code', 0);
  token.content = state.getLines(from, end, 2, false) + '\n';
  return true;
}
