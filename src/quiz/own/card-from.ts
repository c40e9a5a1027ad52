/** A learner's card from its place in a YAML file: the fields of card.ts by the same names. */
import { compare, equations, NotationError, type Shape } from '../../notation/index.js';
import { card, cardKinds, topics, type Card, type CardKind, type Wrong } from '../card.js';
import { arithmetic } from '../grading/arithmetic.js';
import { readNumber } from '../grading/read-number.js';
import { shapeOf } from '../grading/shape.js';
import type { Place } from './place.js';

type About = Pick<Card, 'topic' | 'level' | 'ask' | 'explain' | 'hint' | 'equations' | 'katas'>;

interface Kind {
  /** The fields that a card of this kind has beside those of every card. */
  readonly fields: readonly string[];
  readonly make: (place: Place, id: string, about: About) => Card;
}

const common = ['kind', 'id', 'topic', 'level', 'ask', 'explain', 'hint', 'equations', 'katas'];
const equationIds = equations.map(({ id }) => id);

/** The card; its id begins with `my.`. @throws {FlawError} */
export function cardFrom(place: Place): Card {
  const { fields, make } = kinds[place.need('kind').oneOf(cardKinds)];
  place.only([...common, ...fields]);
  const id = place.need('id').text();
  if (!/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(id) || id.length > 60)
    place.need('id').refuse('needs words in lower case joined by - or ., like forget-gate.');
  return make(place, `my.${id}`, aboutFrom(place));
}

function aboutFrom(place: Place): About {
  const [hint, ids, katas] = [place.may('hint'), place.may('equations'), place.may('katas')];
  return {
    topic: place.may('topic')?.oneOf([...topics, 'own'] as const) ?? 'own',
    level: Number(place.may('level')?.oneOf(['1', '2', '3']) ?? 1) as 1 | 2 | 3,
    ask: place.need('ask').text(),
    explain: place.need('explain').text(),
    ...(hint && { hint: hint.text() }),
    ...(ids && { equations: ids.list().map((one) => one.oneOf(equationIds)) }),
    ...(katas && { katas: katas.texts() as NonNullable<Card['katas']> }),
  };
}

const kinds: Readonly<Record<CardKind, Kind>> = {
  choice: {
    fields: ['answer', 'wrong'],
    make(place, id, about) {
      const answer = place.need('answer').text();
      const wrong = wrongFrom(place.need('wrong'), (one) => one.text());
      place.need('wrong').distinct([answer, ...wrong.map(({ is }) => is)]);
      return card.choice(id, { ...about, answer, wrong });
    },
  },
  several: {
    fields: ['options'],
    make(place, id, about) {
      const options = place.need('options').list(2).map(optionFrom);
      place.need('options').distinct(options.map(({ is }) => is));
      return card.several(id, { ...about, options });
    },
  },
  number: {
    fields: ['answer', 'unit', 'tolerance', 'wrong'],
    make(place, id, about) {
      const unit = place.may('unit')?.text();
      const tolerance = place.may('tolerance')?.number();
      if (tolerance !== undefined && (tolerance < 0 || tolerance >= 1))
        place.need('tolerance').refuse('is a share, from 0 to below 1: 0.01 is 1 %.');
      const answer = numberFrom(place.need('answer'), unit);
      const wrong = wrongFrom(place.may('wrong'), (one) => numberFrom(one, unit));
      return card.number(id, {
        ...about,
        answer: () => answer,
        ...(unit !== undefined && { unit }),
        ...(tolerance !== undefined && { tolerance }),
        wrong: wrong.map(({ is, because }) => ({ is: () => is, because })),
      });
    },
  },
  equation: {
    fields: ['answer', 'symbols', 'wrong'],
    make(place, id, about) {
      const symbols = symbolsFrom(place.need('symbols'));
      const formula = (one: Place): string => formulaFrom(one, symbols);
      const answer = formula(place.need('answer'));
      return card.equation(id, {
        ...{ ...about, answer, symbols },
        wrong: wrongFrom(place.may('wrong'), formula),
      });
    },
  },
  shape: {
    fields: ['answer', 'wrong'],
    make: (place, id, about) =>
      card.shape(id, {
        ...{ ...about, answer: shapeFrom(place.need('answer')) },
        wrong: wrongFrom(place.may('wrong'), shapeFrom),
      }),
  },
  order: {
    fields: ['items'],
    make: (place, id, about) => card.order(id, { ...about, items: place.need('items').texts(2) }),
  },
  trap: {
    fields: ['claim', 'right', 'wrong'],
    make(place, id, about) {
      const [claim, right] = [place.need('claim').text(), place.need('right').text()];
      const wrong = wrongFrom(place.need('wrong'), (one) => one.text());
      place.need('wrong').distinct([right, ...wrong.map(({ is }) => is)]);
      return card.trap(id, { ...about, claim, right, wrong });
    },
  },
  free: {
    fields: ['rubric', 'enough', 'model'],
    make(place, id, about) {
      const rubric = place.need('rubric').list().map(pointFrom);
      const enough = place.may('enough')?.number() ?? rubric.length;
      if (!Number.isInteger(enough) || enough < 1 || enough > rubric.length)
        place.need('enough').refuse(`is a whole number from 1 to ${rubric.length}.`);
      return card.free(id, { ...about, rubric, enough, model: place.need('model').text() });
    },
  },
};

