/**
 * Whether a definition has the fields that its type asks for: authors outside the package may not compile
 * it. It runs nothing of it; what the fields are worth is proof.ts's matter.
 */
import { equationById } from '../notation/index.js';
import { axesOf } from './values.js';
import { lengthOf, letters } from './sizes.js';
import type { KataDims } from './sizes.js';
import type { ValueShape } from './values.js';

/** What `kata(id, body)` was given. */
export interface Definition {
  readonly id: unknown;
  readonly body: unknown;
}

/** Where the definition lies: katas/<topic>/<id>.kata.ts. */
export interface DefinitionPlace {
  readonly topic: string;
  readonly id: string;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isListOf = (least: number, each: (one: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.length >= least && value.every(each);

const kinds = ['scalar', 'integer', 'vector', 'matrix', 'sequence', 'vectors'];
const dims = Object.fromEntries(letters.map((letter) => [letter, 1])) as KataDims;

/** Made by vector(), matrix() …, with axes in the letters that have sizes. */
const isShape = (value: unknown): boolean =>
  isFields(value) &&
  kinds.includes(value.kind as string) &&
  axesOf(value as ValueShape).every((axis) => Number.isFinite(lengthOf(axis, dims)));

const isShapes = (value: unknown): boolean =>
  isFields(value) && Object.keys(value).length > 0 && Object.values(value).every(isShape);

const absentOr = (is: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || is(value);

/** Field → what it has to be, in words and as a test. */
const fields: Readonly<Record<string, readonly [string, (value: unknown) => boolean]>> = {
  title: ['a text', isText],
  level: ['1, 2 or 3', (value) => [1, 2, 3].includes(value as number)],
  minutes: ['a number above 0', (value) => typeof value === 'number' && value > 0],
  equations: ['a list of ids', isListOf(0, isText)],
  inputs: ['shapes by name, as in { x: vector("D") }', isShapes],
  outputs: ['shapes by name, as in { h: vector("H") }', isShapes],
  reference: ['a function', isFunction],
  prepare: ['a function', absentOr(isFunction)],
  edges: [
    'functions by what is special about them',
    absentOr((value) => isFields(value) && Object.values(value).every(isFunction)),
  ],
  symbols: ['a function', absentOr(isFunction)],
  answers: ['a function', absentOr(isFunction)],
  backward: [
    'an object with steps',
    absentOr((value) => isFields(value) && isFunction(value.steps)),
  ],
  forward: [
    'an object with steps',
    absentOr((value) => isFields(value) && isFunction(value.steps)),
  ],
  attempt: ['a function', absentOr(isFunction)],
  laws: ['a list', isListOf(0, isFields)],
  mistakes: ['a list with at least one mistake', isListOf(1, isFields)],
  hints: ['a list of at least three texts', isListOf(3, isText)],
  followUps: ['a list of at least one text', isListOf(1, isText)],
};

/** What is wrong with a definition: one sentence an error, each beginning with the field. Empty: nothing. */
export function flawsOf({ id, body }: Definition, place: DefinitionPlace): string[] {
  if (!isFields(body)) return ['its default export is not kata("id", { … }).'];
  const flaws: string[] = [];
  const expect = (field: string, wanted: string, holds: boolean, value: unknown): void => {
    if (!holds) flaws.push(`${field}: expected ${wanted}, got ${inWords(value)}.`);
  };
  expect('id', `${place.id}, as the file is called`, id === place.id, id);
  expect('topic', `${place.topic}, the folder it lies in`, body.topic === place.topic, body.topic);
  for (const [field, [wanted, holds]] of Object.entries(fields))
    expect(field, wanted, holds(body[field]), body[field]);
  if (flaws.length > 0) return flaws;

  for (const equation of body.equations as string[])
    expect(
      'equations',
      'an id of docs/notation.md',
      equationById(equation) !== undefined,
      equation,
    );
  for (const [k, law] of (body.laws as Fields[]).entries()) {
    expect(`laws[${k}].name`, 'a text', isText(law.name), law.name);
    for (const field of ['change', 'holds'])
      expect(`laws[${k}].${field}`, 'a function', isFunction(law[field]), law[field]);
  }
  const upstream = (body.backward as Fields | undefined)?.upstream ?? [];
  const isInput = (name: unknown): boolean =>
    typeof name === 'string' && Object.hasOwn(body.inputs as Fields, name);
  expect('backward.upstream', 'names of inputs', isListOf(0, isInput)(upstream), upstream);
  const mistakes = body.mistakes as Fields[];
  for (const [k, mistake] of mistakes.entries()) {
    for (const field of ['id', 'says'])
      expect(`mistakes[${k}].${field}`, 'a text', isText(mistake[field]), mistake[field]);
    expect(
      `mistakes[${k}].variant`,
      'a function, or a change to an attempt',
      isFunction(mistake.variant) || (mistake.variant === undefined && isFunction(body.attempt)),
      mistake.variant,
    );
    const first = mistakes.findIndex((one) => one.id === mistake.id);
    expect(`mistakes[${k}].id`, 'an id of its own', first === k, mistake.id);
  }
  return flaws;
}

/** A value as one would say it; it may be anything. */
function inWords(value: unknown): string {
  if (typeof value === 'string') return `«${value.length > 40 ? `${value.slice(0, 40)}…` : value}»`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value === undefined) return 'nothing';
  if (typeof value === 'number' || typeof value === 'boolean' || value === null)
    return String(value);
  return typeof value === 'function' ? 'a function' : 'an object';
}
