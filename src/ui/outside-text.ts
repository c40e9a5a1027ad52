/** What stands under one's progress where one is in no workspace. */
import { paragraph } from './layout.js';
import type { Page } from './layout.js';

/** That nothing of what was done in a workspace is seen from here. */
export const outsideText = (page: Page): string[] => [
  '',
  ...paragraph(
    'You are in no workspace (no bptt.json here or above): what you did in one is not counted here. cd into yours.',
    page,
  ),
];
