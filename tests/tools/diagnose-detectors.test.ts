import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { answerOf, diagnose, verdictOf } from "../../src/tools/diagnose/answer.ts";
import { type RankedCause, rank, SEVERITIES, STAGE } from "../../src/tools/diagnose/cause.ts";
import type { VmFacts } from "../../src/tools/diagnose/facts.ts";
import { BOOT_DETECTORS } from "../../src/tools/diagnose/vm-boot-diagnose.ts";
import { AGENT_DETECTORS } from "../../src/tools/diagnose/vm-guest-agent-diagnose.ts";
import { asked, failedStart, interfaces, running, stopped, task, volume } from "./diagnose-facts.ts";

const GIB = 1024 ** 3;
const FAILED = "TASK ERROR: start failed: QEMU exited with code 1";

function look(facts: VmFacts) {
  return diagnose(facts, facts.question === "agent" ? AGENT_DETECTORS : BOOT_DETECTORS);
}

/** `severity cause` of everything that is found, in order. */
function found(facts: VmFacts): string[] {
  return look(facts).causes.map(({ cause, severity }) => `${severity} ${cause}`);
}

function missingDisk(extra: Partial<ReturnType<typeof volume>> = {}) {
  const found = { found: false, where: "GET …/content/local-lvm:vm-100-disk-0", says: "no such volume?" };
  return { volumes: [volume("scsi0", "local-lvm:vm-100-disk-0", { ...found, ...extra })] };
}

function storage(state: "inactive" | "disabled" | "elsewhere" | "undefined") {
  return {
    storages: new Map([["local-lvm", { storage: "local-lvm", state }]]),
    volumes: [{ key: "scsi0", volid: "local-lvm:vm-100-disk-0", storage: "local-lvm", kind: "disk" as const }],
  };
}

function filled(used: number, type = "lvmthin") {
  const total = 100 * GIB;
  return {
    storages: new Map([["local-lvm", { storage: "local-lvm", type, state: "available" as const, used, total }]]),
  };
}

const gone = { tasks: [], live: { all: true, tasks: [] } };

describe("a healthy VM", () => {
  test.each<[string, VmFacts]>([
    ["stopped", stopped()],
    ["running", running()],
    ["asked", asked()],
    ["running without an agent", running({ config: { agent: undefined }, agent: undefined as never })],
    [
      "a running one that is being backed up",
      running({
        run: { running: true, qmp: "running", uptime: 9, lock: "backup" },
        live: { all: true, tasks: [task("vzdump", { outcome: "running" })] },
      }),
    ],
    ["booting by network on purpose, and up", running({ config: { boot: "order=net0" } })],
    ["diskless, booting by network", stopped({ config: { scsi0: undefined, boot: "order=net0" }, volumes: [] })],
    [
      "with two cards, one unplugged",
      running({ config: { net1: "virtio=BC:24:11:00:00:02,bridge=vmbr0,link_down=1" } }),
    ],
    ["on a full thick LVM", running(filled(100 * GIB, "lvm"))],
    ["on a storage that is nearly full", running(filled(97 * GIB))],
    [
      "set up by cloud-init long ago, its drive taken out",
      running({ config: { ciuser: "admin", ipconfig0: "ip=dhcp" } }),
    ],
    [
      "passing a card through instead of having one",
      running({ config: { net0: undefined, hostpci0: "0000:41:00.0" } }),
    ],
  ])("%s: nothing above info", (_, facts) => {
    expect(found(facts).filter((one) => !one.startsWith("info"))).toEqual([]);
  });

  test("tells what was looked at", () => {
    expect(look(stopped()).fine).toEqual([
      "cluster is quorate",
      "not locked",
      "KVM available",
      "memory: wants 2 GiB, 32 GiB free",
      "storage local-lvm available",
      "1 volume present",
      "bridge vmbr0 up",
      "boot order scsi0, net0",
    ]);
    expect(look(asked()).fine).toEqual([
      "running for 60 min",
      "agent option on",
      "agent answers (version 10.0.3)",
      "all 40 commands allowed",
      "addresses 192.0.2.10/24",
    ]);
  });

  test("says nothing of what was not read", () => {
    const { causes, fine } = look({
      question: "boot",
      vmid: 100,
      node: "pve1",
      nodeOnline: true,
    });
    expect({ causes, fine }).toEqual({ causes: [], fine: [] });
  });
});

