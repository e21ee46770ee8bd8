import type { AccessClass } from "../src/schema/operation.ts";

/** A parameter that makes a call worse than its operation: when it is given and true, or its text matches. */
export interface Escalation {
  /** `name[n]` stands for every member of an indexed family. */
  parameter: string;
  /** JavaScript source, tested against the value as text; without it any value but 0, false and "" counts. */
  matches?: string;
  class: AccessClass;
}

type Row = readonly [ids: string | readonly string[], because: string];

const GUESTS = ["qemu", "lxc"] as const;
const guests = (rest: string, method = "POST"): string[] =>
  GUESTS.map((kind) => `${method} /nodes/{node}/${kind}/{vmid}/${rest}`);
const agent = (command: string, method = "POST"): string => `${method} /nodes/{node}/qemu/{vmid}/agent/${command}`;
const node = (rest: string, method = "POST"): string => `${method} /nodes/{node}/${rest}`;

const read: readonly Row[] = [
  [agent("ping"), "asks whether the agent answers"],
  [agent("fsfreeze-status"), "asks for a state"],
  ["POST /access/vncticket", "verifies a ticket and answers yes or no"],
  ["POST /access/openid/auth-url", "computes a URL"],
];

const mutate: readonly Row[] = [
  [node("tasks/{upid}", "DELETE"), "stops a task, as cancelling a job does; deletes no data of its own"],
];

const destructive: readonly Row[] = [
  // Data.
  [guests("snapshot/{snapname}/rollback"), "throws away everything since the snapshot"],
  [guests("template"), "cannot be undone"],
  ["PUT /nodes/{node}/qemu/{vmid}/unlink", "removes disks, with force their data"],
  [node("disks/wipedisk", "PUT"), "wipes a disk"],
  [node("disks/initgpt"), "writes a new partition table"],
  [["directory", "lvm", "lvmthin", "zfs"].map((kind) => node(`disks/${kind}`)), "formats disks"],
  [node("ceph/osd"), "formats a disk"],
  [["ceph/pool/{name}", "ceph/pools/{name}"].map((pool) => node(pool, "PUT")), "can lower the number of copies"],
  [node("storage/{storage}/upload"), "overwrites a file of the same name without a word (pve-facts 43)"],
  ["POST /cluster/sdn/rollback", "throws away all pending SDN changes"],
  // Guests.
  [guests("status/stop"), "pulls the plug: unsaved data is lost"],
  ["POST /nodes/{node}/qemu/{vmid}/status/reset", "pulls the plug: unsaved data is lost"],
  [guests("remote_migrate"), "moves a guest to another cluster"],
  // Nodes and services.
  [node("status"), "reboots or shuts down a node"],
  [["stopall", "suspendall", "migrateall"].map((all) => node(all)), "stops or moves all guests of a node"],
  [
    ["shutdown", "suspend", "migrate"].map((all) => `POST /cluster/bulk-action/guest/${all}`),
    "stops or moves many guests at once",
  ],
  [
    ["stop", "restart"].map((verb) => node(`services/{service}/${verb}`)),
    "takes a node service away, perhaps the API itself",
  ],
  [["stop", "restart", "restart-bulk"].map((verb) => node(`ceph/${verb}`)), "takes Ceph services away"],
  ["POST /cluster/ceph/restart-bulk", "takes Ceph services away"],
  [node("ceph/init"), "lays down a new Ceph configuration"],
  ["POST /cluster/ha/status/disarm-ha", "guests are no longer restarted after a failure"],
  // Reachability.
  [node("network", "PUT"), "reloads the node's network; there is no way back by itself (pve-facts 101)"],
  ["PUT /cluster/sdn", "reloads the network of all nodes (pve-facts 102)"],
  ["PUT /cluster/firewall/options", "can lock everybody out (pve-facts 103)"],
  [node("firewall/options", "PUT"), "can lock everybody out of the node (pve-facts 103)"],
  [node("hosts"), "replaces /etc/hosts, by which nodes find each other"],
  [node("certificates/custom"), "replaces the certificate that clients pin"],
  [
    ["POST", "PUT"].map((method) => node("certificates/acme/certificate", method)),
    "replaces the certificate that clients pin",
  ],
  // Membership.
  ["POST /cluster/config", "turns a node into a cluster, for good"],
  ["POST /cluster/config/join", "drops the node's own configuration"],
  ["POST /cluster/config/nodes/{node}", "lets another machine into the cluster"],
  // Identities.
  ["POST /access/domains/{realm}/sync", "can remove users, groups and their rights"],
  [
    ["POST", "PUT"].map((method) => `${method} /cluster/jobs/realm-sync/{id}`),
    "can remove users, groups and their rights, later",
  ],
  ["PUT /access/tfa/{userid}/{id}", "can switch off a second factor"],
  ["PUT /access/users/{userid}/unlock-tfa", "lets further guesses at a second factor"],
];

