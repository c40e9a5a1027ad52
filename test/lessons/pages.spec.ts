/** Every lesson: what is computed in it is what the code computes now, and what it names exists. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import {
  type Chart,
  charts,
  fill,
  flawsOf,
  lessonIds,
  lessonPath,
  readLesson,
  sumsIn,
} from '../../src/lessons/index.js';
import { kataById } from '../../src/kata/index.js';
import { paintWith } from '../../src/ui/paint.js';
import { chart } from '../../src/ui/chart.js';
import { sectionText } from '../../src/ui/lesson-text.js';

const page = { width: 80, paint: paintWith(false) };
/** Indented by four in the terminal. */
const draw = (spec: Chart) => chart(spec, { ...page, width: 76 });

it('the catalogue and the folder agree', () => {
  const folder = path.dirname(lessonPath('lstm'));
  const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
  expect(files.sort()).toEqual(lessonIds.map((id) => `${id}.md`).sort());
});

describe.each(lessonIds)('lesson %s', (id) => {
  const text = readFileSync(lessonPath(id), 'utf8');
  const lesson = readLesson(id);

  it('shows what the notation and the engine give today', async () => {
    await expect(fill(text, draw)).toMatchFileSnapshot(lessonPath(id));
  });

  it('has sums that come out', () => {
    expect(sumsIn(text).length).toBeGreaterThan(0);
    expect(flawsOf(text)).toEqual([]);
  });

  it('has equations, a worked example, pitfalls, words for the interview and practice', () => {
    expect(text).toMatch(/^```equations /m);
    expect(text).toMatch(/^```worked /m);
    expect(text).toMatch(/^```chart /m);
    const titles = lesson.sections.map(({ title }) => title);
    for (const title of ['Where people slip', 'Say it in the interview', 'Practise'])
      expect(titles).toContain(title);
  });

  it('names katas that exist', () => {
    const katas = [...text.matchAll(/`bptt (?:check|hint|solution) ([a-z-]+)`/g)].map(
      ([, kata]) => kata!,
    );
    expect(katas.filter((kata) => kataById(kata) === undefined)).toEqual([]);
  });

  it.each([40, 60, 80, 120])('fits %i columns, its blocks included', (width) => {
    const chartOf = (one: string): Chart => charts[one]!();
    const lines = lesson.sections.flatMap((one) => sectionText(one, { ...page, width }, chartOf));
    expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
  });
});
