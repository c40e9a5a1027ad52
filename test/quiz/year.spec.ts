/**
 * A year of reviews through the real draw, session, grading and schedule, by someone who forgets
 * (learner.ts). Retention is the share of right answers to cards seen on an earlier day; FSRS aims at 0.9.
 */
import { describe, expect, it } from 'vitest';
import { rng } from '../../src/engine/index.js';
import {
  cardById,
  cards,
  generators,
  schedule,
  scheduledId,
  startSession,
  statsOf,
  step,
  ourDeck,
  type CardState,
  type LogEvent,
} from '../../src/quiz/index.js';
import { seedFor } from '../../src/quiz/shuffle.js';
import { expectedMs } from '../../src/quiz/rating.js';
import { rightAnswer, wrongAnswer } from './answers.js';
import { Learner, published } from './learner.js';

const dayMs = 86_400_000;
const start = Date.parse('2026-01-01T18:00:00.000Z');
const iso = (day: number, ms = 0): string => new Date(start + day * dayMs + ms).toISOString();
const target = 0.9;

interface Year {
  readonly events: LogEvent[];
  /** Of every review of a card seen on an earlier day: what the memory gave it, and what came out. */
  readonly reviews: {
    readonly card: string;
    readonly recall: number;
    readonly right: boolean;
    /** What the schedule thought of it: the days after which it is recalled with 90 %. */
    readonly S: number;
  }[];
}

/** Everything that is due, and some new cards, each evening for 365 days. */
function year(learner: Learner, seed: number): Year {
  const random = rng(seed);
  const events: LogEvent[] = [];
  const reviews: Year['reviews'] = [];
  let states: ReadonlyMap<string, CardState> = new Map();
  for (let day = 0; day < 365; day++) {
    let state = startSession({ seed: day, count: 40, states, now: iso(day) });
    // As in a plan: four new cards a day, and all that is due.
    const due = state.questions.filter(({ id }) => states.has(scheduledId(id))).length;
    const stop = due + 4;
    let ms = 0;
    while (state.phase !== 'done' && state.results.length < stop) {
      const question = state.questions[state.index]!;
      const id = scheduledId(question.id);
      const card = cardById(question.id)!;
      const recall = learner.recall(id, day);
      const right = random() < (recall ?? 0.6);
      // Some answers are quick, some slow: the rating is derived from that.
      ms += expectedMs(card) * (0.2 + 1.6 * random());
      const now = iso(day, Math.min(ms, 6 * 3_600_000 - 1));
      const given = right ? rightAnswer(card, question) : wrongAnswer(card, question);
      const stepped = step(state, { type: 'answer', given, final: true }, now);
      const [event] = stepped.events;
      expect(event?.correct).toBe(right);
      if (recall !== undefined)
        reviews.push({ card: id, recall, right, S: states.get(id)!.stability });
      learner.see(id, day, event!.rating);
      events.push(event!);
      state = step(stepped.state, { type: 'next' }, now).state;
    }
    states = schedule(events.slice(-state.results.length || events.length), {}, states);
  }
  return { events, reviews };
}

/** Reviews that a daily habit can have in time: FSRS wanted them after a day or more. */
const inTime = ({ reviews }: Year): Year['reviews'] => reviews.filter(({ S }) => S >= 1);
const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
const shareRight = (of: Year['reviews']): number => mean(of.map(({ right }) => Number(right)));
/** Four standard deviations of the share of right answers, by the memory's own probabilities. */
const chance = (of: Year['reviews']): number =>
  (4 * Math.sqrt(of.reduce((sum, { recall }) => sum + recall * (1 - recall), 0))) / of.length;

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
/** Some cards are easier to keep than others: a factor around 1, at most about 3 either way. */
const steadiness = (card: string): number => Math.exp(0.5 * normal(rng(seedFor(3, card))));

describe.each([
  ['a memory of the published parameters', new Learner(published)],
  ['a memory that keeps some cards better than others', new Learner(published, steadiness)],
])('%s, after a year', (_, learner) => {
  const result = year(learner, 1);
  const reviews = inTime(result);

  it('has seen every card, and every answer counts', () => {
    const stats = statsOf(result.events, ourDeck, iso(365));
    expect(stats.seen).toBe(cards.length + generators.length);
    expect(stats.answers.of).toBe(result.events.length);
    // The same count by another way: what the simulation called a review.
    expect(stats.retention).toEqual({
      right: result.reviews.filter(({ right }) => right).length,
      of: result.reviews.length,
    });
  });

  it('was asked when nine in ten were still known, within the rounding to whole days', () => {
    expect(reviews.length).toBeGreaterThan(1500);
    expect(Math.abs(mean(reviews.map(({ recall }) => recall)) - target)).toBeLessThan(0.01);
  });

  it('was right nine times in ten, within four standard deviations and that rounding', () => {
    expect(chance(reviews)).toBeLessThan(0.03);
    expect(Math.abs(shareRight(reviews) - target)).toBeLessThan(0.01 + chance(reviews));
  });
});

it('a memory that gains a third less is asked more often, and loses less than a third', () => {
  const weaker = year(new Learner(published.map((w, k) => (k === 8 ? w - 0.4 : w))), 1);
  const usual = year(new Learner(published), 1);
  expect(weaker.reviews.length).toBeGreaterThan(1.05 * usual.reviews.length);
  const lost = 1 - mean(inTime(weaker).map(({ recall }) => recall));
  expect(lost).toBeGreaterThan(1 - target);
  expect(lost).toBeLessThan((1 - target) * 1.5);
});
