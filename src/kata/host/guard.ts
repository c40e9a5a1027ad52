/**
 * Keeps children from outliving this process: while any lives, SIGINT, SIGTERM, SIGHUP and the end of the
 * process kill them first. A SIGUSR1 listener stands as well, as a child's process._debugProcess would
 * otherwise open this process's inspector. When none lives, no listener is left.
 */
const living = new Set<() => void>();
const ending = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Registers how to kill one child now, without waiting. Returns how to forget it. */
export function guard(killNow: () => void): () => void {
  if (living.size === 0) listen();
  living.add(killNow);
  return () => {
    if (living.delete(killNow) && living.size === 0) unlisten();
  };
}

function killAll(): void {
  for (const killNow of living) killNow();
}

/** Kills the children; then, if nobody else listens, lets the signal do what it does by default. */
function onSignal(signal: NodeJS.Signals): void {
  killAll();
  if (process.listenerCount(signal) > 1) return;
  process.removeListener(signal, onSignal);
  process.kill(process.pid, signal);
}

const ignore = () => undefined;

function listen(): void {
  for (const signal of ending) process.on(signal, onSignal);
  process.on('exit', killAll);
  if (process.platform !== 'win32') process.on('SIGUSR1', ignore);
}

function unlisten(): void {
  for (const signal of ending) process.removeListener(signal, onSignal);
  process.removeListener('exit', killAll);
  process.removeListener('SIGUSR1', ignore);
}
