import { forbidden, parameterRefusal } from "../refusal.ts";
import { type Call, may } from "./route.ts";
import { demand, isRoot } from "./volume-access.ts";

type Options = Readonly<Record<string, unknown>>;

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "" && value !== 0 && value !== "0" && value !== false;
}

const VARIABLES = new Set(["cluster", "guestname", "node", "vmid"]);

function templateProblem(template: string): string | undefined {
  if (template.includes("\n")) return "contains a line feed\n";
  const unknown: string[] = [];
  for (const match of template.matchAll(/\\(.)/g))
    if (match[1] !== "\\" && match[1] !== "n") unknown.push(`escape sequence '\\${match[1]}' at char ${match.index}`);
  for (const match of template.matchAll(/\{\{([^\s{}]+)\}\}/g))
    if (!VARIABLES.has(match[1]!)) unknown.push(`variable '${match[1]}' at char ${match.index}`);
  return unknown.length === 0 ? undefined : `found unknown: ${unknown.join(", ")}\n`;
}

/** Refuses selections that contradict each other or select nothing. */
export function checkSelection(options: Options): void {
  for (const name of ["all", "exclude", "pool"])
    if (isSet(options[name]) && isSet(options.vmid))
      throw parameterRefusal({ [name]: "option conflicts with option 'vmid'" });
  if (isSet(options["prune-backups"]) && isSet(options.maxfiles))
    throw parameterRefusal({ "prune-backups": "option conflicts with option 'maxfiles'" });
  const problem = templateProblem(String(options["notes-template"] ?? ""));
  if (problem !== undefined) throw parameterRefusal({ "notes-template": problem });
  const all = isSet(options.all) || (options.exclude !== undefined && !isSet(options.pool));
  if (!all && !isSet(options.stop) && !isSet(options.pool) && !isSet(options.vmid))
    throw parameterRefusal({ vmid: "property is missing" });
}

/** Refuses options that take more than the right to make backups. */
export function checkOptions(call: Call, options: Options): void {
  if (isRoot(call)) return;
  for (const name of ["tmpdir", "dumpdir", "script", "job-id"])
    if (options[name] !== undefined) throw parameterRefusal({ [name]: "Only root may set this option." });
  if (["bwlimit", "ionice", "performance"].some((name) => options[name] !== undefined))
    if (!may(call, "/", "Sys.Modify")) throw forbidden("/", ["Sys.Modify"]);
  const fleecing = /(?:^|,)storage=([^,]+)/.exec(String(options.fleecing ?? ""))?.[1];
  if (fleecing !== undefined) demand(call, `/storage/${fleecing}`, "Datastore.AllocateSpace");
}

/** Values of a property string, given out as an object of texts. */
export function parts(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(",")
      .filter((part) => part.includes("="))
      .map((part) => [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)]),
  );
}
