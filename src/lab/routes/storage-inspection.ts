import { die, parameterRefusal } from "../refusal.ts";
import { storageNamed } from "../state/storage.ts";
import { describe, volumeOn } from "../state/volume.ts";
import { parseVolname, splitVolid } from "../state/volume-name.ts";
import { type Call, type Route, text } from "./route.ts";
import { checkVolumeAccess } from "./volume-access.ts";

/** Only a backup server has an identity of its own. */
function identity(call: Call): Record<string, unknown> {
  const storage = storageNamed(call.state, text(call, "storage") ?? "");
  if (storage.type !== "pbs")
    throw die("get_identity not implemented for this plugin at /usr/share/perl5/PVE/Storage/Plugin.pm line 2681.");
  return { type: "pbs", id: `${storage.definition.server}:${storage.definition.datastore}` };
}

/** What a foreign guest would become here. */
function importMetadata(call: Call): Record<string, unknown> {
  const storage = storageNamed(call.state, text(call, "storage") ?? "");
  const volume = text(call, "volume") ?? "";
  const { kind, name } = parseVolname(storage, volume);
  const volid = `${storage.storage}:${volume}`;
  checkVolumeAccess(call, volid);
  if (kind !== "import" || !/\.(?:ova|ovf)$/.test(name))
    throw die(`storage type '${storage.type}' does not support guest import`);
  if (!volumeOn(call.state, volid, text(call, "node") ?? "")) throw die(`volume '${volid}' does not exist`);
  return {
    type: "vm",
    source: "ova",
    "create-args": { name: name.replace(/\.\w+$/, ""), cores: 1, memory: 2048, ostype: "l26" },
    disks: { scsi0: `${volid}/disk-0.vmdk` },
    net: { net0: { model: "e1000" } },
    warnings: [{ type: "ova-needs-extracting" }],
  };
}

function backupIn(call: Call): string {
  const name = text(call, "storage") ?? "";
  const given = text(call, "volume") ?? "";
  let volid = `${name}:backup/${given}`;
  if (given.includes(":") && /^[a-z][a-z0-9._-]*[a-z0-9]:/i.test(given)) {
    const named = splitVolid(given).storage;
    if (named !== name) throw parameterRefusal({ volume: `storage ID mismatch (${named} != ${name}).` });
    volid = given;
  }
  const storage = storageNamed(call.state, name);
  describe(call.state, volid);
  checkVolumeAccess(call, volid, { kind: "backup" });
  if (storage.type !== "pbs") throw parameterRefusal({ storage: "Only PBS storages supported for file-restore." });
  if (!volumeOn(call.state, volid, text(call, "node") ?? "")) throw die(`volume '${volid}' does not exist`);
  return volid;
}

function listFiles(call: Call): Record<string, unknown>[] {
  const volid = backupIn(call);
  const path = Buffer.from(text(call, "filepath") ?? "", "base64").toString("utf8");
  const config = call.state.volumes.get(volid)?.saved?.config ?? {};
  if (text(call, "filepath") !== "/")
    throw die(`proxmox-file-restore failed: Error: file '${path}' not found in archive`);
  return Object.keys(config)
    .filter((key) => /^(?:scsi|virtio|sata|ide)\d+$|^rootfs$|^mp\d+$/.test(key))
    .map((key) => {
      const file = key === "rootfs" || key.startsWith("mp") ? "root.pxar.didx" : `drive-${key}.img.fidx`;
      return { filepath: Buffer.from(`/${file}`).toString("base64"), text: file, type: "v", leaf: 0 };
    });
}

const base = "/nodes/{node}/storage/{storage}";
const audit = { path: "/storage/{storage}", any: ["Datastore.Audit", "Datastore.AllocateSpace"] };

/** What is inside of what storages hold. */
export const storageInspectionRoutes: readonly Route[] = [
  { id: `GET ${base}/identity`, permission: audit, run: (call) => ({ data: identity(call) }) },
  { id: `GET ${base}/import-metadata`, permission: audit, run: (call) => ({ data: importMetadata(call) }) },
  { id: `GET ${base}/file-restore/list`, run: (call) => ({ data: listFiles(call) }) },
  {
    id: `GET ${base}/file-restore/download`,
    run: (call) => {
      const volid = backupIn(call);
      throw die(`proxmox-file-restore failed: Error: no file to extract from '${volid}'`);
    },
  },
];
