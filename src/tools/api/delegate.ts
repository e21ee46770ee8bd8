import { nearest } from "../../schema/nearest.ts";
import type { AccessClass } from "../../schema/operation.ts";
import type { Delegation } from "../contract.ts";
import { ArgumentError } from "../errors.ts";

/** What each tool is, as far as one has to know before it is loaded. */
export type ToolFacts = Readonly<
  Record<string, { toolset: string; class: AccessClass; summary: string; arguments: readonly string[] }>
>;

/** All tools, whether this server lists them or not. */
export async function toolFacts(): Promise<ToolFacts> {
  const { default: facts } = await import("../../../generated/tool-facts.json", { with: { type: "json" } });
  return facts as ToolFacts;
}

/** Arguments that may come along with every call, whether the tool takes them or not. */
const SHARED: readonly string[] = ["cluster", "waitSeconds", "dryRun"];

/** The call of another tool that a name means; nothing for a path. */
export async function delegateTo(
  name: string,
  given: Readonly<Record<string, unknown>>,
  allowed: readonly AccessClass[],
): Promise<Delegation | undefined> {
  if (name.startsWith("/")) return undefined;
  const all = await toolFacts();
  const facts = Object.hasOwn(all, name) ? all[name] : undefined;
  if (!facts) {
    const [near] = nearest(name, Object.keys(all), 1);
    throw new ArgumentError(
      "path",
      `is neither a path nor a tool${near === undefined ? "" : `; the nearest is ${near}`}`,
      "Paths begin with a slash; proxmox_api_search finds both.",
    );
  }
  if (facts.toolset === "api") {
    throw new ArgumentError("path", `names ${name}, which is called directly`, "Give a path, or another tool.");
  }
  if (!allowed.includes(facts.class)) {
    throw new ArgumentError("path", `names ${name}, which may change something`, "Call it by proxmox_api_write.");
  }
  // A plan is asked for expressly: it is never dropped.
  const isTaken = (key: string, value: unknown) =>
    facts.arguments.includes(key) || !SHARED.includes(key) || (key === "dryRun" && value === true);
  const args = Object.entries(given).filter(([key, value]) => value !== undefined && isTaken(key, value));
  return { tool: name, arguments: Object.fromEntries(args) };
}
