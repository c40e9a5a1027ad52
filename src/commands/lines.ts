/** The lines of a stream, one at a time and none of them without end: a pipe may come from anywhere. */
import { Refusal } from './refusal.js';

/** The longest line that is read, in characters: twenty times the longest answer that is looked at. */
export const longestLine = 100_000;

/**
 * The lines of a UTF-8 stream without their ends, `\n` or `\r\n`; a last line may lack its end. The stream is closed when the
 * iteration is left.
 * @throws {Refusal} at the first line that is too long, as soon as it is; those before it have been given.
 */
export async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string, void> {
  input.setEncoding('utf8');
  let given = 0;
  let open = '';
  const tooLong = (): Refusal =>
    new Refusal(
      `Standard input: line ${given + 1} has more than ${longestLine} characters` +
        (given === 0 ? '.' : '; what was answered before it is saved.'),
    );
  for await (const chunk of input) {
    const lines = (open + String(chunk)).split('\n');
    open = lines.pop()!;
    for (const line of lines) {
      if (line.length > longestLine) throw tooLong();
      yield line.replace(/\r$/, '');
      given++;
    }
    if (open.length > longestLine) throw tooLong();
  }
  if (open !== '') yield open;
}