/** What fires, and with what the same detector stays silent. */
const TABLE: [cause: string, fires: VmFacts, silent: VmFacts][] = [
  ["blocks node-offline", stopped({ nodeOnline: false }), stopped()],
  ["blocks no-quorum", stopped({ quorate: false }), stopped({ quorate: undefined as never })],
  ["warning no-quorum", running({ quorate: false }), running()],
  [
    "blocks ha-error",
    stopped({ ha: { state: "error", where: "x" } }),
    stopped({ ha: { state: "started", request: "started", where: "x" } }),
  ],
  ["blocks ha-recovering", stopped({ ha: { state: "fence", where: "x" } }), stopped()],
  ["warning ha-at-work", stopped({ ha: { state: "request_start", where: "x" } }), stopped()],
  [
    "warning ha-wants-stopped",
    stopped({ ha: { state: "stopped", request: "stopped", where: "x" } }),
    running({ ha: { state: "stopped", request: "stopped", where: "x" } }),
  ],
  [
    "blocks ha-reverts-start",
    stopped({
      ha: { state: "stopped", request: "stopped", where: "x" },
      start: { ...task("qmstart"), log: [], firstLine: 1 },
    }),
    stopped({ ha: { state: "started", request: "started", where: "x" } }),
  ],
  [
    "warning ha-manager-sick",
    stopped({ ha: { state: "started", request: "started", sick: "pve1 (old timestamp - dead?, …)", where: "x" } }),
    running({ ha: { state: "started", request: "started", sick: "dead", where: "x" } }),
  ],
  ["blocks template", stopped({ template: true }), stopped()],
  ["blocks lock-stale", stopped({ run: { running: false, uptime: 0, lock: "backup" }, ...gone }), stopped()],
  [
    "warning lock-stale",
    running({ run: { running: true, qmp: "running", uptime: 9, lock: "snapshot-delete" }, ...gone }),
    running(),
  ],
  [
    "blocks locked",
    stopped({ run: { running: false, uptime: 0, lock: "backup" }, live: { all: false, tasks: [] } }),
    stopped(),
  ],
  [
    "blocks lock-held",
    stopped({
      run: { running: false, uptime: 0, lock: "rollback" },
      live: { all: true, tasks: [task("qmrollback", { outcome: "running", job: "j" })] },
    }),
    stopped(),
  ],
  ["blocks suspended", stopped({ run: { running: false, uptime: 0, lock: "suspended" } }), stopped()],
  [
    "warning lock-timeout",
    stopped(failedStart("TASK ERROR: can't lock file '/var/lock/qemu-server/lock-100.conf' - got timeout")),
    stopped(),
  ],
  ["blocks kvm-unavailable", stopped({ host: { hvm: false } }), stopped({ config: { kvm: 0 }, host: { hvm: false } })],
  [
    "blocks kvm-unavailable",
    stopped({
      host: undefined as never,
      ...failedStart(
        "TASK ERROR: KVM virtualisation configured, but not available. Either disable in VM configuration or enable in BIOS.",
      ),
    }),
    stopped({ host: {} }),
  ],
  [
    "blocks kvm-refused",
    stopped(failedStart("kvm: failed to initialize kvm: Device or resource busy", FAILED)),
    running(failedStart("kvm: failed to initialize kvm: Device or resource busy", FAILED)),
  ],
  [
    "blocks memory-short",
    stopped({
      config: { hugepages: "1024" },
      ...failedStart("kvm: unable to map backing store for guest RAM: Cannot allocate memory", FAILED),
    }),
    stopped({ config: { hugepages: "1024" } }),
  ],
  ["blocks too-many-cpus", stopped({ config: { cores: 17 } }), stopped({ config: { cores: 16 } })],
  ["warning memory-short", stopped({ config: { memory: "40960" } }), stopped({ config: { memory: "32768" } })],
  ["blocks memory-short", stopped({ config: { memory: "131072" } }), stopped({ config: { memory: "current=2048" } })],
  [
    "blocks memory-short",
    stopped({ config: { memory: "40960", hostpci0: "0000:81:00.0" }, pciDevices: new Set(["0000:81:00.0"]) }),
    stopped(),
  ],
  [
    "blocks memory-short",
    stopped({
      host: { memoryTotal: 64 * GIB, memoryFree: GIB },
      ...failedStart("kvm: cannot set up guest memory 'pc.ram': Cannot allocate memory", FAILED),
    }),
    running({ host: { memoryTotal: GIB, memoryFree: 0 } }),
  ],
  [
    "blocks device-mapping-missing",
    stopped({ config: { hostpci0: "mapping=gpu" }, pciMappings: new Map([["gpu", { defined: false }]]) }),
    stopped({ config: { hostpci0: "mapping=gpu" }, pciMappings: new Map([["gpu", { defined: true }]]) }),
  ],
  [
    "blocks device-mapping-unfit",
    stopped({
      config: { hostpci0: "mapping=gpu" },
      pciMappings: new Map([["gpu", { defined: true, complaint: "No mapping for node pve1." }]]),
    }),
    stopped({ config: { hostpci0: "mapping=gpu" } }),
  ],
  [
    "blocks device-mapping-missing",
    stopped({
      config: { hostpci0: "mapping=gpu" },
      ...failedStart("TASK ERROR: PCI device mapping not found for 'gpu'"),
    }),
    stopped(),
  ],
  [
    "blocks device-mapping-unfit",
    stopped({
      config: { usb0: "mapping=stick" },
      usbMappings: new Map([
        ["stick", { defined: true, complaint: "Invalid configuration: USB device '1:2' not found" }],
      ]),
    }),
    stopped({ config: { usb0: "host=1234:5678" } }),
  ],
  [
    "blocks pci-device-absent",
    stopped({ config: { hostpci0: "0000:82:00" }, pciDevices: new Set(["0000:81:00.0"]) }),
    stopped({ config: { hostpci0: "81:00,pcie=1" }, pciDevices: new Set(["0000:81:00.0"]) }),
  ],
  [
    "blocks pci-device-absent",
    stopped({
      config: { hostpci0: "82:00.0" },
      ...failedStart("TASK ERROR: no pci device info for device '0000:82:00.0'"),
    }),
    stopped({ config: { hostpci0: "82:00.0" } }),
  ],
  [
    "blocks pci-device-in-use",
    stopped(failedStart("TASK ERROR: PCI device '0000:81:00.0' already in use by VMID '105'")),
    stopped(),
  ],
  [
    "blocks pass-through-refused",
    stopped(failedStart("TASK ERROR: cannot prepare PCI pass-through, IOMMU not present")),
    stopped(),
  ],
  ["blocks storage-unavailable", stopped(storage("inactive")), stopped()],
  ["blocks storage-unavailable", stopped(storage("disabled")), stopped()],
  ["blocks storage-unavailable", stopped(storage("elsewhere")), stopped()],
  ["blocks storage-unavailable", stopped(storage("undefined")), stopped()],
  [
    "blocks storage-unavailable",
    stopped({ storages: new Map(), ...failedStart("TASK ERROR: storage 'local-lvm' is not online") }),
    stopped({ storages: new Map() }),
  ],
  ["warning storage-unavailable", running(storage("inactive")), running()],
  ["blocks volume-missing", stopped(missingDisk()), stopped(missingDisk({ found: undefined as never }))],
  [
    "blocks volume-missing",
    stopped({
      ...missingDisk({ found: undefined as never }),
      ...failedStart(
        "TASK ERROR: can't activate LV '/dev/pve/vm-100-disk-0':   Failed to find logical volume \"pve/vm-100-disk-0\"",
      ),
    }),
    stopped(),
  ],
  ["warning volume-missing", running(missingDisk()), running()],
  [
    "blocks iso-missing",
    stopped({ volumes: [volume("ide2", "local:iso/a.iso", { kind: "cdrom", found: false })] }),
    stopped({ volumes: [volume("ide2", "local:iso/a.iso", { kind: "cdrom" })] }),
  ],
  [
    "blocks snippet-missing",
    stopped({ volumes: [volume("cicustom", "local:snippets/a.yaml", { kind: "snippet", found: false })] }),
    stopped(),
  ],
  [
    "blocks storage-full",
    running({ run: { running: true, qmp: "io-error", uptime: 9 }, ...filled(100 * GIB) }),
    running(filled(50 * GIB)),
  ],
  ["warning storage-full", stopped(filled(100 * GIB)), stopped(filled(100 * GIB, "lvm"))],
  [
    "blocks storage-full",
    stopped({ ...filled(100 * GIB), ...failedStart("TASK ERROR: unable to create image: No space left on device") }),
    stopped(),
  ],
  ["info storage-nearly-full", stopped(filled(96 * GIB)), stopped(filled(94 * GIB))],
  ["blocks no-space", stopped(failedStart("TASK ERROR: unable to open file: No space left on device")), stopped()],
  [
    "blocks io-error",
    running({ run: { running: true, qmp: "io-error", uptime: 9 } }),
    running({ run: { running: true, qmp: "io-error", uptime: 9 }, ...filled(100 * GIB) }),
  ],
  [
    "blocks bridge-missing",
    stopped({ config: { net0: "virtio,bridge=vmbr9" } }),
    stopped({ config: { net0: "virtio,bridge=vmbr9" }, bridges: { all: false, active: new Map() } }),
  ],
  [
    "blocks bridge-missing",
    stopped({
      config: { net0: "virtio,bridge=vmbr9" },
      bridges: undefined as never,
      ...failedStart("bridge 'vmbr9' does not exist", FAILED),
    }),
    stopped(),
  ],
  ["blocks bridge-down", stopped({ bridges: { all: true, active: new Map([["vmbr0", false]]) } }), stopped()],
  [
    "blocks start-failed",
    stopped(failedStart("TASK ERROR: timeout waiting on systemd")),
    stopped(failedStart("TASK ERROR: VM is locked (backup)")),
  ],
  ["blocks paused", running({ run: { running: true, qmp: "paused", uptime: 9 } }), running()],
  ["blocks guest-panicked", running({ run: { running: true, qmp: "guest-panicked", uptime: 9 } }), running()],
  ["info in-between", running({ run: { running: true, qmp: "prelaunch", uptime: 0 } }), running()],
  [
    "info start-under-way",
    stopped({ start: { ...task("qmstart", { outcome: "running" }), log: [], firstLine: 1 } }),
    running({ start: { ...task("qmstart", { outcome: "running" }), log: [], firstLine: 1 } }),
  ],
  [
    "warning start-without-end",
    stopped({
      start: { ...task("qmstart", { outcome: "unknown", status: "unexpected status" }), log: [], firstLine: 1 },
    }),
    running({ start: { ...task("qmstart", { outcome: "unknown" }), log: [], firstLine: 1 } }),
  ],
  [
    "info start-warned",
    running({
      start: {
        ...task("qmstart", { outcome: "warnings", status: "WARNINGS: 1" }),
        log: ["WARN: no efidisk configured!"],
        firstLine: 1,
      },
    }),
    running({ start: { ...task("qmstart"), log: [], firstLine: 1 } }),
  ],
  [
    "info stopped-by-task",
    stopped({ tasks: [task("qmstop")] }),
    stopped({ tasks: [task("qmstop", { outcome: "failed" })] }),
  ],
  ["info not-started", stopped(), running()],
  [
    "info ended-by-itself",
    stopped({ start: { ...task("qmstart"), log: [], firstLine: 1 } }),
    stopped({ start: { ...task("qmstart"), log: [], firstLine: 1 }, tasks: [task("qmshutdown")] }),
  ],
  [
    "warning boot-order-without-disk",
    stopped({ config: { boot: "order=net0" } }),
    stopped({ config: { boot: "order=net0;scsi0" } }),
  ],
  ["blocks boot-order-empty", stopped({ config: { boot: "order=scsi9" } }), stopped({ config: { boot: undefined } })],
  ["blocks boot-order-empty", stopped({ config: { boot: "order=" } }), stopped({ config: { boot: "cdn" } })],
  [
    "blocks boot-order-empty",
    stopped({ config: { boot: "order=ide2", ide2: "none,media=cdrom" } }),
    stopped({ config: { boot: "order=hostpci0", hostpci0: "81:00.0" } }),
  ],
  [
    "warning boot-order-without-disk",
    stopped({ config: { boot: "order=ide2", ide2: "local:iso/a.iso,media=cdrom" } }),
    stopped({ config: { scsi0: undefined, boot: "order=ide2", ide2: "local:iso/a.iso,media=cdrom" }, volumes: [] }),
  ],
  ["info boot-order-ghost", stopped({ config: { boot: "order=sata0;scsi0" } }), stopped()],
  [
    "blocks nothing-to-boot",
    stopped({ config: { scsi0: undefined, net0: undefined, boot: undefined }, volumes: [] }),
    stopped(),
  ],
  [
    "info efi-disk-missing",
    stopped({ config: { bios: "ovmf" } }),
    stopped({ config: { bios: "ovmf", efidisk0: "local-lvm:vm-100-disk-1,size=4M" } }),
  ],
  ["warning frozen-at-start", stopped({ config: { freeze: 1 } }), stopped({ config: { freeze: 0 } })],
  ["info agent-option-off", running({ config: { agent: "enabled=0" } }), stopped({ config: { agent: "enabled=0" } })],
  [
    "blocks agent-option-off",
    asked({ config: { agent: undefined }, agent: undefined as never }),
    asked({ config: { agent: "enabled=1,fstrim_cloned_disks=1" } }),
  ],
  [
    "blocks agent-option-pending",
    asked({ config: { agent: undefined }, pending: [{ key: "agent", to: "1" }], agent: undefined as never }),
    asked(),
  ],
  ["info agent-goes-off", asked({ pending: [{ key: "agent", from: "1" }] }), asked()],
  [
    "blocks agent-silent",
    asked({ agent: { calls: [{ command: "ping", outcome: "silent", says: "QEMU guest agent is not running" }] } }),
    asked(),
  ],
  [
    "warning agent-silent",
    running({ agent: { calls: [{ command: "network-get-interfaces", outcome: "silent" }] } }),
    running(),
  ],
  [
    "info agent-not-yet",
    running({
      run: { running: true, qmp: "running", uptime: 30 },
      agent: { calls: [{ command: "x", outcome: "silent" }] },
    }),
    running(),
  ],
  [
    "warning agent-not-yet",
    asked({
      run: { running: true, qmp: "running", uptime: 30 },
      agent: { calls: [{ command: "ping", outcome: "silent" }] },
    }),
    asked(),
  ],
  [
    "warning agent-busy",
    asked({
      run: { running: true, qmp: "running", uptime: 3600, lock: "backup" },
      agent: { calls: [{ command: "ping", outcome: "silent" }] },
    }),
    asked(),
  ],
  [
    "warning agent-unsteady",
    asked({
      agent: {
        calls: [
          { command: "ping", outcome: "silent" },
          { command: "ping", outcome: "ok" },
        ],
      },
    }),
    asked(),
  ],
  [
    "blocks agent-call-failed",
    asked({ agent: { calls: [{ command: "ping", outcome: "failed", says: "odd" }] } }),
    asked(),
  ],
  [
    "warning agent-exec-disabled",
    asked({
      agent: {
        calls: [{ command: "info", outcome: "ok" }],
        known: 40,
        disabled: ["guest-exec", "guest-exec-status"],
        interfaces: interfaces("192.0.2.10"),
      },
    }),
    asked(),
  ],
  [
    "warning agent-files-disabled",
    asked({
      agent: {
        calls: [{ command: "info", outcome: "ok" }],
        known: 40,
        disabled: ["guest-file-open"],
        interfaces: interfaces("192.0.2.10"),
      },
    }),
    asked(),
  ],
  [
    "info agent-commands-disabled",
    asked({
      agent: {
        calls: [{ command: "info", outcome: "ok" }],
        known: 40,
        disabled: ["guest-set-user-password"],
        interfaces: interfaces("192.0.2.10"),
      },
    }),
    asked(),
  ],
  [
    "blocks agent-frozen",
    asked({
      agent: {
        calls: [{ command: "info", outcome: "ok" }],
        known: 40,
        disabled: Array.from({ length: 20 }, (_, i) => `guest-get-${i}`),
      },
    }),
    asked(),
  ],
  ["blocks vm-stopped", { ...stopped(), question: "agent" }, asked()],
  [
    "warning cloud-init-drive-missing",
    stopped({ config: { ciuser: "admin" } }),
    stopped({ config: { ciuser: "admin", ide2: "local-lvm:vm-100-cloudinit,media=cdrom" } }),
  ],
  [
    "info address-without-nic",
    stopped({ config: { ipconfig1: "ip=dhcp", ide2: "local-lvm:vm-100-cloudinit,media=cdrom" } }),
    stopped({ config: { ipconfig0: "ip=dhcp", ide2: "local-lvm:vm-100-cloudinit,media=cdrom" } }),
  ],
  [
    "warning no-nic",
    running({ config: { net0: undefined }, agent: { calls: [{ command: "x", outcome: "ok" }], interfaces: [] } }),
    running(),
  ],
  ["warning nic-without-bridge", stopped({ config: { net0: "virtio=BC:24:11:00:00:01" } }), stopped()],
  [
    "warning link-down",
    stopped({ config: { net0: "virtio=BC:24:11:00:00:01,bridge=vmbr0,link_down=1" } }),
    stopped({ config: { net0: "virtio,bridge=vmbr0,link_down=0" } }),
  ],
  [
    "warning no-address",
    running({ agent: { calls: [{ command: "x", outcome: "ok" }], interfaces: interfaces("169.254.1.2", "fe80::1") } }),
    running(),
  ],
  [
    "info no-address",
    running({
      run: { running: true, qmp: "running", uptime: 20 },
      agent: { calls: [{ command: "x", outcome: "ok" }], interfaces: interfaces() },
    }),
    running(),
  ],
  [
    "info changes-pending",
    running({ pending: [{ key: "memory", from: "1024", to: "2048" }] }),
    stopped({ pending: [{ key: "memory", from: "1024", to: "2048" }] }),
  ],
];

