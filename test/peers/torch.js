/**
 * PyTorch, float64, on our work: torch.py in a Python that the words of BPTT_TORCH start (`python3`, or
 * `chroot DIR python3`). Its calls are timed by its own clock, so that the way there and back does not count.
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { distance } from './in-turns.js';
import { frame, frameReader } from './frames.js';
import { fromTorch, modules, sharedBiases, toTorch } from './torch-layout.js';

/** The rule of test/golden, by share of an array's largest number: both sides are float64. */
const tolerance = 1e-12;

export const torchName = 'pytorch';

/** What torch.py is told of the work and given, and how its answer becomes arrays in the order of ours. */
function asked(work) {
  const { kind, config, parameters, name } = work;
  const backward = name.endsWith('backward');
  if (kind.startsWith('attention')) {
    const { Q, K, V, dO } = work;
    return {
      work: { program: 'attention', form: kind.split(' ')[1], backward, ...config },
      arrays: { Q, K, V, ...(backward ? { dO } : {}) },
      read: ({ out, dQ, dK, dV }) => (backward ? [out, dQ, dK, dV] : [out]),
    };
  }
  if (!(kind in modules)) return undefined;
  const weights = toTorch(kind, config, parameters);
  const { x, dh, h0, c0 } = work;
  if (work.checks)
    return {
      work: { program: 'gradcheck', ...config },
      arrays: { ...weights, x, dh, h0, c0 },
      read: ({ passed }) => [passed],
    };
  if (h0)
    return {
      work: { program: 'step', ...config },
      arrays: { ...weights, x, h0, c0 },
      read: ({ h, c }) => [h, c],
    };
  const read = ({ out, dx, dweight_ih, dweight_hh, dbias_ih, dbias_hh }) => {
    if (!backward) return [out];
    const theirs = {
      ...{ weight_ih: dweight_ih, weight_hh: dweight_hh },
      ...{ bias_ih: dbias_ih, bias_hh: dbias_hh },
    };
    const apart = distance(...sharedBiases(kind, config, theirs));
    if (!(apart <= tolerance))
      throw new Error(`${name}: its two biases' gradients are ${apart} apart.`);
    return [out, fromTorch(kind, config, parameters, theirs), dx];
  };
  return {
    work: { program: 'cell', module: modules[kind], backward, ...config },
    arrays: { ...weights, x, ...(backward ? { dh } : {}) },
    read,
  };
}

/** Starts it on so many threads; undefined, and a line on stderr, where nothing says how. */
export async function openTorch(threads = 1, how = process.env.BPTT_TORCH) {
  const [command, ...words] = (how ?? '').split(/\s+/).filter(Boolean);
  if (command === undefined) {
    process.stderr.write('PyTorch is left out: BPTT_TORCH does not say how to start its Python.\n');
    return undefined;
  }
  const script = readFileSync(new URL('torch.py', import.meta.url), 'utf8');
  const child = spawn(command, [...words, '-c', script, String(threads)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      // A BLAS of its own threads reads how many when it is loaded. Where they are more than one, PyTorch's and the
      // BLAS's would else spin against each other, and a pass take twenty times as long.
      ...{ OMP_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: `${threads}` },
      ...(threads > 1 && { OMP_WAIT_POLICY: 'PASSIVE' }),
    },
  });
  const failed = new Promise((_, reject) => {
    const because = (why) => reject(new Error(`BPTT_TORCH='${how}' ${why}.`));
    child.once('error', ({ code }) => because(`cannot be started (${code})`));
    child.once('exit', (code, signal) => because(`ended by itself (${code ?? signal})`));
  });
  failed.catch(() => undefined); // heard by whoever waits for an answer
  child.stdin.on('error', () => undefined);
  const next = frameReader(child.stdout);
  const answer = () => Promise.race([next().catch(() => failed), failed]);
  const ask = (says, arrays) => {
    child.stdin.write(frame(says, arrays));
    return answer();
  };
  const { says: versions } = await answer();
  return {
    name: torchName,
    tolerance,
    versions: { ...versions, tolerance },
    async open(work) {
      const question = asked(work);
      if (!question) return undefined;
      await ask({ do: 'open', work: question.work }, question.arrays);
      return {
        time: async (calls, before = 0) => (await ask({ do: 'time', calls, before })).says.ms,
        outputs: async () => question.read((await ask({ do: 'outputs' })).arrays),
        close: () => undefined, // the next work takes its place
      };
    },
    end: () => void child.stdin.end(),
  };
}
