import { readdirSync } from "node:fs";
import type { Domain } from "../scenario.ts";

/** All scenarios: every domain that a module of this folder exports. A tool without one has not been exercised. */
export const DOMAINS: readonly Domain[] = (
  await Promise.all(
    readdirSync(import.meta.dirname)
      .filter((name) => name.endsWith(".ts") && name !== "index.ts")
      .map((name) => name.slice(0, -".ts".length))
      .sort()
      .map(async (name) => Object.values((await import(`./${name}.ts`)) as Record<string, Domain>)),
  )
).flat();
