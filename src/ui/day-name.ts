/** A day as it stands in a table: `Mon 11-23`. */
const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** @param date `2026-11-23` */
export const dayName = (date: string): string =>
  `${names[new Date(date).getUTCDay()]!} ${date.slice(5)}`;

/** How far away a day is, in words. */
export const inDays = (days: number): string =>
  days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`;
