import { type Check, permissions } from "../../../generated/permissions.ts";
import { ACCESS_CLASSES, type AccessClass, type OperationId } from "../../schema/operation.ts";
import { type Hold, holdOf, type Rights } from "./rights.ts";

/** One operation that typed tools send. */
export interface Usage {
  operation: OperationId;
  class: AccessClass;
  tools: readonly string[];
}

/** Privileges that calls want at one ACL path, and what the token has of them. */
export interface Need {
  /** ACL path: `/vms` stands for every guest. */
  path: string;
  /** Wanted on the objects below the path too. */
  below: boolean;
  privileges: readonly string[];
  hold: Hold;
  /** A read that wants the right to write: left out of what is advised. */
  heavy: boolean;
  operations: OperationId[];
  tools: string[];
  /** Rows that lists leave out silently without it (pve-facts 27). */
  shows?: string;
}

interface Clause {
  path: string;
  below: boolean;
  privileges: readonly string[];
}

/** Lists that answer to any token, with fewer rows (pve-facts 27); no permission rule tells of it. */
const SHOWN: readonly { path: string; privilege: string; shows: string; tools: readonly string[] }[] = [
  {
    path: "/vms",
    privilege: "VM.Audit",
    shows: "guests",
    tools: ["proxmox_inventory_overview", "proxmox_vm_list", "proxmox_lxc_list"],
  },
  {
    path: "/storage",
    privilege: "Datastore.Audit",
    shows: "storages",
    tools: ["proxmox_inventory_overview", "proxmox_storage_list"],
  },
  { path: "/nodes", privilege: "Sys.Audit", shows: "tasks of others", tools: ["proxmox_task_list", "job_list"] },
];

/** What the operations up to a class want of a token that has these rights, in the words of a version of Proxmox VE. */
export function needsOf(
  usages: readonly Usage[],
  { rights, ceiling, version }: { rights: Rights; ceiling: AccessClass; version?: string | undefined },
): Need[] {
  const needs = new Map<string, Need>();
  const note = (clause: Clause, facts: { heavy: boolean; tools: readonly string[]; operation?: OperationId }): Need => {
    const key = `${clause.path} ${clause.below} ${facts.heavy} ${clause.privileges.join()}`;
    const need = needs.get(key) ?? {
      ...clause,
      hold: holdOf(rights, clause),
      heavy: facts.heavy,
      operations: [],
      tools: [],
    };
    needs.set(key, need);
    if (facts.operation !== undefined) need.operations.push(facts.operation);
    need.tools = [...new Set([...need.tools, ...facts.tools])];
    return need;
  };
  for (const { path, privilege, shows, tools } of SHOWN) {
    note({ path, below: true, privileges: [privilege] }, { heavy: false, tools }).shows = shows;
  }
  const allowed = ACCESS_CLASSES.slice(0, ACCESS_CLASSES.indexOf(ceiling) + 1);
  for (const { operation, class: needed, tools } of usages) {
    const check = permissions[operation]?.check;
    if (!check || !allowed.includes(needed)) continue;
    for (const clause of clausesOf(check, rights, version)) {
      const heavy = needed === "read" && !clause.privileges.every((one) => READS.test(one));
      note(clause, { heavy, tools, operation });
    }
  }
  return [...needs.values()];
}

/** Privileges that let nobody change anything. */
const READS = /\.(Audit|Syslog|Use)$/;

/** What has to hold, all of it; of alternatives the one that does hold, else the one that asks for least. */
function clausesOf(check: Check, rights: Rights, version: string | undefined): Clause[] {
  if ("of" in check) {
    const parts = check.of.map((one) => clausesOf(one, rights, version));
    if (check.kind === "and") return parts.flat();
    const held = parts.find((clauses) => clauses.every((clause) => holdOf(rights, clause).extent !== "none"));
    return held ?? parts.sort((a, b) => weight(a) - weight(b))[0] ?? [];
  }
  if (check.kind === "userid-param") return [];
  if (check.kind === "perm-modify") return [{ ...placeOf(check.path), privileges: ["Permissions.Modify"] }];
  if (check.kind === "userid-group") {
    return [chosen({ path: "/access/groups", below: false }, check.privileges, true, rights, version)];
  }
  if (check.requireParam !== undefined) return [];
  return [chosen(placeOf(check.path), check.privileges, check.any === true, rights, version)];
}

const weight = (clauses: readonly Clause[]): number =>
  clauses.reduce((sum, { privileges }) => sum + privileges.length, 0);

/** Of privileges of which one is enough: one that is held, else one that only reads, else the first. */
function chosen(
  place: { path: string; below: boolean },
  wanted: readonly string[],
  any: boolean,
  rights: Rights,
  version: string | undefined,
): Clause {
  const names = [...new Set(wanted.map((one) => inVersion(one, version)))];
  if (!any || names.length === 1) return { ...place, privileges: names };
  const held = names.find((one) => holdOf(rights, { ...place, privileges: [one] }).extent === "all");
  return { ...place, privileges: [held ?? names.find((one) => READS.test(one)) ?? names[0]!] };
}

/** The guest agent had one privilege for everything until 8.4 (pve-facts 76). */
function inVersion(privilege: string, version: string | undefined): string {
  const old = version !== undefined && Number.parseInt(version, 10) < 9;
  return old && privilege.startsWith("VM.GuestAgent.") ? "VM.Monitor" : privilege;
}

/** The ACL path above the first variable. */
function placeOf(template: string): { path: string; below: boolean } {
  const at = template.indexOf("{");
  return at < 0
    ? { path: template, below: false }
    : { path: template.slice(0, at).replace(/\/$/, "") || "/", below: true };
}
