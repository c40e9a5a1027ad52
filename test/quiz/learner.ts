/**
 * For the specs: someone who forgets. The memory is FSRS-6 written out from its published formulas
 * (github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm), with parameters of its own; nothing of
 * ts-fsrs or of the schedule is used, so that the two can disagree.
 */
import type { Rating } from '../../src/quiz/index.js';

/** The published default parameters of FSRS-6. */
export const published: readonly number[] = [
  ...[0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796],
  ...[1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542],
];

interface Memory {
  /** Days after which it is recalled with 90 %. */
  readonly S: number;
  /** Difficulty, 1 … 10. */
  readonly D: number;
  /** The day it was last looked at. */
  readonly on: number;
}

const grade = { again: 1, hard: 2, good: 3, easy: 4 } as const;
const within = (low: number, value: number, high: number): number =>
  Math.min(high, Math.max(low, value));

export class Learner {
  readonly #memories = new Map<string, Memory>();

  /** @param w the memory's parameters. @param steadiness of a card: its factor on S at first sight. */
  constructor(
    private readonly w: readonly number[],
    private readonly steadiness: (card: string) => number = () => 1,
  ) {}

  /** The probability that a card is recalled on a day; undefined for one that was never seen. */
  recall(card: string, day: number): number | undefined {
    const memory = this.#memories.get(card);
    return memory && this.#recallOf(memory, day);
  }

  /** R(t, S) = (1 + factor · t / S)^decay, with R(S, S) = 0.9. */
  #recallOf({ S, on }: Memory, day: number): number {
    const decay = -this.w[20]!;
    const factor = 0.9 ** (1 / decay) - 1;
    return (1 + (factor * (day - on)) / S) ** decay;
  }

  /** Looks at a card on a day, having answered it so. */
  see(card: string, day: number, rating: Rating): void {
    const { w } = this;
    const G = grade[rating];
    const D0 = (g: number): number => w[4]! - Math.exp((g - 1) * w[5]!) + 1;
    const memory = this.#memories.get(card);
    if (!memory) {
      const S = w[G - 1]! * this.steadiness(card);
      this.#memories.set(card, { S, D: within(1, D0(G), 10), on: day });
      return;
    }
    const { S, D } = memory;
    const R = this.#recallOf(memory, day);
    const next = D + (-w[6]! * (G - 3) * (10 - D)) / 9;
    this.#memories.set(card, {
      S: within(0.001, G === 1 ? this.#afterLapse(S, D, R) : S * this.#growth(S, D, R, G), 36_500),
      D: within(1, w[7]! * D0(4) + (1 - w[7]!) * next, 10),
      on: day,
    });
  }

  /** S′/S after a recall. */
  #growth(S: number, D: number, R: number, G: number): number {
    const { w } = this;
    const gain = Math.exp(w[8]!) * (11 - D) * S ** -w[9]! * (Math.exp(w[10]! * (1 - R)) - 1);
    return 1 + gain * (G === 2 ? w[15]! : 1) * (G === 4 ? w[16]! : 1);
  }

  /** S′ after a lapse: never more than before. */
  #afterLapse(S: number, D: number, R: number): number {
    const { w } = this;
    const after = w[11]! * D ** -w[12]! * ((S + 1) ** w[13]! - 1) * Math.exp(w[14]! * (1 - R));
    return Math.min(after, S);
  }
}
