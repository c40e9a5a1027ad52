/**
 * A process that runs command lines one after another, each as bin/run.js would, and answers with exit code and
 * output: to start node and load the tool costs more than most command lines. bptt.ts starts it, `shared.spec.ts`
 * holds it to the binary. No terminal, no signals, no colour, nothing on stdin.
 */
const { run } = await import('../../dist/commands.js');
const bin = new URL('../../bin/run.js', import.meta.url).href;

/** What process.exit throws, so that what called it goes no further. */
class Ended extends Error {}

/** The command line in hand: what it has written, and, once it has ended, its exit code. */
let line = { stdout: '', stderr: '', status: 0 };

for (const name of ['stdout', 'stderr'])
  process[name].write = (chunk, ...more) => {
    if (line.status === undefined) line[name] += String(chunk);
    const written = more.find((one) => typeof one === 'function');
    if (written) queueMicrotask(written);
    return true;
  };

function end(code) {
  if (line.status !== undefined) return;
  for (const listener of process.rawListeners('exit')) if (!ours.has(listener)) listener(code);
  line.status = code;
}
process.exit = (code) => {
  end(Number(code ?? process.exitCode ?? 0));
  throw new Ended();
};
for (const event of ['unhandledRejection', 'uncaughtException'])
  process.on(event, (error) => {
    if (!(error instanceof Ended)) throw error;
  });

const serve = async ({ args, cwd, env }) => {
  line = { stdout: '', stderr: '', status: undefined };
  process.exitCode = undefined;
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  try {
    await run(args, bin);
    end(Number(process.exitCode ?? 0));
  } catch (error) {
    if (!(error instanceof Ended)) throw error;
  }
  for (const emitter of emitters)
    for (const event of emitter.eventNames())
      for (const listener of emitter.rawListeners(event))
        if (!ours.has(listener)) emitter.removeListener(event, listener);
  process.send(line);
};
process.on('message', serve);

const emitters = [process, process.stdout, process.stderr];
/** The listeners that stay: those of node and of this file. */
const ours = new Set(
  emitters.flatMap((emitter) => emitter.eventNames().flatMap((name) => emitter.rawListeners(name))),
);
