import type { OperationId, Params, Send } from "../../schema/operation.ts";

type Row = Readonly<Record<string, unknown>>;

/** A guest's disk keys: what `destroy` takes with it. */
const DISK = /^(ide|sata|scsi|virtio|efidisk|tpmstate|mp|unused|rootfs)\d*$/;

const GUEST = /^(\w+) \/nodes\/\{node\}\/(qemu|lxc)\/\{vmid\}(.*)$/;

/** What a person should know before consenting, found by reading; a part that cannot be read is named as such. */
export async function consequencesOf(send: Send, operation: OperationId, params: Params): Promise<string[]> {
  const notes: string[] = [];
  const read = async (what: string, look: () => Promise<void>): Promise<void> => {
    try {
      await look();
    } catch (error) {
      notes.push(`${what} could not be read (${error instanceof Error ? error.message : String(error)})`);
    }
  };
  await read("the quorum", async () => {
    const { data } = await send<readonly Row[]>("GET /cluster/status");
    if (data.some((row) => row.type === "cluster" && row.quorate === false)) {
      notes.push("the cluster has no quorum: writes are refused");
    }
  });
  const guest = GUEST.exec(operation) as [string, string, "qemu" | "lxc", string] | null;
  if (guest) {
    const [, method, kind, rest] = guest;
    const at = { node: params.node, vmid: params.vmid };
    await read("the guest's status", async () => {
      const { data } = await send<Row>(`GET /nodes/{node}/${kind}/{vmid}/status/current`, at);
      notes.push(...statusNotes(data));
    });
    if (method === "DELETE" && rest === "")
      await read("the guest's configuration", () => destroyNotes(send, kind, at, notes));
    if (rest.startsWith("/snapshot/")) {
      await read("the snapshots", () => snapshotNotes(send, kind, at, String(params.snapname), rest, notes));
    }
  }
  if (operation === "PUT /nodes/{node}/network" || operation === "PUT /cluster/sdn") {
    notes.push("reloads the network: an error in it cuts this server off from the node, and nothing rolls it back");
  }
  if (operation === "PUT /nodes/{node}/network") {
    await read("the pending network changes", () => networkNotes(send, String(params.node), notes));
  }
  return notes;
}

function statusNotes(status: Row): string[] {
  const notes: string[] = [];
  if (status.status === "running") notes.push("the guest is running");
  if (status.lock) notes.push(`the guest is locked (${status.lock})`);
  const ha = status.ha as Row | undefined;
  if (ha && (ha.managed === 1 || ha.managed === true))
    notes.push("the guest is managed by HA, which may act against this");
  return notes;
}

async function destroyNotes(
  send: Send,
  kind: "qemu" | "lxc",
  at: { node: unknown; vmid: unknown },
  notes: string[],
): Promise<void> {
  const { data: config } = await send<Row>(`GET /nodes/{node}/${kind}/{vmid}/config`, at);
  const disks = Object.entries(config)
    .filter(([key, value]) => DISK.test(key) && !/media=cdrom/.test(String(value)))
    .map(([key, value]) => `${key} ${String(value).split(",")[0]}`);
  if (disks.length > 0) notes.push(`these volumes are destroyed: ${disks.join(", ")}`);
  if (config.protection === true || config.protection === 1) notes.push("protection is on: the host will refuse");
  if (config.template === true || config.template === 1) notes.push(await linkedClones(send, at, disks));
  const { data: snapshots } = await send<readonly Row[]>(`GET /nodes/{node}/${kind}/{vmid}/snapshot`, at);
  const lost = snapshots.filter((row) => row.name !== "current").map((row) => row.name);
  if (lost.length > 0) notes.push(`these snapshots are lost: ${lost.join(", ")}`);
  const { data: jobs } = await send<readonly Row[]>("GET /cluster/replication");
  const targets = (jobs ?? []).filter((job) => Number(job.guest) === Number(at.vmid)).map((job) => job.target);
  if (targets.length > 0) notes.push(`it is replicated to ${targets.join(", ")}: the host wants purge`);
  notes.push(await lastBackup(send, at));
}