describe("a detector fires and stays silent", () => {
  test.each(TABLE)("%s", (cause, fires, silent) => {
    expect(found(fires)).toContain(cause);
    const name = cause.split(" ")[1];
    expect(found(silent).map((one) => one.split(" ")[1])).not.toContain(name);
  });

  test.each(TABLE)("%s has evidence, a place for each piece of it, and a call to make", (cause, fires) => {
    const one = look(fires).causes.find((each) => `${each.severity} ${each.cause}` === cause)!;
    expect(one.what).toMatch(/^[^\n]+\.$/);
    expect(one.evidence.length).toBeGreaterThan(0);
    for (const { where, says } of one.evidence) {
      expect(where).not.toBe("");
      expect(says).not.toBe("");
    }
    expect(one.next.tool).toMatch(/^(?:proxmox|job)_/);
    expect(JSON.stringify(one.next.arguments)).not.toMatch(/undefined|null|NaN|[A-Z]{4,}_/);
  });

  test("every id is met by the table", () => {
    expect(new Set(TABLE.map(([cause]) => cause.split(" ")[1])).size).toBeGreaterThan(55);
  });
});

describe("what the last start failed on", () => {
  const net = { net0: "virtio,bridge=vmbr0" };

  test.each<[string, VmFacts, RegExp]>([
    ["a lock", stopped(failedStart("TASK ERROR: VM is locked (backup)")), /lock backup is gone/],
    [
      "a volume",
      stopped(failedStart("TASK ERROR: volume 'local-lvm:vm-100-disk-0' does not exist")),
      /vm-100-disk-0 is there/,
    ],
    [
      "a volume that it no longer has",
      stopped(failedStart("TASK ERROR: volume 'local:iso/old.iso' does not exist")),
      /no longer names that volume/,
    ],
    ["a storage", stopped(failedStart("TASK ERROR: storage 'local-lvm' is not online")), /local-lvm is available/],
    ["a bridge", stopped({ config: net, ...failedStart("bridge 'vmbr0' does not exist", FAILED) }), /vmbr0 is up/],
    [
      "KVM",
      stopped(failedStart("TASK ERROR: KVM virtualisation configured, but not available.")),
      /has virtualization/,
    ],
    [
      "memory",
      stopped(failedStart("kvm: cannot set up guest memory 'pc.ram': Cannot allocate memory", FAILED)),
      /32 GiB are free/,
    ],
    ["processors", stopped(failedStart("TASK ERROR: MAX 16 vcpus allowed per VM on this node")), /2 of 16 processors/],
    [
      "a device",
      stopped({
        config: { hostpci0: "81:00.0" },
        pciDevices: new Set(["0000:81:00.0"]),
        ...failedStart("TASK ERROR: no pci device info for device '0000:81:00.0'"),
      }),
      /81:00\.0 is in pve1/,
    ],
    [
      "a mapping",
      stopped({
        config: { hostpci0: "mapping=gpu" },
        pciMappings: new Map([["gpu", { defined: true }]]),
        ...failedStart("TASK ERROR: PCI device mapping not found for 'gpu'"),
      }),
      /mapping gpu fits pve1/,
    ],
  ])("is told as settled when it is in order now: %s", (_, facts, says) => {
    const { causes } = look(facts);
    expect(causes.map(({ cause, severity }) => `${severity} ${cause}`)).toEqual(["info settled-since"]);
    expect(causes[0]!.what).toMatch(says);
    expect(causes[0]!.next).toEqual({ tool: "proxmox_vm_action", arguments: { vmid: 100, action: "start" } });
    expect(verdictOf(facts, causes, 0)).toMatch(/^VM 100 \(web01\) is stopped, and nothing that was checked keeps it/);
  });

  test("is evidence beside what is found now", () => {
    const [first] = look(
      stopped({ ...missingDisk(), ...failedStart("TASK ERROR: volume 'local-lvm:vm-100-disk-0' does not exist") }),
    ).causes;
    expect(first!.evidence.map(({ where }) => where)).toEqual([
      "config scsi0",
      "GET …/content/local-lvm:vm-100-disk-0",
      "log of the last start, line 1",
    ]);
  });

  test("is nobody's matter once it runs", () => {
    const facts = running(failedStart("TASK ERROR: volume 'local-lvm:vm-100-disk-0' does not exist"));
    expect(found(facts)).toEqual([]);
  });

  test("stands in the end in its own words when nothing explains it", () => {
    const { causes } = look(stopped(failedStart("kvm: -device foo: bad", FAILED)));
    expect(causes).toHaveLength(1);
    expect(causes[0]).toMatchObject({
      cause: "start-failed",
      what: expect.stringContaining("start failed: QEMU exited with code 1"),
      evidence: [{ where: "log of the last start, line 1", says: "kvm: -device foo: bad" }, { says: FAILED }],
      next: { tool: "proxmox_task_get" },
    });
  });

  test("counts lines from where its log was read", () => {
    const { start } = failedStart("TASK ERROR: timeout waiting on systemd");
    const [first] = look(stopped({ start: { ...start, firstLine: 41 } })).causes;
    expect(first!.evidence[0]!.where).toBe("log of the last start, line 41");
  });
});

