/** What `bptt walk` reports when it is not walked on a screen: where one stands, and what to type next. */
import type { StepStanding, WalkStanding } from './standing.js';

export interface WalkReport {
  readonly version: 1;
  readonly workspace: string | null;
  readonly walks: readonly WalkStanding[];
  /** The first walk that is not done, its step, and what to type. Null when all is done. */
  readonly next: {
    readonly walk: string;
    readonly step: string;
    readonly title: string;
    readonly command: string;
  } | null;
}

/** A kata needs a workspace; everything else can be done anywhere. */
const typed = ({ kind, command }: StepStanding, workspace: string | undefined): string =>
  kind === 'kata' && workspace === undefined ? 'bptt init my-workspace' : command;

export function walkReport(
  walks: readonly WalkStanding[],
  workspace: string | undefined,
): WalkReport {
  const open = walks.find(({ next }) => next !== null);
  const step = open?.steps[open.next!];
  return {
    version: 1,
    workspace: workspace ?? null,
    walks,
    next:
      open && step
        ? {
            walk: open.walk,
            step: step.id,
            title: step.title,
            command: typed(step, workspace),
          }
        : null,
  };
}
