import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Row } from "./rows.ts";

/** Many people at once, in a process of their own; what that prints goes to stderr. */
export async function http(): Promise<Row[]> {
  const child = spawn(process.execPath, ["--import", "tsx", "tests/bench/http-load.ts"], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["ignore", process.stderr, "inherit", "ipc"],
  });
  let rows: Row[] | undefined;
  child.on("message", (message) => {
    rows = message as Row[];
  });
  await new Promise((resolve) => child.once("close", resolve));
  if (!rows) throw new Error("the load test ended without figures");
  return rows;
}
