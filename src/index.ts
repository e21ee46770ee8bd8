#!/usr/bin/env node
keepCompiled();

// Starting the server is the common case and the one that a client waits for: it parses no command line.
const args = process.argv.slice(2);
if (args.length === 0 || (args.length === 1 && args[0] === "serve")) {
  const { serve } = await import("./cli/serve.ts");
  await serve();
} else {
  const { runCommand } = await import("./cli/commands.ts");
  await runCommand(args);
}

/** Where Node can, the next start takes the compiled code from the user's own cache. */
function keepCompiled(): void {
  const { NODE_COMPILE_CACHE, XDG_CACHE_HOME, HOME } = process.env;
  const cache = XDG_CACHE_HOME || (HOME && `${HOME}/.cache`);
  // Not the default, a folder in /tmp: whoever makes that first chooses what code runs.
  if (NODE_COMPILE_CACHE || !cache?.startsWith("/")) return;
  const { enableCompileCache } = process.getBuiltinModule("node:module") as {
    enableCompileCache?(path: string): unknown;
  };
  enableCompileCache?.(`${cache}/proxmox-mcp/compiled`);
}

export {};
