/**
 * What `bptt watch` shows, as a state machine: checks come and go, panels open over them. It checks nothing
 * and knows no keys (watch-keys.ts) and no clock.
 */
import type { DifferenceLine } from './difference.js';
import type { KataReport } from '../kata/index.js';

/** What stands below the head: the last check, or what a key asked for. */
export type Panel =
  | { readonly kind: 'report' }
  | { readonly kind: 'hint'; readonly level: number; readonly of: number; readonly text: string }
  | { readonly kind: 'solution'; readonly text: string }
  | { readonly kind: 'diff'; readonly lines: readonly DifferenceLine[] }
  /** Why a key did nothing, in one sentence. */
  | { readonly kind: 'refused'; readonly says: string };

export interface Watched {
  readonly id: string;
  readonly title: string;
  /** Relative to where one stands. */
  readonly file: string;
  /** Whether its solution may be seen without asking for it on the record. */
  readonly open: boolean;
}

export interface WatchState {
  readonly kata: Watched;
  /** The number of the check that counts; the report of an earlier one comes too late. */
  readonly run: number;
  readonly checking: boolean;
  /** Of the last check that ended; null before the first of this kata. */
  readonly report: KataReport | null;
  readonly panel: Panel;
  /** Lines of the panel above the screen. */
  readonly scroll: number;
}

export type WatchAction =
  /** A save, or a key: a check that runs is out of date from now on. */
  | { readonly type: 'check' }
  | { readonly type: 'checked'; readonly run: number; readonly report: KataReport }
  | { readonly type: 'kata'; readonly kata: Watched }
  | { readonly type: 'show'; readonly panel: Panel }
  | { readonly type: 'scroll'; readonly by: number; readonly most: number };

const report: Panel = { kind: 'report' };

export const startWatch = (kata: Watched): WatchState => ({
  kata,
  run: 0,
  checking: false,
  report: null,
  panel: report,
  scroll: 0,
});

export function watchStep(state: WatchState, action: WatchAction): WatchState {
  switch (action.type) {
    case 'check':
      return { ...state, run: state.run + 1, checking: true, panel: report, scroll: 0 };
    case 'checked': {
      if (action.run !== state.run) return state;
      const passed = action.report.outcome === 'passed';
      const kata = { ...state.kata, open: state.kata.open || passed };
      return { ...state, kata, checking: false, report: action.report };
    }
    case 'kata':
      // The run goes on counting: a report of the kata before is still to come.
      return { ...startWatch(action.kata), run: state.run + 1 };
    case 'show': {
      const reveals = action.panel.kind === 'solution' || action.panel.kind === 'diff';
      const kata = { ...state.kata, open: state.kata.open || reveals };
      return { ...state, kata, panel: action.panel, scroll: 0 };
    }
    case 'scroll':
      return { ...state, scroll: Math.max(0, Math.min(action.most, state.scroll + action.by)) };
  }
}