const escaping: readonly Row[] = [
  // Runs code.
  [agent("exec"), "runs a command in a guest"],
  [agent("file-write"), "writes any file in a guest"],
  [agent("file-read", "GET"), "reads any file in a guest"],
  [node("storage/{storage}/file-restore/download", "GET"), "reads any file of a guest out of its backup"],
  [
    ["POST /cluster/mapping/dir", "PUT /cluster/mapping/dir/{id}"],
    "opens a directory of the host, any of them, to guests",
  ],
  [agent("set-user-password"), "takes over a login in a guest"],
  ["PUT /nodes/{node}/qemu/{vmid}/sendkey", "types into a guest's console"],
  ["POST /nodes/{node}/qemu/{vmid}/monitor", "speaks to QEMU itself"],
  [node("execute"), "runs a list of API calls, whatever they are; the gate judges each of them as well"],
  // Hands out a console or a tunnel.
  [[...guests("termproxy"), ...guests("vncproxy"), ...guests("spiceproxy")], "hands out a console of a guest"],
  [guests("vncwebsocket", "GET"), "opens a console of a guest"],
  [["termproxy", "vncshell", "spiceshell"].map((shell) => node(shell)), "hands out a shell on a node"],
  [node("vncwebsocket", "GET"), "opens a shell on a node"],
  [guests("mtunnel"), "hands out a migration tunnel"],
  [guests("mtunnelwebsocket", "GET"), "opens a migration tunnel"],
  // Hands out credentials, or changes who may do what.
  ["POST /access/ticket", "hands out a session"],
  ["POST /access/openid/login", "hands out a session"],
  ["POST /access/tfa", "hands out a session, until 7.4"],
  ["PUT /access/password", "takes over a login"],
  ["POST /access/tfa/{userid}", "hands out a factor to log in with"],
  [["POST", "PUT"].map((method) => `${method} /access/users/{userid}/token/{tokenid}`), "hands out a credential"],
  ["PUT /access/acl", "gives anybody any privilege"],
  ["PUT /access/roles/{roleid}", "changes what every holder of the role may do"],
  ["POST /access/users", "creates a login, in groups that may hold privileges"],
  ["PUT /access/users/{userid}", "puts a login into groups that may hold privileges"],
  ["POST /access/domains", "decides who may log in"],
  ["PUT /access/domains/{realm}", "decides who may log in"],
];

function rows(access: AccessClass, table: readonly Row[]): [string, { class: AccessClass; because: string }][] {
  return table.flatMap(([ids, because]) =>
    [ids].flat().map((id) => [id, { class: access, because }] as [string, { class: AccessClass; because: string }]),
  );
}

const all = [
  ...rows("read", read),
  ...rows("mutate", mutate),
  ...rows("destructive", destructive),
  ...rows("escape", escaping),
];

/** The operations whose method alone would give the wrong class, with the reason. */
export const reviewed: Readonly<Record<string, { class: AccessClass; because: string }>> = Object.fromEntries(all);
if (Object.keys(reviewed).length !== all.length) throw new Error("codegen/access-class.ts reviews an operation twice");

const DISKS = "(?:^|[,; ])(?:(?:ide|sata|scsi|virtio|unused)\\d+|efidisk0|tpmstate0)(?:$|[,; ])";
const VOLUMES = "(?:^|[,; ])(?:(?:mp|unused)\\d+|rootfs)(?:$|[,; ])";
/** A path of the host where a volume or a mapping would do: root-only upstream (pve-facts 37). */
const HOST_PATH = "(?:^|[,=])/";
/** A path in a disk's place is one of the host's own disks or files. */
const HOST_DISKS = ["ide[n]", "sata[n]", "scsi[n]", "virtio[n]", "efidisk0", "tpmstate0", "unused[n]", "cdrom"];

const escapes = (parameter: string, matches?: string): Escalation =>
  matches === undefined ? { parameter, class: "escape" } : { parameter, matches, class: "escape" };
const destroys = (parameter: string, matches?: string): Escalation =>
  matches === undefined ? { parameter, class: "destructive" } : { parameter, matches, class: "destructive" };

