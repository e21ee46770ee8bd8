import { costOf, MINIMAL_LIMIT, SURFACE_LIMIT } from "../../codegen/surface-cost.ts";
import { toolSurface } from "../../src/mcp/surface.ts";
import { listedTools } from "../../src/mcp/toolsets.ts";
import type { Row } from "./rows.ts";

/** What the tools cost a model's context: names, descriptions and input schemas, in tokens of o200k. */
export async function tokens(): Promise<Row[]> {
  const row = (what: string, only: ReadonlySet<string> | undefined, limit: number): Row => {
    const { rows, total } = costOf(toolSurface({ severalClusters: false, only }).list);
    return {
      what: `${what}, ${rows.length} tools`,
      ours: `${total} tokens`,
      against: "",
      result: `${total} tokens`,
      bound: `${limit} tokens`,
      kept: total <= limit,
    };
  };
  return [
    row("all tools", undefined, SURFACE_LIMIT),
    row(
      "the profile `minimal`, with the whole API behind it",
      await listedTools({ toolsets: ["minimal"] }),
      MINIMAL_LIMIT,
    ),
  ];
}
