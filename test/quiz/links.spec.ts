/** Where cards lead, and the ticks that end a free answer. */
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardById, cards, gradeAnswer, lessonOf, questionOf } from '../../src/quiz/index.js';
import { readFree, withTicks } from '../../src/quiz/grading/free.js';

describe('a card', () => {
  const linksOf = (id: string) => {
    const card = cardById(id)!;
    return gradeAnswer(card, questionOf(card, 1), '').links;
  };

  it('has a lesson that exists', () => {
    for (const lesson of new Set(cards.map(lessonOf)))
      expect(existsSync(new URL(`../../docs/lessons/${lesson}.md`, import.meta.url)), lesson!).toBe(
        true,
      );
    expect(lessonOf(cardById('lstm.highway.explain')!)).toBe('highway');
    expect(lessonOf(cardById('lstm.peephole.forget')!)).toBe('variants');
  });

  it('derives its answer from the equations it names, after those that define what they read', () => {
    expect(linksOf('lstm.backward.cell').derivation.map(({ reads }) => reads)).toEqual([
      'c = f ⊙ c₋ + i ⊙ c̃',
      'o = σ(W_o [h₋, x] + b_o)',
      'dc = dc₊ + dh ⊙ o ⊙ (1 - tanh²(c))',
    ]);
    for (const card of cards)
      for (const id of card.equations ?? [])
        expect(linksOf(card.id).derivation.length, id).toBeGreaterThan(0);
  });
});

describe('ticks', () => {
  it('are read back as they were written, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 30 }),
        fc.array(fc.nat(20), { maxLength: 9 }),
        (text, ticked) => {
          expect(readFree(withTicks(text, ticked))).toEqual({ text: text.trimEnd(), ticked });
        },
      ),
    );
  });

  it.each(['h[1]', 'softmax over [h, x]', 'as in [a]', '[1', '1]', 'see [1] and this', ''])(
    '%j has none',
    (text) => {
      expect(readFree(text)).toEqual({ text, ticked: undefined });
    },
  );

  it('count instead of the words; a number that is no point is asked again', () => {
    const card = cardById('lstm.highway.explain')!;
    const grade = (given: string) => gradeAnswer(card, questionOf(card, 1), given);
    expect(grade('I know it all [1 2 3]')).toMatchObject({ correct: true });
    expect(grade('I know it all [1,2]')).toMatchObject({ correct: false, readable: true });
    if (card.kind === 'free') expect(grade(`${card.model} []`).says).toMatch(/^0 of 5 points made/);
    expect(grade('I know it all [6]')).toMatchObject({ readable: false });
    expect(grade('I know it all [0]')).toMatchObject({ readable: false });
  });
});
