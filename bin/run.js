#!/usr/bin/env node
// ink ignores NO_COLOR and obeys FORCE_COLOR=0: map one to the other before anything is imported.
if (process.env.NO_COLOR) process.env.FORCE_COLOR = '0';

const { run } = await import('../dist/commands.js');
await run(process.argv.slice(2), import.meta.url);
