import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { toolSurface } from "../src/mcp/surface.ts";
import { emitSurface, readSurface, SURFACE_PATH } from "./surface.ts";
import { costOf, SURFACE_LIMIT } from "./surface-cost.ts";

// What the tool list costs a client of a server with one cluster, as that server sends it.
const committed = await readFile(join(import.meta.dirname, "../generated", SURFACE_PATH), "utf8");
if (emitSurface(await readSurface()).get(SURFACE_PATH) !== committed) {
  throw new Error(`generated/${SURFACE_PATH} is not what the tools say: run \`npm run codegen\` first`);
}
const { rows, total } = costOf(toolSurface({ severalClusters: false }).list);
for (const { name, tokens } of rows) console.log(`${String(tokens).padStart(6)}  ${name}`);
console.log(`${String(total).padStart(6)}  tokens (o200k) in ${rows.length} tools; at most ${SURFACE_LIMIT}`);
if (total > SURFACE_LIMIT) {
  console.error(`The tools cost ${total - SURFACE_LIMIT} tokens too much: shorten descriptions and schemas.`);
  process.exitCode = 1;
}
