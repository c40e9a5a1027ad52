/**
 * Markdown as lines for a terminal: marked reads it, layout.ts sets it. Knows what our pages use (headings,
 * paragraphs, lists, quotes, tables, fenced blocks); anything else is shown as it was written.
 */
import { lexer, type Token, type Tokens } from 'marked';
import { blockText } from './block-text.js';
import { within } from './blocks.js';
import { columns, paragraph } from './layout.js';
import type { ChartOf } from './block-text.js';
import type { Page } from './layout.js';

/** A page or a part of one; blocks are separated by an empty line, a heading, and a sentence with a colon at its end, keep to what follows. @param chartOf the charts of its fenced blocks */
export function markdownText(markdown: string, page: Page, chartOf?: ChartOf): string[] {
  const tokens = lexer(markdown).filter(({ type }) => type !== 'space');
  return tokens.flatMap((token, k) => [
    ...(k === 0 ? [] : [leads(tokens[k - 1]!) ? within : '']),
    ...block(token, page, chartOf),
  ]);
}

/** Whether it says nothing without what follows it. */
const leads = ({ type, raw }: Token): boolean => type === 'heading' || /:\s*$/.test(raw);

function block(token: Token, page: Page, chartOf?: ChartOf): string[] {
  const { paint } = page;
  switch (token.type) {
    case 'heading':
      return paragraph(paint.strong(inline(token.tokens, page)), page, 0);
    case 'paragraph':
      return paragraph(inline(token.tokens, page), page);
    case 'code': {
      const { text, lang = '' } = token as Tokens.Code;
      return blockText(text, lang, page, chartOf);
    }
    case 'list': {
      const { items, ordered } = token as Tokens.List;
      return items.flatMap(({ tokens }, k) =>
        hanging(`${ordered ? `${k + 1}.` : '·'} `, inline(tokens, page), page),
      );
    }
    case 'blockquote':
      return paragraph(inline(token.tokens, page), page, 4).map((line) =>
        page.spoken ? line : `  │${line.slice(3)}`,
      );
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return columns(
        header.map((cell) => ({ head: inline(cell.tokens, page) })),
        rows.map((row) => row.map((cell) => inline(cell.tokens, page))),
        page,
      );
    }
    default:
      return paragraph(token.raw.trim(), page);
  }
}

/** The mark, and all further lines below the text. */
function hanging(mark: string, text: string, page: Page): string[] {
  const [first = '', ...rest] = paragraph(text, page, 2 + mark.length);
  return [`  ${mark}${first.trimStart()}`, ...rest];
}

/** Running text: emphasis painted, links by their words, line breaks as spaces. */
function inline(tokens: readonly Token[] | undefined, page: Page): string {
  const { paint } = page;
  return (tokens ?? [])
    .map((token): string => {
      switch (token.type) {
        case 'strong':
          return paint.strong(inline(token.tokens, page));
        case 'em':
        case 'link':
          return inline(token.tokens, page);
        case 'codespan':
          return (token as Tokens.Codespan).text;
        case 'image':
          return `[picture: ${(token as Tokens.Image).text}]`;
        case 'text': {
          // An item of a list holds its words one level down.
          const { tokens: inner, text } = token as Tokens.Text;
          return inner ? inline(inner, page) : unescaped(text);
        }
        case 'escape':
          return unescaped((token as Tokens.Escape).text);
        default:
          return unescaped(token.raw);
      }
    })
    .join('')
    .replaceAll('\n', ' ');
}

const entities: Readonly<Record<string, string>> = {
  ...{ '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" },
};
const unescaped = (text: string): string =>
  text.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (entity) => entities[entity]!);
