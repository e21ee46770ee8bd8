import { wire } from "../../pve/wire.ts";
import { operationFacts } from "../../pve/wire-facts.ts";
import type { Fact } from "../../schema/facts.ts";
import type { ManifestEntry } from "../../schema/operation.ts";

/** Values that a reader knows for what they are. */
const KNOWN: Readonly<Record<string, string | number>> = {
  node: "pve1",
  vmid: 100,
  newid: 101,
  storage: "local",
  target: "pve2",
  snapname: "before-upgrade",
  userid: "alice@pve",
  iface: "vmbr0",
};

/** A call of the operation with what it cannot do without; `<…>` stands for what only the caller knows. */
export function exampleOf({ id, class: access }: ManifestEntry): { tool: string; arguments: Record<string, unknown> } {
  const [method = "", template = ""] = id.split(" ");
  const facts = Object.entries(operationFacts(id)?.parameters ?? {}).map(
    ([name, index]) => [name, wire.facts[index]!] as const,
  );
  const path = template.replace(/\{([^}]+)\}/g, (_, name: string) => String(KNOWN[name] ?? `<${name}>`));
  const params = Object.fromEntries(
    facts
      .filter(([name, fact]) => !fact.optional && !template.includes(`{${name}}`))
      .map(([name, fact]) => [name, sampleOf(name, fact)]),
  );
  const isRead = method === "GET" && access === "read";
  return {
    tool: isRead ? "proxmox_api_read" : "proxmox_api_write",
    arguments: {
      ...(isRead ? {} : { method }),
      path,
      ...(Object.keys(params).length > 0 ? { params } : {}),
    },
  };
}

function sampleOf(name: string, fact: Fact): unknown {
  const known = KNOWN[name];
  if (known !== undefined) return known;
  if (fact.enum) return fact.enum[0];
  if (fact.default !== undefined) return fact.default;
  if (fact.type === "boolean") return true;
  if (fact.type === "integer" || fact.type === "number") return fact.minimum ?? 1;
  return `<${fact.format ?? name}>`;
}
