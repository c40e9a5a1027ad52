/**
 * Where the numbers of an algebra stand that have more to them than a value: tangents, say. A number is its
 * place here; its row of `width` further numbers stands on one long array, and numbers may share a row.
 */

/** Where the row of zeros begins, which all constants share. */
export const zeros = 0;

export class Tape {
  /** Of each number its value, and where its row begins. */
  values = new Float64Array(4096);
  starts = new Int32Array(4096);
  /** All rows, one after the other as they were claimed. */
  rows: Float64Array;
  readonly #width: number;
  #count = 0;
  #end = 0;

  constructor(width: number) {
    this.#width = width;
    this.rows = new Float64Array(2048 * width);
    this.reset();
  }

  /** Forgets every number. */
  reset(): void {
    this.#count = 0;
    this.#end = 0;
    this.clear(); // the row of zeros
  }

  /** A number with a row of its own, or one that another has. */
  number(v: number, start: number): number {
    const a = this.#count++;
    if (a === this.values.length) {
      const [values, starts] = [new Float64Array(2 * a), new Int32Array(2 * a)];
      values.set(this.values);
      starts.set(this.starts);
      [this.values, this.starts] = [values, starts];
    }
    this.values[a] = v;
    this.starts[a] = start;
    return a;
  }

  /** The start of a row in which anything may stand. Rows may have moved: read `rows` after it. */
  claim(): number {
    const start = this.#end;
    this.#end += this.#width;
    if (this.#end > this.rows.length) {
      const rows = new Float64Array(2 * this.rows.length);
      rows.set(this.rows);
      this.rows = rows;
    }
    return start;
  }

  /** The start of a row of zeros. */
  clear(): number {
    const start = this.claim();
    this.rows.fill(0, start, start + this.#width);
    return start;
  }
}
