/**
 * What the child takes away from the process before a learner's file runs: ways to reach the parent,
 * other processes, native code, the network, and this loop's own pipes. A seat belt on top of Node's
 * permission flag, not a sandbox: see docs/host-protocol.md.
 */
import { harden } from './harden.js';

const refusedByName = [
  ...['kill', 'binding', 'dlopen', 'getBuiltinModule', 'abort', 'openStdin'],
  ...['execve', 'loadEnvFile'],
];
const refusedInside = ['_kill', '_debugProcess', '_debugEnd', '_startProfilerIdleNotifier'];
const hiddenFromProcess = ['mainModule', 'stdin', 'report', '_linkedBinding', 'permission'];
const hiddenGlobals = [
  'fetch',
  'WebSocket',
  'EventSource',
  'WebAssembly',
  'BroadcastChannel',
  'MessageChannel',
  'MessagePort',
  'Request',
  'Response',
  'navigator',
  'crypto',
  'localStorage',
  'sessionStorage',
];

/** Locks this process down. Call it once, after everything the child needs is captured. */
export function lockDown(): void {
  for (const name of [...refusedByName, ...refusedInside]) {
    fix(process, name, () => {
      throw new Error(`process.${name} is not available in a kata`);
    });
  }
  // One that waits uses no processor time: nothing would end it when the parent was killed.
  fix(Atomics, 'wait', () => {
    throw new Error('Atomics.wait is not available in a kata');
  });
  for (const name of hiddenFromProcess) fix(process, name, undefined);
  // Deleted, not replaced: to define a lazy global Node would load what it leads to first.
  for (const name of hiddenGlobals) Reflect.deleteProperty(globalThis, name);
  harden();
}

/** Sets a property for good; one that Node has fixed already stays as Node has it. */
function fix(target: object, name: string, value: unknown): void {
  if (Object.getOwnPropertyDescriptor(target, name)?.configurable === false) return;
  Object.defineProperty(target, name, { value, writable: false, configurable: false });
}
