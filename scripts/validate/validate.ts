import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { manifest } from "../../generated/manifest.ts";
import { findReferences } from "../../codegen/references.ts";
import { readToolSources } from "../../codegen/tool-sources.ts";
import { namedBy, readValidation, VALIDATION_PATH, type Validation, withoutRun } from "../../codegen/validation.ts";
import { TOOL_MODULES } from "../../src/tools/registry.ts";
import { faultsOf, recordOf, textOf } from "./record.ts";
import { play } from "./run.ts";
import { DOMAINS } from "./scenarios/index.ts";

const GENERATED = fileURLToPath(new URL("../../generated", import.meta.url));

export const VALIDATION_FILE = join(GENERATED, VALIDATION_PATH);

/** What a run of the scenarios says. */
export interface Verdict {
  validation: Validation;
  /** The record as its file holds it. */
  text: string;
  faults: string[];
  /** Operations that a tool names and that no scenario made it send with success. */
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
  const run = await play(DOMAINS, (tool) => only.length === 0 || only.includes(tool));
  // What a run on a real host has recorded is kept.
  const { live } = await readValidation(GENERATED);
  const validation: Validation = { lab: recordOf(run, named), ...(live ? { live } : {}) };
  const asked = only.length === 0 ? tools : only;
  return {
    validation,
    text: textOf(validation),
    faults: [...unknown.map((tool) => `there is no tool ${tool}`), ...faultsOf(run, named)],
    unexercised: Object.entries(validation.lab.tools)
      .filter(([tool]) => asked.includes(tool))
      .flatMap(([tool, { operations }]) =>
        Object.entries(operations)
          .filter(([, outcomes]) => !outcomes.includes("ok"))
          .map(
            ([operation, outcomes]) => `${tool}: ${operation}${outcomes.length > 0 ? ` (${outcomes.join(", ")})` : ""}`,
          ),
      ),
    pending: withoutRun(validation, asked),
  };
}
