/** The tour's steps: each does real work with the real rooms and says what came out. */
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  Arena,
  cells,
  createParameters,
  fillUniform,
  parameterCount,
  rng,
} from '../engine/index.js';
import { checkCellGradient } from '../check/index.js';
import { checkFile, initWorkspace, kataById, kataPath, solutionPath } from '../kata/index.js';
import type { CellKind, Dims } from '../engine/index.js';
import type { Kata, KataReport } from '../kata/index.js';

export interface TourStep {
  readonly title: string;
  readonly passed: boolean;
  readonly says: readonly string[];
}

export interface TourReport {
  readonly version: 1;
  readonly passed: boolean;
  readonly steps: readonly TourStep[];
}

const seed = 7;
/** The three cells of the interview. */
const cellKinds = ['rnn', 'lstm', 'gru'] as const;
const dimsOf = (kind: CellKind): Dims => ({
  T: 20,
  B: 2,
  D: 3,
  H: 4,
  ...(kind === 'rnn' ? { O: 2 } : {}),
});

/** One forward and backward pass of each cell, with the bytes that the arena counted. */
function passes(): TourStep {
  const says: string[] = [];
  let passed = true;
  for (const kind of cellKinds) {
    const [arena, dims, cell, random] = [new Arena(), dimsOf(kind), cells[kind], rng(seed)];
    const parameters = createParameters(arena, cell, dims, { random });
    const x = new Float64Array(dims.T * dims.B * dims.D);
    fillUniform(x, random, -1, 1);
    const run = cell.forward(arena, dims, parameters, { x });
    const { tape } = arena.live;
    const last = new Float64Array(dims.B * dims.H).fill(1);
    const { states } = cell.backward(arena, run, { hT: last });
    const first = Math.hypot(...states.h!.subarray(0, dims.B * dims.H));
    passed &&= run.outputs.h!.every(Number.isFinite) && first > 0;
    says.push(
      `${kind}: ${parameterCount(cell, dims)} parameters, forward over T = ${dims.T}, tape ${tape} bytes; backward: ‖dL/dh_1‖ = ${first.toExponential(2)} of ‖dL/dh_T‖ = ${Math.hypot(...last).toFixed(2)}`,
    );
  }
  return { title: 'Forward and backward through rnn, lstm, gru', passed, says };
}

/** The gradients of each cell against both oracles, and a planted mistake that must be found. */
function gradients(): TourStep {
  const check = (cell: CellKind, mistake?: string) => {
    const result = checkCellGradient({
      cell,
      dims: dimsOf(cell),
      seed,
      method: 'both',
      ...(mistake === undefined ? {} : { mistake }),
    });
    if (result.kind === 'invisible') throw new Error(result.says);
    return result.report;
  };
  const reports = cellKinds.map((cell) => check(cell));
  const planted = check('lstm', 'no-cell-carry');
  const wrong = planted.tensors.filter((tensor) => !tensor.passed);
  return {
    title: 'Gradient check against two independent oracles',
    passed: reports.every((report) => report.passed) && !planted.passed && wrong.length > 0,
    says: [
      ...reports.map(
        (report) =>
          `${report.cell}: ${report.entries} numbers, largest error ${Math.max(...report.tensors.map(({ maxError }) => maxError)).toExponential(1)} against the complex step`,
      ),
      `planted in the lstm: ${planted.mistake!.says} Found: ${wrong.length} of ${planted.tensors.length} gradients are wrong, among them ${wrong[0]?.name ?? 'none'}.`,
    ],
  };
}

const summary = ({ id, outcome, checks, ms }: KataReport): string => {
  const failed = checks.filter(({ passed }) => !passed).length;
  const count = failed > 0 ? `${failed} of ${checks.length} checks` : `all ${checks.length} checks`;
  return `${id}: ${outcome} ${count}, ${ms} ms in a process of its own`;
};

/** The solution of a kata in a workspace, judged by the real host; then the same with two gates swapped. */
async function* katas(version: string): AsyncGenerator<TourStep> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bptt-tour-'));
  try {
    const made = initWorkspace(folder, version);
    if (made.kind === 'refused') throw new Error(made.says);
    const kata: Kata = kataById('lstm-step')!;
    const file = kataPath(folder, kata);
    const check = () => checkFile(kata, { workspace: folder, seed, now: () => performance.now() });

    const stub = await check();
    await cp(solutionPath(kata), file);
    const solved = await check();
    yield {
      title: 'A kata: the stub, then a solution',
      passed: stub.outcome === 'notImplemented' && solved.outcome === 'passed',
      says: [`the empty stub: ${stub.outcome}`, summary(solved)],
    };

    await cp(solutionPath(kata), path.join(path.dirname(file), 'right.ts'));
    await writeFile(
      file,
      `import { lstmStep as right } from './right.js';
import type { LstmStepInput } from './right.js';
export const lstmStep = (g: LstmStepInput) => right({ ...g, Wf: g.Wi, bf: g.bi, Wi: g.Wf, bi: g.bf });
`,
    );
    const swapped = await check();
    yield {
      title: 'A mistake, and its diagnosis',
      passed:
        swapped.outcome === 'failed' && swapped.diagnosis?.mistake === 'forget-and-input-swapped',
      says: [summary(swapped), swapped.diagnosis?.says ?? 'no diagnosis'],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One question, answered wrong and right. */
async function question(): Promise<TourStep> {
  const { cardById, gradeAnswer, questionOf } = await import('../quiz/index.js');
  const card = cardById('lstm.gates.which-erases')!;
  const asked = questionOf(card, seed);
  const options = asked.options ?? [];
  const grades = options.map((option) => ({ option, grade: gradeAnswer(card, asked, option) }));
  const right = grades.find(({ grade }) => grade.correct);
  const wrong = grades.find(({ grade }) => !grade.correct);
  return {
    title: 'A question',
    passed:
      right !== undefined &&
      wrong !== undefined &&
      grades.filter(({ grade }) => grade.correct).length === 1,
    says: [
      asked.ask,
      ...options.map((option, k) => `${k + 1}  ${option}`),
      `«${wrong?.option ?? ''}» is wrong: ${wrong?.grade.says ?? ''}`,
      `«${right?.option ?? ''}» is right: ${right?.grade.explain ?? ''}`,
    ],
  };
}

/** The whole tour, step by step. A step that throws is a step that failed, and the last one. */
export async function* tour(version: string): AsyncGenerator<TourStep> {
  try {
    yield passes();
    yield gradients();
    yield* katas(version);
    yield await question();
  } catch (error) {
    yield { title: 'The tour stopped', passed: false, says: [(error as Error).message] };
  }
}
