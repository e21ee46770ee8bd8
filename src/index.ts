#!/usr/bin/env node
// Starting the server is the common case and the one that a client waits for: it parses no command line.
const args = process.argv.slice(2);
if (args.length === 0 || (args.length === 1 && args[0] === "serve")) {
  const { serve } = await import("./cli/serve.ts");
  await serve();
} else {
  const { runCommand } = await import("./cli/commands.ts");
  await runCommand(args);
}

export {};