/** Volumes that have one of the template's as their base, from the content of the storages that hold its disks. */
async function linkedClones(
  send: Send,
  at: { node: unknown; vmid: unknown },
  disks: readonly string[],
): Promise<string> {
  const base = new RegExp(`(^|[:/@])base-${at.vmid}-`);
  const clones = new Set<string>();
  for (const storage of new Set(disks.flatMap((disk) => /\s([^:\s]+):/.exec(disk)?.[1] ?? []))) {
    const { data } = await send<readonly Row[]>("GET /nodes/{node}/storage/{storage}/content", {
      node: at.node,
      storage,
    });
    for (const row of data) {
      if (Number(row.vmid) === Number(at.vmid)) continue;
      if (base.test(String(row.parent ?? "")) || base.test(String(row.volid))) clones.add(String(row.volid));
    }
  }
  return clones.size === 0
    ? "it is a template; no linked clone of it was found"
    : `it is a template, and these volumes are linked clones of it: ${[...clones].sort().join(", ")}`;
}

/** What an apply would change, and whether the interface by which the node is reached is among it. */
async function networkNotes(send: Send, node: string, notes: string[]): Promise<void> {
  const [{ data: interfaces, changes }, { data: members }] = await Promise.all([
    send<readonly Row[]>("GET /nodes/{node}/network", { node }),
    send<readonly Row[]>("GET /cluster/status"),
  ]);
  if (!changes) {
    notes.push("no changes are pending");
    return;
  }
  const changed = changes.split("\n").filter((line) => /^[-+](?![-+])/.test(line));
  notes.push(`${changed.length} lines of the interfaces file change: ${changed.slice(0, 12).join(" | ")}`);
  const ip = members.find((row) => row.type === "node" && row.name === node)?.ip;
  const own = interfaces.find(
    (row) => ip !== undefined && (row.address === ip || String(row.cidr ?? "").startsWith(`${ip}/`)),
  );
  if (!own) return;
  // A hunk need not hold the name of the interface whose options it changes.
  const named = new RegExp(`\\b${own.iface}\\b|${String(ip).replaceAll(".", "\\.")}`).test(changes);
  const where = named ? "which is among what changes" : "which the changes do not name: look whether they touch it";
  notes.push(`the node is reached by its interface ${own.iface} (${ip}), ${where}`);
}

async function lastBackup(send: Send, at: { node: unknown; vmid: unknown }): Promise<string> {
  const { data: storages } = await send<readonly Row[]>("GET /nodes/{node}/storage", {
    node: at.node,
    content: "backup",
  });
  let newest = 0;
  for (const { storage } of storages.filter((row) => row.active !== false && row.active !== 0)) {
    const { data } = await send<readonly Row[]>("GET /nodes/{node}/storage/{storage}/content", {
      node: at.node,
      storage,
      content: "backup",
      vmid: at.vmid,
    });
    for (const row of data) newest = Math.max(newest, Number(row.ctime ?? 0));
  }
  return newest === 0
    ? "no backup of it was found on this node's storages"
    : `its last backup is of ${new Date(newest * 1000).toISOString()}`;
}

async function snapshotNotes(
  send: Send,
  kind: "qemu" | "lxc",
  at: { node: unknown; vmid: unknown },
  name: string,
  rest: string,
  notes: string[],
): Promise<void> {
  const { data } = await send<readonly Row[]>(`GET /nodes/{node}/${kind}/{vmid}/snapshot`, at);
  const snapshot = data.find((row) => row.name === name);
  if (!snapshot) {
    notes.push(`there is no snapshot ${JSON.stringify(name)}`);
    return;
  }
  const taken = new Date(Number(snapshot.snaptime) * 1000).toISOString();
  if (rest.endsWith("/rollback")) notes.push(`everything since ${taken} is lost`);
  const later = data.filter((row) => row.parent === name && row.name !== "current").map((row) => row.name);
  if (later.length > 0) notes.push(`snapshots built on it: ${later.join(", ")}`);
}
