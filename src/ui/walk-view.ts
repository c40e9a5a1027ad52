/** What is on the screen of a walk: a step and what has come of it so far, as plain data. */
import type { ChartSpec } from './chart.js';
import type { WatchState } from './watching.js';
import type { FlowReport } from '../bench/index.js';
import type { GradientReport } from '../check/index.js';
import type { MemoryStep, StepStanding, WalkStanding } from '../walk/index.js';
import type { Judged, MeasuredStep } from '../walk/memory/index.js';

export type WalkBody =
  | {
      readonly kind: 'kata';
      readonly says: string;
      readonly equations: readonly { readonly reads: string; readonly says: string }[];
      readonly watch: WatchState;
      /** The equations are asked for although there is a report. */
      readonly again: boolean;
    }
  | {
      readonly kind: 'gradcheck';
      readonly says: string;
      readonly cell: string;
      /** Null before it was run. */
      readonly report: GradientReport | null;
    }
  | { readonly kind: 'picture'; readonly says: string; readonly chart: ChartSpec }
  | { readonly kind: 'flow'; readonly says: string; readonly report: FlowReport }
  | { readonly kind: 'cards'; readonly says: string }
  | {
      readonly kind: 'prediction';
      readonly step: MemoryStep;
      /** Null while it is measured. */
      readonly measured: MeasuredStep | null;
      readonly judged: readonly Judged[];
    }
  /** After the last step. */
  | { readonly kind: 'end' };

export interface WalkView {
  readonly standing: WalkStanding;
  /** The place of the step, from 0; the number of steps after the last one. */
  readonly at: number;
  readonly body: WalkBody;
  /** A part of a lesson that lies over the step, as Markdown; or why there is none to be read. */
  readonly lesson: string | null;
  /** Lines of the panel above the screen. */
  readonly scroll: number;
}

/** The step's standing; undefined after the last one. */
export const standingAt = ({ standing, at }: WalkView): StepStanding | undefined =>
  standing.steps[at];
