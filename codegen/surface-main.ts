import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { toolSurface } from "../src/mcp/surface.ts";
import { listedTools } from "../src/mcp/toolsets.ts";
import { emitSurface, readSurface, SURFACE_PATH } from "./surface.ts";
import { costOf, MINIMAL_LIMIT, SURFACE_LIMIT, type ToolCost } from "./surface-cost.ts";

// What the tool list costs a client of a server with one cluster, as that server sends it.
const committed = await readFile(join(import.meta.dirname, "../generated", SURFACE_PATH), "utf8");
if (emitSurface(await readSurface()).get(SURFACE_PATH) !== committed) {
  throw new Error(`generated/${SURFACE_PATH} is not what the tools say: run \`npm run codegen\` first`);
}
const { rows } = costOf(toolSurface({ severalClusters: false }).list);
for (const { name, tokens } of rows) console.log(`${String(tokens).padStart(6)}  ${name}`);
const minimal = await listedTools({ toolsets: ["minimal"] });
report("all of", rows, SURFACE_LIMIT);
report(
  "PROXMOX_MCP_TOOLSETS=minimal:",
  rows.filter(({ name }) => minimal?.has(name)),
  MINIMAL_LIMIT,
);

function report(what: string, of: readonly ToolCost[], limit: number): void {
  const total = of.reduce((sum, { tokens }) => sum + tokens, 0);
  console.log(`${String(total).padStart(6)}  tokens (o200k), ${what} ${of.length} tools; at most ${limit}`);
  if (total <= limit) return;
  console.error(`These tools cost ${total - limit} tokens too much: shorten descriptions and schemas.`);
  process.exitCode = 1;
}
