// Stands between a client and the server that it starts: `node tap.mjs FILE COMMAND ARGS...` passes every line on and
// appends it to the file, `>` before what the client says and `<` before what the server does.
import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [file, command, ...args] = process.argv.slice(2);
const server = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });

function pass(mark, from, to) {
  const lines = createInterface({ input: from });
  lines.on("line", (line) => {
    appendFileSync(file, `${mark}${line}\n`);
    to.write(`${line}\n`);
  });
  return lines;
}

pass(">", process.stdin, server.stdin).on("close", () => server.stdin.end());
pass("<", server.stdout, process.stdout);
server.stdin.on("error", () => {});
server.on("close", (status) => process.exit(status ?? 1));
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => server.kill(signal));