const hookscript = escapes("hookscript");
const vm = [
  escapes("args"),
  hookscript,
  ...HOST_DISKS.map((disk) => escapes(disk, "^/|(?:^|,)(?:file|volume|import-from)=/")),
  ...["serial[n]", "parallel[n]"].map((port) => escapes(port, "^/")),
];
const container = [
  hookscript,
  ...["mp[n]", "rootfs"].map((mount) => escapes(mount, "^/|(?:^|,)volume=/")),
  escapes("dev[n]", HOST_PATH),
];
const overwrites = destroys("force");
const vmConfig = [destroys("delete", DISKS), overwrites, ...vm];
/** A schedule of retention deletes backups, now or at the next run. */
const prunes = [destroys("prune-backups", "(?:^|[,; ])keep-(?!all)"), destroys("maxfiles")];
/** Root-only upstream: a script runs as root, the directories are written to as root. */
const backup = [...["script", "dumpdir", "tmpdir"].map((parameter) => escapes(parameter)), ...prunes];
/** A blocking rule locks everybody out as the options do (pve-facts 103). */
const blocks = destroys("action", "^(?:drop|reject)");
const changesRule = [blocks, destroys("enable"), destroys("moveto", ".")];
/** HA stops a guest, by force after a while. */
const haStops = destroys("state", "^(?:stopped|disabled)");

/** Parameters that make a call worse than its operation. */
export const escalations: Readonly<Record<string, readonly Escalation[]>> = {
  "POST /cluster/backup": backup,
  "PUT /cluster/backup/{id}": backup,
  "PUT /cluster/ceph/flags": [destroys("pause")],
  "PUT /cluster/ceph/flags/{flag}": [destroys("flag", "^pause$")],
  "POST /cluster/firewall/rules": [blocks],
  "PUT /cluster/firewall/rules/{pos}": changesRule,
  "POST /cluster/ha/resources": [haStops],
  "PUT /cluster/ha/resources/{sid}": [haStops],
  "POST /cluster/replication": [destroys("remove_job")],
  "PUT /cluster/replication/{id}": [destroys("remove_job")],
  "POST /nodes/{node}/firewall/rules": [blocks],
  "PUT /nodes/{node}/firewall/rules/{pos}": changesRule,
  "POST /nodes/{node}/lxc": [overwrites, ...container],
  "PUT /nodes/{node}/lxc/{vmid}/config": [destroys("delete", VOLUMES), escapes("entrypoint"), ...container],
  "POST /nodes/{node}/lxc/{vmid}/move_volume": [destroys("delete")],
  "POST /nodes/{node}/lxc/{vmid}/status/shutdown": [destroys("forceStop")],
  "POST /nodes/{node}/qemu": [overwrites, ...vm],
  "POST /nodes/{node}/qemu/{vmid}/config": vmConfig,
  "PUT /nodes/{node}/qemu/{vmid}/config": vmConfig,
  "POST /nodes/{node}/qemu/{vmid}/move_disk": [destroys("delete")],
  "POST /nodes/{node}/qemu/{vmid}/status/shutdown": [destroys("forceStop")],
  "POST /nodes/{node}/qemu/{vmid}/status/start": [escapes("force-cpu")],
  "POST /nodes/{node}/vzdump": backup,
  "PUT /storage/{storage}": prunes,
};

const BY_METHOD: Readonly<Record<string, AccessClass>> = {
  GET: "read",
  POST: "mutate",
  PUT: "mutate",
  DELETE: "destructive",
};

/** What a call can do at worst: by its method, unless it was reviewed. */
export function accessClassOf(id: string): AccessClass {
  const found = reviewed[id]?.class ?? BY_METHOD[id.slice(0, id.indexOf(" "))];
  if (found === undefined) throw new Error(`${id}: no access class for this method`);
  return found;
}

/** Throws when a reviewed operation or an escalating parameter no longer exists. */
export function checkReviewed(
  operations: readonly { id: string; parameters: object; removedParameters?: object }[],
): void {
  const known = new Map(
    operations.map(({ id, parameters, removedParameters }) => [id, { ...removedParameters, ...parameters }]),
  );
  const stale = Object.keys(reviewed).filter((id) => !known.has(id));
  for (const [id, entries] of Object.entries(escalations))
    for (const { parameter } of entries)
      if (!Object.hasOwn(known.get(id) ?? {}, parameter)) stale.push(`${id} ${parameter}`);
  if (stale.length > 0) throw new Error(`codegen/access-class.ts names what does not exist: ${stale.join("; ")}`);
}
