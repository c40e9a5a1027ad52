/** The walks as data: whatever a step names exists, and every kata is on somebody's way. */
import { describe, expect, it } from 'vitest';
import { plantedMistakes } from '../../src/check/index.js';
import { kataById, katas } from '../../src/kata/index.js';
import { charts, isLessonId } from '../../src/lessons/index.js';
import { equationById } from '../../src/notation/index.js';
import { flowCells, memoryModes } from '../../src/bench/index.js';
import { ourDeck } from '../../src/quiz/catalogue.js';
import { walkById, walkIds, walks } from '../../src/walk/index.js';

const steps = walks.flatMap((walk) => walk.steps);

describe.each(walks)('walk $id', ({ id, steps: own, title }) => {
  it('is found by its id, and its steps have names of their own', () => {
    expect(walkById(id).title).toBe(title);
    expect(new Set(own.map((step) => step.id)).size).toBe(own.length);
    expect(own.length).toBeGreaterThan(4);
  });

  it.each(own)('$id: what it names exists', (step) => {
    switch (step.kind) {
      case 'kata': {
        const kata = kataById(step.kata)!;
        const equations = step.equations ?? kata.equations;
        for (const equation of equations) expect(equationById(equation)).toBeDefined();
        expect(isLessonId(step.lesson)).toBe(true);
        break;
      }
      case 'gradcheck':
        expect(plantedMistakes[step.cell]).toHaveProperty([step.mistake]);
        break;
      case 'picture':
        expect(charts).toHaveProperty([step.chart]);
        expect(isLessonId(step.lesson)).toBe(true);
        break;
      case 'flow':
        for (const cell of step.cells) expect(flowCells).toContain(cell);
        expect(isLessonId(step.lesson)).toBe(true);
        break;
      case 'cards': {
        const { cards, generators, topicOf } = ourDeck;
        const there = [...cards, ...generators].filter(({ id: card }) =>
          (step.topics as readonly unknown[]).includes(topicOf(card)),
        );
        expect(there.length).toBeGreaterThanOrEqual(2 * step.count);
        break;
      }
      case 'prediction':
        expect(memoryModes).toContain(step.id);
    }
  });
});

it('every kata is on a walk, once; every mode of bench memory is predicted', () => {
  const walked = steps.flatMap((step) => (step.kind === 'kata' ? [step.kata] : []));
  expect(walked.sort()).toEqual(katas.map(({ id }) => id).sort());
  const predicted = steps.flatMap((step) => (step.kind === 'prediction' ? [step.id] : []));
  expect(predicted.sort()).toEqual([...memoryModes].sort());
  expect(walks.map(({ id }) => id)).toEqual(walkIds);
});

it('a recurrent cell has its gradient checked, and each walk of katas ends with questions', () => {
  for (const cell of ['rnn', 'lstm', 'gru'] as const)
    expect(walkById(cell).steps).toContainEqual(
      expect.objectContaining({ kind: 'gradcheck', cell }),
    );
  for (const walk of walks) if (walk.id !== 'memory') expect(walk.steps.at(-1)!.kind).toBe('cards');
});
