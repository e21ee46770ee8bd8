import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findReferences } from "../../codegen/references.ts";
import { readToolSources } from "../../codegen/tool-sources.ts";
import {
  exercisedBy,
  namedBy,
  readValidation,
  VALIDATION_PATH,
  type Validation,
  withoutRun,
} from "../../codegen/validation.ts";
import { manifest } from "../../generated/manifest.ts";
import { TOOL_MODULES } from "../../src/tools/registry.ts";
import { DOMAINS } from "./domains.ts";
import { faultsOf, recordOf, textOf } from "./record.ts";
import { play } from "./run.ts";

export const GENERATED = fileURLToPath(new URL("../../generated", import.meta.url));

export const VALIDATION_FILE = join(GENERATED, VALIDATION_PATH);

/** What a run of the scenarios says. */
export interface Verdict {
  validation: Validation;
  /** The record as its file holds it. */
  text: string;
  faults: string[];
  /** Operations that tools name and that nobody has sent with success. */
  unexercised: string[];
  /** Tools without a scenario, or without a call in one that succeeded. */
  pending: string[];
}

/** Runs the scenarios of these tools, or of all, against `dist/`. */
export async function validate(only: readonly string[] = []): Promise<Verdict> {
  const tools = Object.keys(TOOL_MODULES);
  const named = namedBy(findReferences(await readToolSources(), manifest).references, tools);
  const unknown = [...only, ...DOMAINS.flatMap(({ scenarios }) => Object.keys(scenarios))].filter(
    (tool) => !tools.includes(tool),
  );
  const run = await play(DOMAINS, { wanted: (tool) => only.length === 0 || only.includes(tool) });
  // What a run on a real host has recorded is kept.
  const { live } = await readValidation(GENERATED);
  const validation: Validation = { lab: recordOf(run, named), ...(live ? { live } : {}) };
  const asked = only.length === 0 ? tools : only;
  return {
    validation,
    text: textOf(validation),
    faults: [...unknown.map((tool) => `there is no tool ${tool}`), ...faultsOf(run, named)],
    unexercised: unexercised(validation, asked),
    pending: withoutRun(validation, asked),
  };
}

function unexercised({ lab }: Validation, asked: readonly string[]): string[] {
  const { tools, apart } = exercisedBy(lab);
  const missing = new Map<string, string[]>();
  for (const tool of asked) {
    for (const [operation, outcomes] of Object.entries(lab.tools[tool]?.operations ?? {})) {
      if (tools.has(operation) || apart.has(operation)) continue;
      const seen = outcomes.length === 0 ? tool : `${tool}: ${outcomes.join(", ")}`;
      missing.set(operation, [...(missing.get(operation) ?? []), seen]);
    }
  }
  return [...missing].map(([operation, by]) => `${operation} (${by.join("; ")})`);
}