/** Wrong answers: `{ is: …, because: … }` or the answer alone; none where there is no place. */
const wrongFrom = <T>(place: Place | undefined, read: (one: Place) => T): Wrong<T>[] =>
  (place?.list() ?? []).map((one) => {
    const unsaid = 'That is not the right one.';
    if (one.names.length === 0) return { is: read(one), because: unsaid };
    one.only(['is', 'because']);
    return { is: read(one.need('is')), because: one.may('because')?.text() ?? unsaid };
  });

function optionFrom(place: Place): { is: string; right: boolean; because: string } {
  place.only(['is', 'right', 'because']);
  const right = place.need('right').boolean();
  const because = place.may('because')?.text() ?? (right ? 'It is.' : 'It is not.');
  return { is: place.need('is').text(), right, because };
}

function pointFrom(place: Place): { point: string; words: string[] } {
  place.only(['point', 'words']);
  return { point: place.need('point').text(), words: place.need('words').texts() };
}

/** A number as an answer may be written: with a unit, like `2 GiB`, or as arithmetic, like `4 * 64`. */
function numberFrom(place: Place, unit: string | undefined): number {
  const text = place.text();
  const read = readNumber(text, unit);
  if (read.kind === 'refused') place.refuse(`cannot be read: ${read.says}`);
  const value = read.kind === 'number' ? read.value : arithmetic(text);
  return value !== undefined && Number.isFinite(value)
    ? value
    : place.refuse('needs a number, like 394240, or arithmetic that gives one, like 4 * 64.');
}

/** `[H, H+D]` as a list or as a text. */
function shapeFrom(place: Place): string[] {
  const written = (): string[] => place.text().replace(/^\[|\]$/g, '').split(','); // prettier-ignore
  const axes = place.single ? written() : place.list().map((one) => one.text());
  const trimmed = axes.map((axis) => axis.trim());
  return shapeOf(`[${trimmed.join(', ')}]`) === undefined
    ? place.refuse('is not a shape in letters, like [H, H+D].')
    : trimmed;
}

/** The shape of each name; `[]` is a number. */
function symbolsFrom(place: Place): Readonly<Record<string, Shape>> {
  if (place.names.length === 0) place.refuse('needs the shape of each name, like f: [H].');
  return Object.fromEntries(
    place.names.map((name) => {
      const shape = place.need(name);
      if (!/^[A-Za-z]\w{0,29}$/.test(name)) shape.refuse('is not a name like Wf.');
      return [name, shape.list(0).map((axis) => axis.text())];
    }),
  );
}

/** A formula that answers can be compared with. */
function formulaFrom(place: Place, symbols: Readonly<Record<string, Shape>>): string {
  const text = place.text();
  try {
    const verdict = compare(text, text, symbols);
    if (verdict.kind !== 'same') place.refuse(`does not read as a formula: ${verdict.says}`);
  } catch (error) {
    if (error instanceof NotationError)
      place.refuse(`does not read as a formula: ${error.message}`);
    throw error;
  }
  return text;
}
