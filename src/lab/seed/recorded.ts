import type { Builder } from "./build.ts";
import { recordedHost } from "./recorded-host.ts";

/** Bytes of the machine on which real exchanges were recorded. */
const MEMORY = 25_276_510_208;
const DISK = 270_553_174_016;
const USED = 33_118_715_904;
const ISO_BYTES = 1_048_576;
const TEMPLATE_BYTES = 54_601_718;
const BOOTED_BEFORE_MS = 3_600_000;
/** SHA-1 of an empty file: the storage is the built-in one, as nothing was configured. */
const EMPTY_DIGEST = "da39a3ee5e6b4b0d3255bfef95601890afd80709";

/**
 * The state from which the recordings of real exchanges start: a node of its own with the built-in storage, one image
 * and one container template, and no guests.
 */
export function recorded(builder: Builder, fingerprint: string, version: string): void {
  const { state } = builder;
  builder.nodes(1, fingerprint, version, { cpus: 2, gib: MEMORY / 1_073_741_824 });
  const node = state.entry;
  state.hosts.profile = recordedHost;
  Object.assign(node, {
    nodeid: 0,
    ip: "198.51.100.1",
    maxcpu: 2,
    maxmem: MEMORY,
    maxdisk: DISK,
    useddisk: USED,
    bootedAt: Date.now() - BOOTED_BEFORE_MS,
  });
  state.storages.set("local", {
    storage: "local",
    type: "dir",
    content: ["images", "rootdir", "vztmpl", "iso", "backup", "snippets"],
    shared: false,
    definition: { path: "/var/lib/vz", priority: 0, "prune-backups": "keep-all=1", digest: EMPTY_DIGEST },
    disabled: false,
    inactiveOn: new Set(),
    total: DISK,
    used: new Map([[node.name, USED]]),
  });
  Object.assign(state.datacenter, { internet: false, loopback: false, cgroupMode: 1 });
  state.access.addToken("root@pam", "realpve", { privsep: false, comment: "smoke token" });
  builder.volume("local:iso/test.iso", node.name, "iso", ISO_BYTES);
  builder.volume("local:vztmpl/debian-12-standard_12.7-1_amd64.tar.zst", node.name, "vztmpl", TEMPLATE_BYTES);
}