describe("ranking", () => {
  test("puts what blocks first, and first what Proxmox meets first", () => {
    const facts = stopped({
      run: { running: false, uptime: 0, lock: "backup" },
      ...gone,
      host: { hvm: false, cpus: 1, memoryTotal: GIB, memoryFree: 0 },
      config: { hostpci0: "mapping=gpu", net0: "virtio,bridge=vmbr9", boot: "order=sata0" },
      pciMappings: new Map([["gpu", { defined: false }]]),
      ...missingDisk(),
      quorate: false,
      ha: { state: "error", where: "x" },
    });
    expect(found(facts)).toEqual([
      "blocks no-quorum",
      "blocks ha-error",
      "blocks lock-stale",
      "blocks kvm-unavailable",
      "blocks too-many-cpus",
      "blocks device-mapping-missing",
      "blocks volume-missing",
      "blocks bridge-missing",
      "blocks memory-short",
      "blocks boot-order-empty",
    ]);
  });

  test("is by severity, then by stage, and keeps the order of equals", () => {
    const of = (cause: string, severity: RankedCause["severity"], stage: number): RankedCause => ({
      cause,
      severity,
      stage,
      what: "",
      evidence: [],
      next: { tool: "", arguments: {} },
    });
    const causes = SEVERITIES.flatMap((severity) => [
      of(`${severity} late`, severity, STAGE.pending),
      of(`${severity} a`, severity, STAGE.lock),
      of(`${severity} b`, severity, STAGE.lock),
    ]).reverse();
    expect(rank(causes).map(({ cause }) => cause)).toEqual(
      SEVERITIES.flatMap((severity) => [`${severity} b`, `${severity} a`, `${severity} late`]),
    );
  });

  test("leaves out why it is stopped when something serious is found, and keeps it otherwise", () => {
    expect(found(stopped({ tasks: [task("qmstop")] }))).toEqual(["info stopped-by-task"]);
    expect(found(stopped({ tasks: [task("qmstop")], config: { boot: "order=net0" } }))).toEqual([
      "warning boot-order-without-disk",
    ]);
  });

  test("answers with a dozen causes at most, and says that there are more", () => {
    const many = Array.from({ length: 30 }, (_, i) =>
      volume(`scsi${i}`, `local-lvm:vm-100-disk-${i}`, { found: false }),
    );
    const answer = answerOf(stopped({ volumes: many }), "default", BOOT_DETECTORS, []);
    expect(answer.causes).toHaveLength(12);
    expect(answer.verdict).toContain("(and 29 more)");
    expect(answer.incomplete).toEqual([{ part: "causes", reason: "18 more, less serious, are left out" }]);
  });
});

