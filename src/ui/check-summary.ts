/** Many checks on one page: how many passed, what failed and why, the rest by name. One check: kata-text.ts. */
import { kataCommand } from './kata-command.js';
import { columns, ends, flow, paragraph } from './layout.js';
import { next, verdictOf } from './kata-text.js';
import type { KataReport } from '../kata/index.js';
import type { Page } from './layout.js';

/** The sentence that says most about a failing check. */
const reason = ({ diagnosis, says, checks }: KataReport): string | undefined =>
  diagnosis?.says ?? says ?? checks.find((check) => check.says !== null)?.says ?? undefined;

/**
 * The one command to go on with.
 * @param id of a kata; null when every one has passed
 * @param folder that it is of, where it is not one of ours
 */
export const nextText = (id: string | null, page: Page, folder?: string): string[] =>
  next(
    [
      id === null
        ? 'every kata has passed: bptt quiz'
        : `next: ${kataCommand(`watch ${id}`, folder)}`,
    ],
    page,
  );

/**
 * @param ms of the whole run, which is less than the sum: katas are checked at once
 * @param nextId the kata to take where all of these passed; null when every one has, undefined where nobody knows
 */
export function checkSummary(
  reports: readonly KataReport[],
  ms: number,
  page: Page,
  nextId?: string | null,
): string[] {
  const { paint } = page;
  const folder = reports[0]?.katas;
  const passed = reports.filter(({ outcome }) => outcome === 'passed');
  const open = reports.filter(({ outcome }) => outcome === 'notImplemented');
  const failed = reports.filter((one) => !passed.includes(one) && !open.includes(one));
  const counts = [
    passed.length > 0 ? paint.good(`✓ ${passed.length} passed`) : '',
    failed.length > 0 ? paint.bad(`✗ ${failed.length} failed`) : '',
    open.length > 0 ? paint.warn(`· ${open.length} not implemented yet`) : '',
  ].filter(Boolean);
  const named = (title: string, some: readonly KataReport[]): string[] =>
    some.length === 0
      ? []
      : [
          '',
          ...paragraph(title, page),
          ...flow(
            some.map(({ id }) => id),
            page,
            4,
          ),
        ];
  return [
    ...ends(
      `${paint.strong(`${reports.length} katas`)}  ${counts.join('   ')}`,
      paint.dim(`${(ms / 1000).toFixed(1)} s`),
      page,
    ),
    ...(failed.length === 0
      ? []
      : [
          '',
          ...columns(
            [{ head: 'kata' }, { head: 'verdict' }, { head: 'ms', align: 'right', drop: 1 }],
            failed.map((one) => [one.id, verdictOf(one, page), String(one.ms)]),
            page,
          ),
          ...failed.flatMap((one) => {
            const says = reason(one);
            return says === undefined
              ? []
              : ['', ...paragraph(`${paint.strong(one.id)}: ${says}`, page)];
          }),
        ]),
    ...named(`${paint.good('✓')} passed`, passed),
    ...named(`${paint.warn('·')} not implemented yet`, open),
    '',
    ...(failed.length > 0
      ? next([kataCommand(`check ${failed[0]!.id}`, folder)], page)
      : open.length > 0
        ? next([kataCommand(`watch ${open[0]!.id}`, folder)], page)
        : nextId === undefined
          ? next(['bptt quiz'], page)
          : nextText(nextId, page, folder)),
  ];
}
