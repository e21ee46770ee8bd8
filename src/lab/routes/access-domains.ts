import { wire } from "../../../generated/wire.ts";
import { splitList } from "../permissions/check.ts";
import { locked } from "../permissions/locked.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { RealmType } from "../state/access-realms.ts";
import { type Call, flag, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

const SYNC_WEIGHT = 1;
/** Parameters that are no settings. */
const APART = new Set(["realm", "type", "digest", "delete", "password", "check-connection"]);

/** The settings in a call, numbers and booleans as numbers, as the file gives them back. */
function settings(call: Call): Record<string, string | number> {
  const known = wire.operations["POST /access/domains"]?.parameters ?? {};
  const given: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(call.params)) {
    if (APART.has(name) || value === undefined || value === null) continue;
    const type = wire.facts[known[name] ?? -1]?.type;
    const text = Array.isArray(value)
      ? value.join(",")
      : typeof value === "object"
        ? JSON.stringify(value)
        : String(value);
    if (type === "boolean") given[name] = value === true || text === "1" ? 1 : 0;
    else given[name] = type === "integer" ? Number(text) : text;
  }
  return given;
}

function list(call: Call): unknown[] {
  return call.state.access.realms.entries().map(([realm, config]) => {
    const tfa = /type=(\w+)/.exec(String(config.tfa ?? ""))?.[1];
    return {
      realm,
      type: config.type,
      ...(config.comment ? { comment: config.comment } : {}),
      ...(config.default ? { default: 1 } : {}),
      ...(tfa === undefined ? {} : { tfa }),
    };
  });
}

function checkConnection(call: Call, realm: string): void {
  if (flag(call, "check-connection") && !call.state.access.realms.directories.has(realm))
    throw die(`failed to connect to '${call.params.server1 ?? realm}': Connection refused`);
}

function create(call: Call): void {
  const { realms } = call.state.access;
  const realm = text(call, "realm") ?? "";
  const type = text(call, "type") as RealmType;
  if (realms.get(realm)) throw die(`domain '${realm}' already exists`);
  if (type === "pam" || type === "pve") throw die(`unable to create builtin type '${type}'`);
  if (call.params["check-connection"] !== undefined && type === "openid")
    throw die("'check-connection' parameter can only be set for realms of type 'ldap' or 'ad'");
  checkConnection(call, realm);
  realms.store(realm, type, settings(call));
}

function update(call: Call): void {
  const { realms } = call.state.access;
  const realm = text(call, "realm") ?? "";
  const digest = text(call, "digest");
  if (digest !== undefined && digest !== realms.digest())
    throw die("detected modified configuration - file changed by other user? Try again.");
  const old = realms.get(realm);
  if (!old) throw die(`domain '${realm}' does not exist`);
  const given = settings(call);
  const dropped = splitList(call.params.delete);
  if (dropped.length === 0 && Object.keys(given).length === 0 && call.params.password === undefined)
    throw die("no options specified");
  checkConnection(call, realm);
  // Unknown names to delete are ignored, and a setting both deleted and given is set (pve-facts 9).
  const base = { ...old };
  for (const name of dropped) if (name !== "type") delete base[name];
  realms.store(realm, old.type, given, base);
}

function sync(call: Call): { data: string } {
  const { access } = call.state;
  const realm = text(call, "realm") ?? "";
  const config = access.realms.get(realm);
  if (!config) throw parameterRefusal({ realm: "Realm does not exist." });
  if (config.type !== "ldap" && config.type !== "ad")
    throw die(`Cannot sync realm type '${config.type}'! Only LDAP/AD realms can be synced.`);
  const defaults = Object.fromEntries(
    splitList(config["sync-defaults-options"]).map((part) => part.split("=") as [string, string]),
  );
  const scope = text(call, "scope") ?? defaults.scope;
  if (scope === undefined)
    throw parameterRefusal({ scope: "Not passed as parameter and not defined in realm default sync options." });
  const dry = flag(call, "dry-run");
  const vanished = splitList((text(call, "remove-vanished") ?? defaults["remove-vanished"])?.replaceAll(";", ","));
  const enable = call.params["enable-new"] === undefined ? defaults["enable-new"] !== "0" : flag(call, "enable-new");
  return startTask(call, {
    node: call.state.entry.name,
    type: dry ? "auth-realm-sync-test" : "auth-realm-sync",
    id: realm,
    weight: SYNC_WEIGHT,
    work: (task: { log: string[] }) => {
      task.log.push(`${dry ? "(dry test run) " : ""}starting sync for realm ${realm}`);
      const directory = access.realms.directories.get(realm);
      if (!directory) throw die(`unable to reach the directory server '${config.server1}'`);
      if (scope !== "groups") {
        const found = directory.users.map((name) => `${name}@${realm}`);
        for (const userid of found) {
          task.log.push(`${access.users.has(userid) ? "updating" : "adding"} user '${userid}'`);
          if (!dry && !access.users.has(userid)) access.addUser(userid, { enable });
        }
        if (vanished.includes("entry"))
          for (const userid of [...access.users.keys()])
            if (userid.endsWith(`@${realm}`) && !found.includes(userid)) {
              task.log.push(`deleting user '${userid}'`);
              if (!dry) access.removeUser(userid);
            }
      }
      if (scope !== "users" && !dry)
        for (const [name, members] of Object.entries(directory.groups))
          access.groups.set(`${name}-${realm}`, { users: new Set(members.map((member) => `${member}@${realm}`)) });
    },
  });
}

/** Operations on login realms. */
export const accessDomainRoutes: readonly Route[] = [
  { id: "GET /access/domains", run: (call) => ({ data: list(call) }) },
  {
    id: "POST /access/domains",
    writes: true,
    run: (call) => {
      locked("add auth server failed", () => create(call));
      return { data: null };
    },
  },
  {
    id: "GET /access/domains/{realm}",
    run: (call) => {
      const realm = text(call, "realm") ?? "";
      const config = call.state.access.realms.get(realm);
      if (!config) throw die(`domain '${realm}' does not exist`);
      return { data: { ...config, digest: call.state.access.realms.digest() } };
    },
  },
  {
    id: "PUT /access/domains/{realm}",
    writes: true,
    run: (call) => {
      locked("update auth server failed", () => update(call));
      return { data: null };
    },
  },
  {
    id: "DELETE /access/domains/{realm}",
    writes: true,
    run: (call) => {
      const realm = text(call, "realm") ?? "";
      if (!call.state.access.realms.get(realm))
        throw die(`delete auth server failed: authentication domain '${realm}' does not exist`);
      call.state.access.realms.remove(realm);
      return { data: null };
    },
  },
  { id: "POST /access/domains/{realm}/sync", writes: true, run: sync },
];
