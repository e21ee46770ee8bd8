import type { AccessState } from "../state/access.ts";

const TOP_LEVEL = ["/", "/access", "/access/groups", "/mapping", "/nodes", "/pool", "/sdn", "/storage", "/vms"];

/** Privileges by name, each with whether it holds below the path too. */
export function privilegeTable(access: AccessState, name: string, path: string): Record<string, 0 | 1> {
  return Object.fromEntries([...access.rights.on(name, path)].map(([privilege, below]) => [privilege, below ? 1 : 0]));
}

/** All paths that rights are given on or asked for, without those where nothing is held. */
export function effectivePermissions(
  access: AccessState,
  name: string,
  members: Iterable<string>,
): Record<string, Record<string, 0 | 1>> {
  const table: Record<string, Record<string, 0 | 1>> = {};
  for (const path of new Set([...TOP_LEVEL, ...access.acl.keys(), ...members])) {
    const privileges = privilegeTable(access, name, path);
    if (Object.keys(privileges).length > 0) table[path] = privileges;
  }
  return table;
}

/** What an interface shows of each topic, by the first part of the paths. */
const TOPICS: Readonly<Record<string, RegExp>> = {
  vms: /^(VM\.|Permissions\.Modify)/,
  access: /^((User|Group)\.|Permissions\.Modify)/,
  storage: /^(Datastore\.|Permissions\.Modify)/,
  nodes: /^(Sys\.|Permissions\.Modify)/,
  sdn: /^(SDN\.|Permissions\.Modify)/,
  dc: /^(Sys\.Audit|Sys\.Modify|SDN\.)/,
  mapping: /^(Mapping\.|Permissions\.Modify)/,
};
const ASKED = ["/", "/nodes", "/access/groups", "/vms", "/storage", "/sdn", "/mapping"];

/** The `cap` of a login: privileges by topic, wherever they are held. */
export function capabilities(access: AccessState, name: string): Record<string, Record<string, 1>> {
  const table: Record<string, Record<string, 1>> = {};
  for (const topic of Object.keys(TOPICS)) table[topic] = {};
  for (const path of new Set([...ASKED, ...access.acl.keys()])) {
    const first = /^\/(\w+)/.exec(path)?.[1] ?? "dc";
    for (const privilege of access.rights.on(name, path).keys()) {
      const topics = first === "pool" ? ["vms", "storage"] : [first];
      for (const topic of topics) if (TOPICS[topic]?.test(privilege)) table[topic]![privilege] = 1;
    }
  }
  return table;
}
