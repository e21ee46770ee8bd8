import { putAccessAcl } from "../../generated/clients/access-acl.ts";
import { deleteAccessRolesByRoleid } from "../../generated/clients/access-roles.ts";
import { deleteAccessUsersByUserid, deleteAccessUsersTokenByTokenid } from "../../generated/clients/access-users.ts";
import { type SecretName, secretNameText } from "../config/secret-name.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import { SecretReadOnlyError, type SecretStore } from "../secrets/index.ts";
import type { Leftover } from "./errors.ts";
import { hostRemoval, type RootHost } from "./host-steps.ts";
import type { Names } from "./names.ts";
import { readAccess, removed, tokenIds } from "./pve-steps.ts";
import { lineOf, type PveWay, type Request } from "./pve-way.ts";
import type { Step } from "./steps.ts";

/** What is to be removed. */
export interface Removal {
  names: Names;
  way?: PveWay | undefined;
  host?: RootHost | undefined;
  store?: SecretStore | undefined;
  /** Those that are there are removed from the store. */
  secrets: readonly SecretName[];
}

/** Not made by us, by what it says of itself. */
class NotOursError extends ProxmoxMcpError {
  constructor(what: string) {
    super({
      code: "not-ours",
      message: `${what} does not look like one that proxmox-mcp made. Nothing was removed.`,
      next: "Remove it by hand if it is yours.",
    });
  }
}

/** The steps that remove what an enrolment made, rights first and secrets last; only what is there. */
export async function prepareRemoval({ names, way, host, store, secrets }: Removal): Promise<Step[]> {
  if (store && !store.writable) throw new SecretReadOnlyError(store.place);
  const steps: Step[] = [];
  if (way) steps.push(...(await pveRemoval(way, names)));
  if (host) steps.push(...(await presentOn(host, names)));
  if (store) {
    const held = (await store.list()).map(secretNameText);
    for (const secret of secrets) {
      const text = secretNameText(secret);
      if (!held.includes(text)) continue;
      steps.push({
        what: `secret ${text}`,
        lines: [`remove ${text} from ${store.place}`],
        do: async () => void (await store.remove(secret)),
      });
    }
  }
  return steps;
}

async function pveRemoval(way: PveWay, names: Names): Promise<Step[]> {
  const { userid, name, comment } = names;
  const { users, roles, acl } = await readAccess(way);
  const user = users.get(userid);
  if (user && String(user.comment ?? "").trim() !== comment) throw new NotOursError(`The user ${userid}`);
  const steps: Step[] = [];
  const step = async (what: string, request: Request) =>
    steps.push({ what, lines: [await lineOf(way, request)], do: () => removed(way, request) });
  const isOurs = ({ ugid }: { ugid: string }) => ugid === userid || ugid.startsWith(`${userid}!`);
  for (const { path, type, ugid, roleid } of acl.filter(isOurs)) {
    const whom = type === "token" ? { tokens: ugid } : { users: ugid };
    await step(`rights of ${ugid} on ${path}`, (send) =>
      putAccessAcl(send, { path, roles: roleid, ...whom, delete: 1 }),
    );
  }
  if (user) {
    for (const { tokenid } of await tokenIds(way, userid)) {
      const id = String(tokenid);
      await step(`token ${userid}!${id}`, (send) => deleteAccessUsersTokenByTokenid(send, { userid, tokenid: id }));
    }
    await step(`user ${userid}`, (send) => deleteAccessUsersByUserid(send, { userid }));
  }
  // A longer name may begin with ours, and a role of ours may have been given to others.
  const others = new Set(acl.filter((entry) => !isOurs(entry)).map(({ roleid }) => roleid));
  const places = ["all", "cluster", "vms", "storage", "nodes", "mapping", "sdn", "pool", "access"];
  for (const roleid of roles.keys()) {
    const [first = ""] = roleid.startsWith(`${name}-`) ? roleid.slice(name.length + 1).split("-") : [];
    if (!places.includes(first) || others.has(roleid)) continue;
    await step(`role ${roleid}`, (send) => deleteAccessRolesByRoleid(send, { roleid }));
  }
  return steps;
}

const COMMAND_MS = 30_000;

async function presentOn(host: RootHost, names: Names): Promise<Step[]> {
  const found = await host.session.exec({ command: ["getent", "passwd", names.sshUser], timeoutMs: COMMAND_MS });
  const isThere = found.code === 0;
  if (isThere && found.stdout.split(":")[4] !== names.comment)
    throw new NotOursError(`The user ${names.sshUser} on ${host.node}`);
  const rules = await host.session.exec({ command: ["test", "-e", names.sudoers], timeoutMs: COMMAND_MS });
  return hostRemoval(host, names)
    .filter(({ what }) => (what.startsWith("/etc/sudoers.d/") ? rules.code === 0 : isThere))
    .map(({ what, undo, undoLines = [] }) => ({ what, lines: undoLines, do: undo! }));
}

/** Removes all that it can, whatever becomes of the rest. */
export async function removeAll(
  steps: readonly Step[],
  done: (what: string) => void = () => {},
): Promise<{ removed: string[]; left: Leftover[] }> {
  const gone: string[] = [];
  const left: Leftover[] = [];
  for (const { what, lines, do: remove } of steps) {
    try {
      await remove();
      gone.push(what);
      done(what);
    } catch (error) {
      left.push({ what, why: error instanceof Error ? error.message : String(error), lines });
    }
  }
  return { removed: gone, left };
}
