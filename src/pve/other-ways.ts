import type { OperationId } from "../schema/operation.ts";

/** What did the same before an operation came, or does it since it is gone; first match. */
const WAYS: readonly (readonly [RegExp, string])[] = [
  [
    /\/cluster\/ha\/rules/,
    "Before 9.0 HA groups hold guests to nodes: POST /cluster/ha/groups, and `group` of the HA resource. Nothing kept guests together or apart.",
  ],
  [
    /\/cluster\/bulk-action\/guest/,
    "Before 9.1 each node does it for its guests: POST /nodes/{node}/startall, stopall, suspendall or migrateall.",
  ],
  [
    /\/cluster\/ha\/status\/(arm|disarm)-ha/,
    "Before 9.1 only a node's command line does: ha-manager crm-command node-maintenance enable NODE moves the HA guests of one node away.",
  ],
  [/^(PUT|DELETE) \/pools$/, "Before 8.4 the pool stands in the path: PUT or DELETE /pools/{poolid}."],
  [/\/suspendall$/, "Before 8.4: POST /nodes/{node}/qemu/{vmid}/status/suspend for each VM."],
  [
    /\/lxc\/\{vmid\}\/interfaces$/,
    "Before 8.4 a container's configuration tells its static addresses (net0 …), and a command inside of it the others.",
  ],
  [/^GET .*\/lxc\/\{vmid\}\/migrate$/, "Before 9.0 the migration itself says what is in its way, before it begins."],
  [
    /\/cluster\/mapping\/(pci|usb)/,
    "Before 8.0 hostpciN and usbN of the VM's configuration name the device itself, which root@pam alone may set.",
  ],
  [/\/cluster\/mapping\/dir/, "Before 8.4 a directory is shared by NFS or SMB, not by virtiofs."],
  [
    /\/cluster\/notifications/,
    "Before 8.4 mail goes where the backup job (mailto) and the datacenter options (email_from) say.",
  ],
  [
    /\/cluster\/sdn\/(lock|rollback|dry-run)$/,
    "Before 9.0 nothing locks, previews or discards: PUT /cluster/sdn applies what is pending.",
  ],
  [
    /\/oci-registry-pull$|\/query-oci-repo-tags$/,
    "Before 9.1 container templates come from POST /nodes/{node}/aplinfo or …/storage/{storage}/download-url.",
  ],
  [/\/ceph\/restart-bulk$/, "Before 9.2: POST /nodes/{node}/ceph/restart for one daemon after the other."],
  [/\/nodes\/\{node\}\/ceph\/pools/, "Since 8.0: /nodes/{node}/ceph/pool."],
  [/\/nodes\/\{node\}\/ceph\/config$/, "Since 8.0: GET /nodes/{node}/ceph/cfg/raw."],
  [/\/nodes\/\{node\}\/ceph\/configdb$/, "Since 8.0: GET /nodes/{node}/ceph/cfg/db."],
  [/^POST \/access\/tfa$/, "Since 8.0: POST /access/ticket with the answer to the challenge."],
  [/\/scan\/glusterfs$/, "9.0 ended GlusterFS storages: mount the volume, and add it as a directory."],
];

/** How a host whose version lacks an operation does the same, in words; nothing where it cannot. */
export function otherWay(operation: OperationId): string | undefined {
  return WAYS.find(([pattern]) => pattern.test(operation))?.[1];
}
