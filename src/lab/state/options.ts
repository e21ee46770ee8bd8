import { wire } from "../../../generated/wire.ts";
import type { Fact } from "../../schema/facts.ts";
import { OBJECT_KEYS } from "../parameters/object-rules.ts";
import { parsePropertyString } from "../parameters/property-string.ts";
import type { ClusterState } from "./cluster.ts";

/** Options that are given out taken apart; lists within them and of their own part at semicolons. */
const PROPERTY_STRINGS = new Set(
  "crs ha migration next-id notify replication tag-style u2f user-tag-access webauthn location".split(" "),
);
const LISTS = new Set(["registered-tags"]);
const LISTS_WITHIN = new Set(["user-allow-list"]);

const WRITE = wire.operations["PUT /cluster/options"]?.parameters ?? {};

function factOf(name: string): Fact | undefined {
  const index = WRITE[name];
  return index === undefined ? undefined : wire.facts[index];
}

function typed(fact: Fact | undefined, value: string): unknown {
  return fact?.type === "boolean" || fact?.type === "integer" || fact?.type === "number" ? Number(value) : value;
}

/** An option as it is given out. */
function shown(name: string, value: unknown): unknown {
  const fact = factOf(name);
  const text = String(value);
  if (LISTS.has(name)) return text.split(";").filter((item) => item !== "");
  if (!PROPERTY_STRINGS.has(name)) return typed(fact, text);
  const keys = fact?.keys ?? (fact?.format === undefined ? undefined : OBJECT_KEYS.get(fact.format));
  if (!keys) return text;
  const parsed = parsePropertyString(keys, text);
  return Object.fromEntries(
    Object.entries(parsed).map(([key, item]) => [
      key,
      LISTS_WITHIN.has(key) ? item.split(";") : typed(keys[key], item),
    ]),
  );
}

/** The datacenter's options as they are given out; a description of several lines ends each with a newline. */
export function readOptions(state: ClusterState): Record<string, unknown> {
  const { description, ...rest } = state.options;
  const options: Record<string, unknown> = { mac_prefix: "BC:24:11", description: "" };
  for (const [name, value] of Object.entries(rest)) options[name] = shown(name, value);
  if (description !== undefined && description !== "") options.description = String(description).replace(/\n*$/, "\n");
  const unsecure = options.migration_unsecure;
  const migration = options.migration as Record<string, unknown> | undefined;
  if (unsecure !== undefined && migration?.type === undefined)
    options.migration = { ...migration, type: unsecure ? "insecure" : "secure" };
  return options;
}
