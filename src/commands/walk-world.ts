/** What a walk under way needs of the world: the rooms, the log, and somebody to tell. Tests have a world of their own. */
import type { ChartSpec } from '../ui/chart.js';
import type { FlowReport } from '../bench/index.js';
import type { GradientReport } from '../check/index.js';
import type { Kata } from '../kata/index.js';
import type { Journal } from './journal.js';
import type {
  FlowStep,
  GradcheckStep,
  KataStep,
  MemoryStep,
  Step,
  Walk,
  WalkStanding,
} from '../walk/index.js';
import type { Judged, MeasuredStep } from '../walk/memory/index.js';
import type { WatchWorld } from './watch-session.js';

/** How the screen is left: for good, for the questions of the step at hand, or by a fault of ours. */
export type WalkEnd = 'quit' | 'interrupted' | 'questions' | Error;

export interface WalkWorld {
  readonly walk: Walk;
  /** By the log as it is now. */
  readonly standing: () => WalkStanding;
  /** Whether to ask again what was predicted on another day. */
  readonly again: boolean;
  readonly journal: Journal;
  /** Undefined for a walk without katas. */
  readonly workspace: string | undefined;
  readonly kata: (step: KataStep) => Kata;
  readonly equations: (step: KataStep) => readonly { reads: string; says: string }[];
  readonly check: WatchWorld['check'];
  readonly gradcheck: (step: GradcheckStep, mistake: boolean) => GradientReport;
  readonly chart: (id: string) => ChartSpec;
  readonly flow: (step: FlowStep) => FlowReport;
  /** The part of a lesson that belongs to a step, as Markdown. */
  readonly lesson: (step: Step) => string | null;
  readonly measure: (step: MemoryStep) => Promise<{ measured: MeasuredStep; judged: Judged[] }>;
  readonly changed: () => void;
  readonly ended: (how: WalkEnd) => void;
}
