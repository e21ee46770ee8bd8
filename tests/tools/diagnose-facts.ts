import type { StartFact, TaskFact, VmFacts, VolumeFact } from "../../src/tools/diagnose/facts.ts";
import type { VmConfig } from "../../src/tools/diagnose/vm-config.ts";

const MAC = "bc:24:11:00:00:01";

const CONFIG: VmConfig = {
  name: "web01",
  cores: 2,
  sockets: 1,
  memory: "2048",
  agent: "1",
  boot: "order=scsi0;net0",
  scsi0: "local-lvm:vm-100-disk-0,size=32G",
  net0: `virtio=${MAC.toUpperCase()},bridge=vmbr0,firewall=1`,
};

const GIB = 1024 ** 3;

export function task(type: string, extra: Partial<TaskFact> = {}): TaskFact {
  return {
    upid: `UPID:pve1:000003E9:00000001:6B000000:${type}:100:root@pam:`,
    type,
    id: "100",
    user: "root@pam",
    outcome: "ok",
    status: "OK",
    starttime: 1_795_353_559,
    ...extra,
  };
}

/** A start that failed with these lines. */
export function failedStart(...log: string[]): { start: StartFact } {
  const status = (log.at(-1) ?? "").replace(/^TASK ERROR: /, "");
  return { start: { ...task("qmstart", { outcome: "failed", status }), log, firstLine: 1 } };
}

export function volume(key: string, volid: string, extra: Partial<VolumeFact> = {}): VolumeFact {
  return { key, volid, storage: volid.split(":")[0]!, kind: "disk", found: true, ...extra };
}

export function interfaces(...addresses: string[]): readonly Readonly<Record<string, unknown>>[] {
  const of = (list: string[]) => list.map((ip) => ({ "ip-address": ip, prefix: 24 }));
  return [
    { name: "lo", "hardware-address": "00:00:00:00:00:00", "ip-addresses": of(["127.0.0.1"]) },
    { name: "eth0", "hardware-address": MAC, "ip-addresses": of(addresses) },
  ];
}

type Extra = Partial<Omit<VmFacts, "config" | "nextConfig">> & { config?: Record<string, unknown> };

function facts({ config = {}, ...extra }: Extra): VmFacts {
  const all = Object.fromEntries(
    Object.entries({ ...CONFIG, ...config }).filter(([, value]) => value !== undefined && value !== null),
  );
  return {
    question: "boot",
    vmid: 100,
    name: "web01",
    node: "pve1",
    nodeOnline: true,
    quorate: true,
    template: false,
    config: all,
    nextConfig: all,
    pending: [],
    tasks: [],
    volumes: [volume("scsi0", "local-lvm:vm-100-disk-0")],
    storages: new Map([
      ["local-lvm", { storage: "local-lvm", type: "lvmthin", state: "available", used: 10 * GIB, total: 100 * GIB }],
    ]),
    bridges: { all: true, active: new Map([["vmbr0", true]]) },
    ...extra,
  };
}

/** A VM that is stopped, on a host that has all that it wants. */
export function stopped(extra: Extra = {}): VmFacts {
  return facts({
    run: { running: false, qmp: "stopped", uptime: 0 },
    host: { hvm: true, cpus: 16, memoryTotal: 64 * GIB, memoryFree: 32 * GIB },
    ...extra,
  });
}

/** A VM that runs for an hour, whose agent answers. */
export function running(extra: Extra = {}): VmFacts {
  return facts({
    run: { running: true, qmp: "running", uptime: 3600 },
    agent: {
      calls: [{ command: "network-get-interfaces", outcome: "ok" }],
      interfaces: interfaces("192.0.2.10"),
    },
    ...extra,
  });
}

/** The same, as its agent's diagnosis sees it. */
export function asked(extra: Extra = {}): VmFacts {
  return running({
    question: "agent",
    agent: {
      calls: [
        { command: "ping", outcome: "ok" },
        { command: "info", outcome: "ok" },
        { command: "network-get-interfaces", outcome: "ok" },
      ],
      version: "10.0.3",
      known: 40,
      disabled: [],
      interfaces: interfaces("192.0.2.10"),
    },
    ...extra,
  });
}
