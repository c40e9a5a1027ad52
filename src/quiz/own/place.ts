/**
 * A value in a YAML file and where it stands. It is read as a text, a number, a list …, or refused with
 * its line. It knows no card; card-from.ts does.
 */
import { isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, parseDocument } from 'yaml';

/** What is wrong at a line, counted from 1. The message is a sentence. */
export class FlawError extends Error {
  override readonly name = 'FlawError';
  constructor(
    readonly line: number,
    says: string,
  ) {
    super(says);
  }
}

/** The longest text of a card, in characters, and the most items of a list. */
const longest = 5000;
const mostItems = 2000;
/** Tabs and line ends are text; other control characters, and those that turn a line around, are not. */
const unprintable = /[^\P{Cc}\t\n]|\p{Bidi_Control}|\p{Surrogate}/gu;

/** A word of the file as it can stand in a sentence. */
const quoted = (text: string): string =>
  `«${text.replace(/\s+/g, ' ').replace(unprintable, '·').slice(0, 40)}»`;

export class Place {
  constructor(
    /** As it is called in a sentence: `answer`, `wrong[2].is`; empty for a card. */
    readonly name: string,
    readonly line: number,
    private readonly node: unknown,
    private readonly lines: LineCounter,
  ) {}

  /** @throws {FlawError} with this sentence, which follows the place's name. */
  refuse(says: string): never {
    throw new FlawError(this.line, `${this.name === '' ? 'this card' : this.name} ${says}`);
  }

  /** @throws {FlawError} unless this is a group of fields, and of these only. */
  only(allowed: readonly string[]): void {
    if (!isMap(this.node)) this.refuse(`needs fields like «${allowed[0]!}: …», got ${this.found}.`);
    const other = this.names.find((name) => !allowed.includes(name));
    if (other !== undefined)
      this.need(other).refuse(`is no field here; there are ${allowed.join(', ')}.`);
  }

  /** A field's value. @throws {FlawError} where it is missing. */
  need(name: string): Place {
    return this.may(name) ?? this.refuse(`has no ${name}.`);
  }

  /** A field's value, if it is there. */
  may(name: string): Place | undefined {
    if (!isMap(this.node)) return undefined;
    const pair = this.node.items.find(({ key }) => nameOf(key) === name);
    if (!pair) return undefined;
    const shown = quoted(name).slice(1, -1);
    return this.at(this.name === '' ? shown : `${this.name}.${shown}`, pair.value, pair.key);
  }

  /** The names of its fields; none where it is no group of fields. */
  get names(): string[] {
    return isMap(this.node) ? this.node.items.map(({ key }) => nameOf(key)) : [];
  }

  /** Its items: at least so many. */
  list(least = 1): Place[] {
    if (!isSeq(this.node)) this.refuse(`needs a list, got ${this.found}.`);
    const { items } = this.node;
    if (items.length < least) this.refuse(`needs at least ${least} in its list.`);
    if (items.length > mostItems)
      this.refuse(`has ${items.length} items; ${mostItems} is the most.`);
    return items.map((item, k) => this.at(`${this.name}[${k + 1}]`, item, item));
  }

  /** Its items as cards, whose fields are called by their names alone. */
  cards(): Place[] {
    return this.list(0).map(({ line, node }) => new Place('', line, node, this.lines));
  }

  /** The texts of its items, all different. */
  texts(least = 1): string[] {
    const texts = this.list(least).map((item) => item.text());
    this.distinct(texts);
    return texts;
  }

  /** @throws {FlawError} where two of these are the same. */
  distinct(texts: readonly string[]): void {
    const twice = texts.find((text, k) => texts.indexOf(text) < k);
    if (twice !== undefined) this.refuse(`has ${quoted(twice)} twice.`);
  }

  /** Whether it is one value, not a list or a group of fields. */
  get single(): boolean {
    return isScalar(this.node);
  }

  /** A text without white space at its ends; a number or `true` is taken as it is written. */
  text(): string {
    const value = this.scalar;
    if (value === undefined || value === null) this.refuse(`needs a text, got ${this.found}.`);
    const text = (typeof value === 'string' ? value : this.source).trim();
    if (text === '') this.refuse('is empty.');
    if (text.length > longest)
      this.refuse(`has ${text.length} characters; ${longest} is the most.`);
    if (text.search(unprintable) >= 0) this.refuse('has a control character in it.');
    return text;
  }

  /** One of some words. */
  oneOf<T extends string>(words: readonly T[]): T {
    const text = this.text();
    const most = words.length > 20 ? `${words.slice(0, 20).join(', ')}, …` : words.join(', ');
    return (
      words.find((word) => word === text) ?? this.refuse(`is ${quoted(text)}; it can be ${most}.`)
    );
  }

  /** A finite number, written as one. */
  number(): number {
    const value = this.scalar;
    return typeof value === 'number' && Number.isFinite(value)
      ? value
      : this.refuse(`needs a number, got ${this.found}.`);
  }

  boolean(): boolean {
    const value = this.scalar;
    return typeof value === 'boolean'
      ? value
      : this.refuse(`needs true or false, got ${this.found}.`);
  }

  private get scalar(): unknown {
    return isScalar(this.node) ? this.node.value : undefined;
  }

  /** A scalar as it is written, e.g. `1e5`. */
  private get source(): string {
    return isScalar(this.node) ? (this.node.source ?? '') : '';
  }

  private get found(): string {
    if (isAlias(this.node)) return 'an alias (*…), which is not read here';
    if (isSeq(this.node)) return 'a list';
    if (isMap(this.node)) return 'a group of fields';
    return this.source === '' || this.scalar === null ? 'nothing' : quoted(this.source);
  }

  /** A place within this one; what is not written at all is where its key is. */
  private at(name: string, node: unknown, key: unknown): Place {
    const start = rangeOf(node) ?? rangeOf(key);
    const line = start === undefined ? this.line : this.lines.linePos(start).line;
    return new Place(name, line, node, this.lines);
  }
}

const nameOf = (key: unknown): string =>
  isScalar(key) && typeof key.value === 'string' ? key.value : '';

function rangeOf(node: unknown): number | undefined {
  return (node as { readonly range?: readonly number[] } | null)?.range?.[0];
}

/** The whole of a YAML file. @throws {FlawError} where it is none. */
export function readYaml(text: string): Place {
  refuseDepth(text);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [first] = document.errors;
  if (first) {
    const says = first.message.replace(/\s+/g, ' ').replace(unprintable, '·').slice(0, 160);
    throw new FlawError(
      lines.linePos(first.pos[0]).line,
      `this is not YAML (${says.replace(/[.:]$/, '')}).`,
    );
  }
  return new Place('the file', 1, document.contents, lines);
}

/** Deeper than any card: lists and groups within one another, and spaces before a line. */
const deepest = 50;
const farthest = 200;

/** The parser is recursive and would take the process down with it; its lexer is not. */
function refuseDepth(text: string): void {
  let [line, brackets, dashes] = [1, 0, 0];
  for (const token of new Lexer().lex(text)) {
    const ends = token.split('\n').length - 1;
    line += ends;
    if (ends > 0) dashes = 0;
    if (token === '-' || token === '?' || token === ':') dashes++;
    if (token === '[' || token === '{') brackets++;
    if (token === ']' || token === '}') brackets--;
    const indented = /^ +$/.test(token) && token.length > farthest;
    if (dashes > deepest || brackets > deepest || indented)
      throw new FlawError(line, 'this is nested too deeply.');
  }
}
