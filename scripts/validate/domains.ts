import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Domain } from "./scenario.ts";

/** All scenarios: every domain that a module of `scenarios/` exports. A tool without one has not been exercised. */
export const DOMAINS: readonly Domain[] = (
  await Promise.all(
    readdirSync(join(import.meta.dirname, "scenarios"))
      .filter((name) => name.endsWith(".ts"))
      .map((name) => name.slice(0, -".ts".length))
      .sort()
      .map(async (name) => Object.values((await import(`./scenarios/${name}.ts`)) as Record<string, Domain>)),
  )
).flat();
