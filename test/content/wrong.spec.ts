/**
 * Wrong solutions that no definition knows: every one is caught, and what is said of it is right, or is
 * that we do not know.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { judge } from '../../src/kata/judge.js';
import { kataById, katas } from '../../src/kata/catalogue.js';
import { localSubject } from '../../src/kata/local-subject.js';
import { backward } from './wrong/backward.js';
import { blind } from './wrong/blind.js';
import { layers } from './wrong/layers.js';
import { others } from './wrong/others.js';
import { recurrent } from './wrong/recurrent.js';
import { softmaxBackward } from './wrong/softmax-backward.js';
import type { Values } from '../../src/kata/values.js';

const all = [...recurrent, ...backward, ...softmaxBackward, ...others, ...blind, ...layers];

it('come from every topic, at least forty of them', () => {
  expect(all.length).toBeGreaterThanOrEqual(40);
  const topics = new Set(all.map(({ kata }) => kataById(kata)!.topic));
  expect(topics).toEqual(new Set(katas.map(({ topic }) => topic)));
});

let located = 0;
afterAll(() => {
  expect(located).toBeGreaterThanOrEqual((2 * all.length) / 3);
});

describe.each(all)('$kata: $what', ({ kata: id, solve, says }) => {
  it('is caught, and nothing wrong is said of it', async () => {
    const subject = localSubject(solve as (given: Values) => unknown);
    const { outcome, checks, diagnosis } = await judge(kataById(id)!, subject, { seed: 2 });
    expect(outcome).toBe('failed');
    const said = [diagnosis?.says, ...checks.map((check) => check.says)].filter(Boolean).join('\n');
    if (says === null) expect(diagnosis === null || diagnosis.guess === true, said).toBe(true);
    else {
      expect(said).toMatch(says);
      located++;
    }
  });
});
