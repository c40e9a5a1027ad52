/** Cards as notes, and the file that Anki imports: read back by Anki's own rules, nothing is lost. */
import { describe, expect, it } from 'vitest';
import {
  cards,
  deckOf,
  generators,
  gradeAnswer,
  notesOf,
  ourDeck,
  questionOf,
  cardById,
  topics,
} from '../../src/quiz/index.js';
import { readOwnCards } from '../../src/quiz/own/own-cards.js';
import { ankiText } from '../../src/ui/anki-text.js';

const options = { instances: 3, seed: 1, topics: [] };
const notes = notesOf(ourDeck, options);

describe('notesOf', () => {
  it('gives a note for each card and some for each generator, with ids of their own', () => {
    expect(notes).toHaveLength(cards.length + 3 * generators.length);
    expect(new Set(notes.map(({ id }) => id)).size).toBe(notes.length);
    expect(new Set(notes.map(({ front }) => front)).size).toBe(notes.length);
    for (const { id } of notes) expect(cardById(id)?.id).toBe(id);
    expect(notesOf(ourDeck, { ...options, instances: 0 })).toHaveLength(cards.length);
    expect(notesOf(ourDeck, options)).toEqual(notes);
  });

  it('asks in front with all options, and holds the answer and why behind', () => {
    for (const { id, front, back, tags } of notes) {
      const card = cardById(id)!;
      expect(front).toContain(card.ask);
      const question = questionOf(card, 1);
      for (const option of question.options ?? []) expect(front).toContain(option);
      const { answer } = gradeAnswer(card, question, '');
      expect(back.startsWith(answer)).toBe(true);
      expect(back).toContain(card.explain);
      expect(tags).toContain(`bptt::${card.topic}`);
      for (const tag of tags) expect(tag).not.toMatch(/\s/);
    }
  });

  it('marks what is right and what is not, each with its reason', () => {
    const marked = notes.filter(({ tags }) => tags.includes('bptt::several'));
    expect(marked.length).toBeGreaterThan(5);
    for (const { id, back } of marked) {
      const card = cardById(id)!;
      if (card.kind !== 'several') throw new Error(`${id} is no card of several.`);
      for (const { is, right, because } of card.options)
        expect(back).toContain(`${right ? '✓' : '✗'} ${is}: ${because}`);
    }
  });

  it('writes equations as they are read, not as they are typed', () => {
    const sides = notes
      .filter(({ tags }) => tags.includes('bptt::equation'))
      .map(({ back }) => back);
    expect(sides.length).toBeGreaterThan(20);
    for (const back of sides) expect(back).not.toMatch(/\.\*|\.\^|sigmoid\(/);
  });

  it('keeps to topics', () => {
    for (const topic of topics) {
      const some = notesOf(ourDeck, { ...options, topics: [topic] });
      expect(some).toEqual(notes.filter(({ tags }) => tags.includes(`bptt::${topic}`)));
      expect(some.length).toBeGreaterThan(0);
    }
  });
});

/** Reads the file as Anki does: header lines, tabs, quotes doubled within quotes, HTML. */
function imported(text: string): { headers: string[]; rows: string[][] } {
  const headers = text.split('\n').filter((line) => line.startsWith('#'));
  const rows: string[][] = [];
  const row: string[] = [];
  let [field, quoted] = ['', false];
  const body = text.slice(headers.join('\n').length + 1);
  for (let k = 0; k < body.length; k++) {
    const c = body[k]!;
    if (quoted && c === '"' && body[k + 1] === '"') {
      field += '"';
      k++;
    } else if (c === '"') quoted = !quoted;
    else if (!quoted && (c === '\t' || c === '\n')) {
      row.push(field);
      field = '';
      if (c === '\n') rows.push(row.splice(0));
    } else field += c;
  }
  return { headers, rows };
}
const fromHtml = (text: string): string =>
  text
    .replaceAll('<br>', '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

describe('the file for Anki', () => {
  it('comes back from an import as it was', () => {
    const { headers, rows } = imported(ankiText(notes));
    expect(headers).toEqual([
      '#separator:tab',
      '#html:true',
      '#notetype:Basic',
      '#deck:bptt',
      '#guid column:1',
      '#tags column:4',
      '#columns:Id\tFront\tBack\tTags',
    ]);
    expect(
      rows.map(([id, front, back, tags]) => ({
        id,
        front: fromHtml(front!),
        back: fromHtml(back!),
        tags: tags!.split(' '),
      })),
    ).toEqual(notes);
  });

  it('also with markup, tabs and quotes in a card, and leaves no markup alive', () => {
    const text = [
      '- kind: choice',
      '  id: hostile',
      '  ask: "a \\"quoted\\" <b>bold</b> & {{c1::cloze}} [sound:x.mp3]\\tand\\na line"',
      '  answer: "<script>alert(1)</script>"',
      '  wrong: ["#comment", "\\"\\""]',
      '  explain: "=1+1"',
    ].join('\n');
    const { cards: own, flaws } = readOwnCards([{ file: 'a.yaml', text }]);
    expect(flaws).toEqual([]);
    const mine = notesOf(deckOf(own, []), options);
    const file = ankiText(mine);
    expect(file).not.toMatch(/<(?!br>)/);
    const { rows } = imported(file);
    expect(rows).toHaveLength(1);
    expect(fromHtml(rows[0]![1]!)).toBe(mine[0]!.front);
    expect(fromHtml(rows[0]![2]!)).toBe(mine[0]!.back);
    expect(file.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(7);
  });
});
