/** The LSTM encoder–decoder with additive attention, sizes and a seed as something to differentiate. */
import {
  Arena,
  additiveShapes,
  createEncoderDecoderParameters,
  encodeDecode,
  encodeDecodeBackward,
} from '../engine/index.js';
import { additiveOf } from './attention-problem.js';
import { attendAdditively } from './textbook/attention.js';
import { column, problemOf } from './recipe.js';
import { textbookParameters, textbookSteps } from './textbook/cells.js';
import type { Algebra } from './algebra.js';
import type { Arrays, EncoderDecoderDims, Lengths } from '../engine/index.js';
import type { Differentiable } from './differentiable.js';
import type { Named } from './recipe.js';

const lstmNames = ['Wf', 'Wi', 'Wc', 'Wo', 'bf', 'bi', 'bc', 'bo'] as const;

/**
 * LSTM encoder–decoder with additive attention; the encoder's tensors are `enc.Wf` …, the decoder's `dec.Wf` ….
 * `lengths` are those of the sequences of x; without them, all are T.
 */
export function encoderDecoderProblem(
  dims: EncoderDecoderDims,
  seed: number,
  lengths?: Lengths,
): Differentiable {
  const { T, J, B, D, E, H, A } = dims;
  const lstmShapes = (prefix: string, input: number) =>
    Object.fromEntries(
      lstmNames.map((name) => [prefix + name, name.startsWith('W') ? [H, H + input] : [H]]),
    );
  const run = (arena: Arena, values: Arrays) => {
    const parameters = createEncoderDecoderParameters(arena, dims);
    for (const name of lstmNames) {
      parameters.encoder[name].set(values[`enc.${name}`]!);
      parameters.decoder[name].set(values[`dec.${name}`]!);
    }
    for (const name of ['Wa', 'Ua', 'ba', 'va'] as const)
      parameters.attention[name].set(values[name]!);
    const given = { x: values.x!, y: values.y!, ...(lengths ? { lengths } : {}) };
    return encodeDecode(arena, dims, parameters, given);
  };
  const part = <S>(values: Named<S>, prefix: string) =>
    textbookParameters(
      Object.fromEntries(lstmNames.map((name) => [name, values[prefix + name]!] as const)),
    );
  return problemOf(
    {
      shapes: {
        ...lstmShapes('enc.', D),
        ...additiveShapes({ H, S: H, A }),
        ...lstmShapes('dec.', E + H),
        x: [T, B, D],
        y: [J, B, E],
      },
      axes: { x: ['T', 'B', 'D'] },
      outLength: J * B * H,
      output: (values) => run(new Arena(), values).s,
      gradient: (values, upstream) => {
        const arena = new Arena();
        const d = encodeDecodeBackward(arena, run(arena, values), upstream);
        return {
          ...Object.fromEntries(lstmNames.map((name) => [`enc.${name}`, d.encoder[name]])),
          ...Object.fromEntries(lstmNames.map((name) => [`dec.${name}`, d.decoder[name]])),
          ...d.attention,
          x: d.encoder.x,
          y: d.y,
        };
      },
      textbook: <S>(ops: Algebra<S>, values: Named<S>) => {
        const out: S[] = [];
        const zero = Array.from({ length: H }, () => ops.constant(0));
        for (let n = 0; n < B; n++) {
          let state: Named<S> = { h: zero, c: zero };
          const read = column(values.x!, T, B * D, n * D, D).slice(0, lengths?.[n]);
          const h = read.map((x) => {
            state = textbookSteps.lstm(ops, part(values, 'enc.'), x, state);
            return state.h!;
          });
          column(values.y!, J, B * E, n * E, E).forEach((y, j) => {
            const context = attendAdditively(ops, additiveOf(values, A), state.h!, h);
            state = textbookSteps.lstm(ops, part(values, 'dec.'), [...y, ...context], state);
            state.h!.forEach((value, k) => (out[(j * B + n) * H + k] = value));
          });
        }
        return out;
      },
    },
    seed,
  );
}
