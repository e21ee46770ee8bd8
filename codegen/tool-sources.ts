import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { listFiles } from "./files.ts";

const TOOLS = join(import.meta.dirname, "../src/tools");

/** The sources under `src/tools/`, by path. */
export async function readToolSources(): Promise<Map<string, string>> {
  const paths = (await listFiles(TOOLS)).filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"));
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readFile(join(TOOLS, path), "utf8")] as const)),
  );
}
