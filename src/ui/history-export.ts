/** The history as text for other programs: JSON with an event a line, or CSV with a field a column. */
import { stringify } from 'csv-stringify/sync';

/** An event of the log. */
export type HistoryEvent = Readonly<Record<string, unknown>>;

/** A list of all events as they stand in the log. */
export const historyJson = (events: readonly HistoryEvent[]): string =>
  `[${events.map((event) => `\n  ${JSON.stringify(event)}`).join(',')}${events.length > 0 ? '\n' : ''}]\n`;

const first = ['at', 'type', 'id', 'v'];

/**
 * A row for each event, a column for each field that one of them has. What is no text, number or truth
 * value stands there as JSON. A text that a spreadsheet would run as a formula gets a ' before it.
 */
export function historyCsv(events: readonly HistoryEvent[]): string {
  const others = [...new Set(events.flatMap((event) => Object.keys(event)))]
    .filter((name) => !first.includes(name))
    .sort();
  const names = [...first, ...others];
  const cell = (value: unknown): string | number =>
    typeof value === 'string' || typeof value === 'number'
      ? value
      : value === undefined
        ? ''
        : JSON.stringify(value);
  return stringify([names, ...events.map((event) => names.map((name) => cell(event[name])))], {
    escape_formulas: true,
  });
}
