#!/usr/bin/env node
// ink ignores NO_COLOR and obeys FORCE_COLOR=0: map one to the other before anything is imported.
if (process.env.NO_COLOR) process.env.FORCE_COLOR = '0';
// oclif asks the system for the user's shell where SHELL is unset; a user without an entry there, as in many a
// container, would end the program.
if (process.platform !== 'win32') process.env.SHELL ??= '/bin/sh';

try {
  const { run } = await import('../dist/commands.js');
  await run(process.argv.slice(2), import.meta.url);
} catch (error) {
  if (error.syscall === undefined) throw error;
  // The system did not let us read our own files, before a command was there to say so.
  process.stderr.write(`bptt: the program could not be loaded, because of ${error.message}.\n`);
  process.exit(70);
}