describe("the verdict", () => {
  const verdict = (facts: VmFacts, gaps = 0) => verdictOf(facts, look(facts).causes, gaps);

  test.each<[VmFacts, RegExp]>([
    [running(), /^VM 100 \(web01\) runs, and nothing that was checked hinders it\.$/],
    [stopped(), /^VM 100 \(web01\) is stopped, and nothing that was checked keeps it from starting\. No attempt/],
    [stopped(missingDisk()), /does not start: Disk local-lvm:vm-100-disk-0 \(scsi0\) does not exist on pve1\.$/],
    [stopped({ ...missingDisk(), host: { hvm: false } }), /does not start: pve1 offers no hardware .* \(and 1 more\)$/],
    [stopped({ config: { boot: "order=sata0" } }), /would not come up: The boot order names nothing/],
    [stopped({ config: { ciuser: "a" } }), /is stopped, and would start with a catch: ciuser is set/],
    [stopped({ config: { memory: "40960" } }), /is stopped, and this may be why: It wants 40 GiB/],
    [running(missingDisk()), /runs, with a catch: At its next start: Disk/],
    [running({ run: { running: true, qmp: "paused", uptime: 1 } }), /runs and gets nowhere: It is paused/],
    [asked(), /^VM 100 \(web01\): the guest agent works\.$/],
    [asked({ agent: undefined as never }), /^VM 100 \(web01\): its guest agent could not be asked\.$/],
    [
      asked({ config: { agent: undefined }, agent: undefined as never }),
      /has no usable guest agent: The agent option is off/,
    ],
    [
      asked({ agent: { calls: [{ command: "info", outcome: "ok" }], known: 9, disabled: ["guest-exec"] } }),
      /has a guest agent with a limit: The guest has switched off running commands/,
    ],
  ])("%#", (facts, says) => {
    expect(verdict(facts)).toMatch(says);
  });

  test("says how much could not be looked at", () => {
    expect(verdict(running(), 1)).toMatch(/hinders it\. 1 check could not be made\.$/);
    expect(verdict(stopped(missingDisk()), 2)).toMatch(/2 checks could not be made\.$/);
  });
});

