import { wire } from "../../../generated/wire.ts";
import type { OperationFacts } from "../../schema/facts.ts";
import { newMac } from "../guests/identity.ts";
import { uniqueTags } from "../guests/options.ts";
import type { ClusterState } from "../state/cluster.ts";
import type { ConfigValue } from "../state/types.ts";
import { parseNic, printNic } from "./mounts.ts";

const PUT = wire.operations["PUT /nodes/{node}/lxc/{vmid}/config"] as OperationFacts;
/** Parameters that steer a request and are no options. */
const STEERING = new Set(["node", "vmid", "digest", "delete", "revert"]);
const NAMES = Object.keys(PUT.parameters).filter((name) => !STEERING.has(name));
const PLAIN = new Set(NAMES.filter((name) => !name.includes("[n]")));
const FAMILIES = NAMES.filter((name) => name.includes("[n]")).map((name) => name.replace("[n]", ""));
const INDEXED = new RegExp(`^(?:${FAMILIES.join("|")})\\d+$`);

/** Whether containers have such an option. */
export function isOption(name: string): boolean {
  return PLAIN.has(name) || INDEXED.test(name);
}

const WHOLE = new Set(
  [...PLAIN].filter((name) => ["integer", "boolean"].includes(wire.facts[PUT.parameters[name]!]?.type ?? "")),
);

/** An option as it is kept: whole numbers as numbers, lists tidied, interfaces complete. */
function stored(state: ClusterState, name: string, value: unknown): ConfigValue {
  const text =
    typeof value === "boolean" ? (value ? "1" : "0") : Array.isArray(value) ? value.join(";") : String(value);
  if (WHOLE.has(name)) return Number.parseInt(text, 10);
  if (/^net\d+$/.test(name)) return nic(state, text);
  if (name === "tags") return uniqueTags(text, state.options["tag-style"]);
  if (name === "nameserver" || name === "searchdomain")
    return text
      .split(/[,;\s]+/)
      .filter((part) => part !== "")
      .join(" ");
  // Kept as comment lines, each with its end.
  if (name === "description") return text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return text;
}

function nic(state: ClusterState, text: string): string {
  const pairs = parseNic(text);
  pairs.set("type", pairs.get("type") ?? "veth");
  pairs.set("hwaddr", pairs.get("hwaddr") ?? newMac(state));
  return printNic(pairs);
}

/** The options among a request's parameters, as they would be kept. */
export function optionsOf(state: ClusterState, params: Readonly<Record<string, unknown>>): Record<string, ConfigValue> {
  const options: Record<string, ConfigValue> = {};
  for (const [name, value] of Object.entries(params))
    if (value !== undefined && value !== null && isOption(name)) options[name] = stored(state, name, value);
  return options;
}
