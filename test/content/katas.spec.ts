/** Katas checked like code: what src/kata/proof.ts claims of a kata holds for each of ours. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cardById } from '../../src/quiz/index.js';
import { claims } from '../../src/kata/proof.js';
import { katas } from '../../katas/index.js';
import { localSubject } from '../../src/kata/local-subject.js';
import { solutionPath, stubPath } from '../../src/kata/places.js';
import type { Kata } from '../../src/kata/define.js';
import type { Piece } from '../../src/kata/proof.js';
import type { Values } from '../../src/kata/values.js';

const load = async (kata: Kata, file: string): Promise<Piece> => {
  const module = (await import(/* @vite-ignore */ file)) as Record<string, unknown>;
  const subject = localSubject(module[kata.functionName] as (inputs: Values) => unknown);
  return { text: readFileSync(file, 'utf8'), subject };
};

describe.each(katas)('$id', (kata) => {
  it.each(claims)('$name', async ({ complaints }) => {
    const stub = await load(kata, stubPath(kata));
    const solution = await load(kata, solutionPath(kata));
    const hasCard = (id: string): boolean => cardById(id) !== undefined;
    expect(await complaints({ kata, stub, solution, hasCard })).toEqual([]);
  });
});
