import type { Builder } from "./build.ts";

/** The five guests that every cluster has: running, failing to start, stopped, a container, a template. */
export function pair(builder: Builder, first: number): void {
  const node = builder.state.entry.name;
  builder.vm(first, node, "web01", { running: true, extra: { tags: "prod;web", description: "front end" } });
  builder.vm(first + 1, node, "legacy-app", {
    extra: { ide2: "local:iso/missing.iso,media=cdrom", boot: "order=ide2;scsi0", tags: "legacy" },
  });
  builder.vm(first + 2, node, "build01", { storage: "nfs", extra: { tags: "ci" } });
  builder.ct(first + 3, node, "dns01", { running: true, extra: { tags: "infra;prod" } });
  builder.vm(first + 4, node, "debian-13-template", { extra: { template: 1, onboot: 0, tags: "template" } });
}

/** Guests with a particular trouble each. */
export function characters(builder: Builder, first: number): void {
  const { state } = builder;
  const nodes = [...state.nodes.keys()];
  const [one, two = one, three = two] = nodes as [string, string?, string?];
  builder.vm(first, one, "db-locked", { extra: { lock: "backup", tags: "prod;db" } });
  builder.ha(builder.vm(first + 1, one, "ha-stopped", { storage: "nfs", extra: { tags: "ha" } }), "stopped");
  builder.ha(
    builder.vm(first + 2, two!, "ha-running", { storage: "nfs", running: true, extra: { tags: "ha" } }),
    "started",
  );
  builder.vm(first + 3, one, "agent-dead", { running: true }).agent = "stopped";
  builder.vm(first + 4, two!, "no-agent", { running: true, agent: false });
  builder.vm(first + 5, three!, "stubborn", { running: true, agent: false }).traits.ignoresShutdown = true;
  builder.vm(first + 6, one, "with-warnings").traits.startWarnings = ["iothread is only valid with virtio disk"];
  builder.ct(first + 7, two!, "ct-stopped");
  builder.vm(first + 8, one, "precious", { extra: { protection: 1, tags: "prod" } });
  const snapped = builder.vm(first + 9, three!, "snapped", { storage: "nfs", running: true });
  const day = Math.floor(Date.now() / 1000) - 86_400;
  snapped.snapshots.push(
    { name: "before-upgrade", snaptime: day - 86_400, description: "before the upgrade", vmstate: 0 },
    { name: "after-upgrade", snaptime: day, description: "", parent: "before-upgrade", vmstate: 0 },
  );
  builder.vm(first + 10, one, "twin", { running: true });
  builder.vm(first + 11, two!, "twin", { running: true });
  const changed = builder.vm(first + 12, one, "changed", { running: true });
  changed.pending.memory = "16384";
  builder.ct(first + 13, three!, "ct-locked", { extra: { lock: "snapshot" } });
  builder.vm(first + 14, three!, "paused", { running: true }).paused = true;
  builder.pool("production", "what earns the money", [first, first + 8]);
  builder.pool("lab", "anything goes", [first + 3, first + 4]);
}

/** Some tasks of the past, of every kind of end. */
export function history(builder: Builder, first: number): void {
  const node = builder.state.entry.name;
  const id = String(first);
  builder.past(node, "startall", "", 2900, 4, "OK");
  builder.past(node, "qmcreate", id, 2800, 3, "OK", [
    `scsi0: successfully created disk 'local-lvm:vm-${id}-disk-0,size=32G'`,
  ]);
  builder.past(node, "vzdump", "", 1400, 180, "WARNINGS: 1", [
    "INFO: starting new backup job: vzdump --all 1 --storage nfs",
    ...Array.from({ length: 70 }, (_, i) => `INFO:  ${Math.min(100, Math.round((i * 100) / 69))}% done`),
    "WARN: skipping a disk that has backup=0",
  ]);
  builder.past(node, "vzdump", String(first + 2), 700, 20, "job errors", [
    `INFO: starting new backup job: vzdump ${first + 2} --storage nfs`,
    `ERROR: Backup of VM ${first + 2} failed - no space left on device`,
  ]);
  builder.past(node, "qmstart", String(first + 1), 30, 1, "volume 'local:iso/missing.iso' does not exist");
  builder.past(node, "aptupdate", "", 200, 12, "unexpected status", ["starting apt-get update"]);
}