describe("locks", () => {
  const locked = (lock: string, tasks: ReturnType<typeof task>[], extra = {}) =>
    look(stopped({ run: { running: false, uptime: 0, lock }, live: { all: true, tasks }, ...extra })).causes[0]!;

  test.each([
    ["backup", "vzdump"],
    ["snapshot", "qmsnapshot"],
    ["snapshot-delete", "qmdelsnapshot"],
    ["rollback", "qmrollback"],
    ["migrate", "qmigrate"],
    ["create", "qmrestore"],
    ["clone", "qmclone"],
    ["suspending", "qmsuspend"],
  ])("%s is held while %s runs: wait for it", (lock, type) => {
    const live = task(type, { outcome: "running", job: "default/UPID#x" });
    expect(locked(lock, [live])).toMatchObject({
      cause: "lock-held",
      next: { tool: "job_wait", arguments: { id: "default/UPID#x" } },
    });
    expect(locked(lock, [task(type, { id: "999", outcome: "running", type: "qmother" })]).cause).toBe("lock-stale");
  });

  test("of a backup may be held by one of several guests", () => {
    const one = locked("backup", [task("vzdump", { id: "", outcome: "running" })]);
    expect(one).toMatchObject({ cause: "lock-held", what: expect.stringContaining("may hold") });
    expect(locked("backup", [task("vzdump", { id: "200", outcome: "running" })]).cause).toBe("lock-stale");
  });

  test("that is left behind names the task that left it, and no tool that would remove it", () => {
    const left = task("vzdump", { outcome: "unknown", status: "unexpected status" });
    const one = locked("backup", [], { tasks: [left] });
    expect(one.next).toMatchObject({
      tool: "proxmox_task_get",
      arguments: { upid: left.upid },
      note: expect.stringMatching(/Once a person has made sure.*qm unlock 100 on pve1/),
    });
    expect(one.evidence).toContainEqual({
      where: "GET /nodes/pve1/tasks?vmid=100",
      says: expect.stringContaining("unexpected status"),
    });
  });

  test("warns of what else is half done", () => {
    expect(locked("rollback", []).next.note).toMatch(/half rolled back/);
    expect(locked("migrate", []).next.note).toMatch(/target node/);
  });
});

