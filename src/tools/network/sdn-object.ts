import type { Resource, ResourceSnapshot } from "../../pve/cluster.ts";

type Section = Readonly<Record<string, unknown>>;

export const SDN_KINDS = ["zone", "vnet", "subnet", "controller"] as const;

export type SdnKind = (typeof SDN_KINDS)[number];

/** An object of the software-defined network: what runs, and what would once it is applied. */
export interface SdnObject {
  cluster: string;
  kind: SdnKind;
  id: string;
  type?: string;
  /** Its zone; a subnet's vnet stands in `vnet`. */
  zone?: string;
  vnet?: string;
  /** Absent when what runs is what is configured. */
  state?: "new" | "changed" | "deleted";
  /** What runs; of a new object, what is to be. */
  settings: string;
  /** What a changed object's settings become. */
  changes?: string;
  /** How far the nodes are with a zone. */
  nodes?: string;
}

/** Keys that name an object or its place, or say nothing. */
const APART = new Set(["type", "digest", "state", "pending", "zone", "vnet", "subnet", "controller"]);
/** A subnet's parts that its id says already. */
const OF_SUBNET = new Set(["id", "cidr", "mask", "network"]);

/** One row of a list that was asked for with `pending=1`. */
export function sdnObject(cluster: string, kind: SdnKind, row: Section): SdnObject {
  const pending = (row.pending ?? {}) as Section;
  const state = row.state as SdnObject["state"];
  const isNew = state === "new";
  const shown = isNew ? { ...row, ...pending } : row;
  const changes = settingsOf(kind, pending);
  const parent = (key: "zone" | "vnet") =>
    kind === key || shown[key] === undefined ? {} : { [key]: String(shown[key]) };
  return {
    cluster,
    kind,
    id: String(row[kind] ?? ""),
    ...(row.type === undefined || row.type === kind ? {} : { type: String(row.type) }),
    ...parent("zone"),
    ...parent("vnet"),
    ...(state === undefined || state === null ? {} : { state }),
    settings: settingsOf(kind, shown),
    ...(isNew || changes === "" ? {} : { changes }),
  };
}

function settingsOf(kind: SdnKind, values: Section): string {
  return Object.entries(values)
    .filter(
      ([key, value]) =>
        !APART.has(key) && !(kind === "subnet" && OF_SUBNET.has(key)) && value !== undefined && value !== null,
    )
    .map(([key, value]) => (value === "deleted" ? `${key} deleted` : `${key}=${textOf(value)}`))
    .sort()
    .join("; ");
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(" ");
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value !== "object" || value === null) return String(value);
  return Object.entries(value)
    .map(([key, inner]) => `${key}=${textOf(inner)}`)
    .join(",");
}

/** States that need nobody's care. */
const GOOD = new Set(["available", "ok"]);

interface ZoneStates {
  /** One text a zone: how many nodes are well, and the names of those that are not. */
  texts: Map<string, string>;
  problems: string[];
}

/** How the nodes are with their zones; the names of rows changed with 9.1, where they count as networks. */
export function zoneStates({ rows }: ResourceSnapshot, wanted: string | undefined): ZoneStates {
  const zones = new Map<string, Map<string, string[]>>();
  for (const row of rows) {
    const zone = zoneOf(row);
    if (zone === undefined || (wanted !== undefined && zone !== wanted)) continue;
    const states = zones.get(zone) ?? new Map<string, string[]>();
    zones.set(zone, states);
    const status = row.status ?? "unknown";
    states.set(status, [...(states.get(status) ?? []), row.node ?? "?"]);
  }
  const texts = new Map<string, string>();
  const problems: string[] = [];
  for (const [zone, states] of zones) {
    const parts = [...states].map(([status, nodes]) =>
      GOOD.has(status) ? `${status} on ${nodes.length}` : `${status} on ${nodes.join(", ")}`,
    );
    texts.set(zone, parts.join("; "));
    for (const [status, nodes] of states) {
      if (!GOOD.has(status)) problems.push(`Zone ${zone} is ${status} on ${nodes.join(", ")}.`);
    }
  }
  return { texts, problems };
}

function zoneOf(row: Resource): string | undefined {
  if (row.type === "sdn") return String(row.sdn);
  return row.type === "network" && row["network-type"] === "zone" ? String(row.network) : undefined;
}
