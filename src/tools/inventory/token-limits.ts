import { schemaVersion } from "../../../generated/manifest.ts";
import { needsOf } from "../../doctor/rights/needs.ts";
import type { Rights } from "../../doctor/rights/rights.ts";
import { typedUsages } from "../../doctor/rights/usages.ts";
import type { AccessClass } from "../../schema/operation.ts";
import { compareVersions } from "../../schema/version-range.ts";

/** Milliseconds of difference between clocks from which times in answers mislead. */
const SKEW_MS = 60_000;

/** What stands in the way of the tools on a cluster, as `proxmox-mcp doctor` finds it, one sentence each. */
export function limitsOf(facts: {
  rights: Rights;
  ceiling: AccessClass;
  version: string;
  skewMs: number | undefined;
}): string[] {
  const { rights, ceiling, version, skewMs } = facts;
  const warnings: string[] = [];
  if (skewMs !== undefined && Math.abs(skewMs) > SKEW_MS) {
    const seconds = Math.round(Math.abs(skewMs) / 1000);
    warnings.push(`The host's clock is ${seconds} s ${skewMs > 0 ? "ahead of" : "behind"} this server's.`);
  }
  if (compareVersions(version, schemaVersion) > 0) {
    warnings.push(
      `The host's ${version} is newer than this server's API schema (${schemaVersion}): newer calls are refused.`,
    );
  }
  const lacking = needsOf(typedUsages(), { rights, ceiling, version }).filter(
    ({ hold, heavy }) => hold.extent === "none" && !heavy,
  );
  const lacks = lacking.map(({ hold, path, operations, shows, tools }) => {
    const missing = hold.extent === "none" ? hold.missing.join(", ") : "";
    const effect = operations.length > 0 ? `refused: ${tools.join(", ")}` : `left out of lists: ${shows}`;
    return `${missing} on ${path} (${effect})`;
  });
  if (lacks.length > 0) {
    warnings.push(
      `The token lacks ${lacks.join("; ")}. The operator finds the lines that grant it with proxmox-mcp doctor.`,
    );
  }
  return warnings;
}