describe("next calls", () => {
  test("name the cluster when there are several", () => {
    const { causes } = look(stopped({ ...missingDisk(), cluster: "paris" }));
    expect(causes[0]!.next.arguments).toMatchObject({ cluster: "paris" });
  });

  test("put right what they can", () => {
    const next = (facts: VmFacts) => look(facts).causes[0]!.next;
    const iso = [volume("ide2", "local:iso/a.iso", { kind: "cdrom", found: false })];
    expect(next(stopped({ volumes: iso })).arguments).toEqual({ vmid: 100, config: { ide2: "none,media=cdrom" } });
    expect(next(stopped({ config: { boot: "order=sata0" } })).arguments).toEqual({
      vmid: 100,
      config: { boot: "order=scsi0" },
    });
    expect(next(stopped({ config: { ciuser: "a", ide2: "none,media=cdrom" } })).arguments).toEqual({
      vmid: 100,
      config: { ide0: "local-lvm:cloudinit" },
    });
    expect(next(stopped({ config: { net0: "virtio,bridge=vmbr0,link_down=1" } })).arguments).toEqual({
      vmid: 100,
      config: { net0: { link_down: 0 } },
    });
    expect(next(stopped({ config: { cores: 64 } })).arguments).toEqual({
      vmid: 100,
      config: { sockets: 1, cores: 16 },
    });
  });

  test("never take a disk away", () => {
    for (const [, facts] of TABLE) {
      for (const { next } of look(facts).causes) {
        const text = JSON.stringify(next.arguments);
        expect(text).not.toMatch(/"delete":\["(?:scsi|virtio|sata|ide|unused|efidisk|tpmstate)/);
        expect(text).not.toMatch(/"(?:scsi|virtio|sata)\d+":"none/);
        expect(text).not.toContain("unlock");
      }
    }
  });
});

test("every cause is documented", () => {
  const text = readFileSync(new URL("../../docs/diagnosis.md", import.meta.url), "utf8");
  const ids = [...TABLE.map(([cause]) => cause.split(" ")[1]), "settled-since"];
  expect(ids.filter((id) => !text.includes(`\`${id}\``))).toEqual([]);
});
