import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { labEnvironment, openLabSession, openSession, type Session } from "../support/session.ts";

type Data = Record<string, unknown>;

const UPDATE = "proxmox_vm_update_config";
const MAC = "BC:24:11:AA:BB:01";
const CONFIG: Readonly<Record<string, string | number>> = {
  name: "web01",
  memory: "2048",
  cores: 2,
  boot: "order=scsi0;net0",
  net0: `virtio=${MAC},bridge=vmbr0,firewall=1`,
  scsi0: "local-lvm:vm-100-disk-0,iothread=1,size=16G",
  smbios1: "uuid=4f632ff7-aabf-43e1-a31c-f11cc9508561",
  tags: "prod;web",
  description: "front end",
};

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40 });
  lab = session.lab;
});
afterAll(() => session?.close());

const vm = () => lab.state.guests.get(100)!;

/** Gives VM 100 the configuration above, and something else on request. */
function reset(running: boolean, extra: Record<string, string | number> = {}): void {
  Object.assign(vm(), { running, config: { ...CONFIG, ...extra }, pending: {}, pendingDelete: [] });
  lab.state.touch(vm());
}
beforeEach(() => {
  lab.faults.clear();
  reset(false);
});

const writes = () => lab.requests.filter(({ method, path }) => method !== "GET" && path.endsWith("/qemu/100/config"));
const update = (args: Data, on: Session = session) => on.call(UPDATE, { vmid: 100, ...args });

/** Changes the configuration behind the server's back, right before its next write. */
const meanwhile = (extra: Record<string, string | number>, times = 1) => {
  lab.faults.add({
    match: { method: "POST", path: /\/qemu\/100\/config$/ },
    times,
    before: () => {
      for (const [key, value] of Object.entries(extra))
        vm().config[key] = times > 1 ? `${value}${vm().config[key]}` : value;
      lab.state.touch(vm());
    },
  });
};

describe("property strings", () => {
  test.each<[string, Data, Data]>([
    [
      "a NIC keeps its MAC",
      { net0: { bridge: "vmbr1", tag: 20 } },
      { net0: `virtio=${MAC},bridge=vmbr1,firewall=1,tag=20` },
    ],
    ["so it does when a text forgets it", { net0: "virtio,bridge=vmbr1" }, { net0: `virtio=${MAC},bridge=vmbr1` }],
    ["a key is unset by null", { net0: { firewall: null } }, { net0: `virtio=${MAC},bridge=vmbr0` }],
    ["another model keeps the rest", { net0: { model: "e1000" } }, { net0: `e1000=${MAC},bridge=vmbr0,firewall=1` }],
    [
      "a drive keeps its volume and size",
      { scsi0: { cache: "none" } },
      { scsi0: "local-lvm:vm-100-disk-0,cache=none,iothread=1,size=16G" },
    ],
    [
      "a text for a drive keeps its size",
      { scsi0: "local-lvm:vm-100-disk-0,ssd=1" },
      { scsi0: "local-lvm:vm-100-disk-0,size=16G,ssd=1" },
    ],
    [
      "the machine keeps its UUID",
      { smbios1: { base64: 1, serial: "QUJD" } },
      { smbios1: /uuid=4f632ff7-aabf-43e1-a31c-f11cc9508561/ },
    ],
    ["a boot order is a list", { boot: { order: ["net0", "scsi0"] } }, { boot: "order=net0;scsi0" }],
    [
      "numbers and booleans are what they are",
      { memory: 4096, onboot: true, agent: true },
      { memory: "4096", onboot: 1, agent: "1" },
    ],
    ["tags are a list", { tags: ["b", "a"] }, { tags: "a;b" }],
    ["a new NIC needs no model", { net3: { bridge: "vmbr0" } }, { net3: /^virtio=BC:24:11:.*,bridge=vmbr0$/ }],
  ])("%s", async (_, config, stored) => {
    const { data, error } = await update({ config });
    expect(error).toBeUndefined();
    for (const [key, value] of Object.entries(stored))
      expect(vm().config[key]).toEqual(value instanceof RegExp ? expect.stringMatching(value) : value);
    expect(data.changed.map(({ key }: { key: string }) => key)).toEqual(Object.keys(stored).sort());
    expect(data.pending).toEqual([]);
    expect(data.warnings).toBeUndefined();
  });

  test("sshkeys are encoded twice on the wire, and so arrive as they were", async () => {
    reset(false, { ide2: "local-lvm:vm-100-cloudinit,media=cdrom" });
    const keys = ["ssh-ed25519 AAAAC3Nza+/C1lZDI1=  me@here", "ssh-rsa AAAAB3Nza(x) it's!"];
    const { data, text } = await update({ config: { sshkeys: keys } });
    const stored = String(vm().config.sshkeys);
    expect(stored).toMatch(/^[-%a-zA-Z0-9_.!~*'()]*$/);
    expect(decodeURIComponent(stored)).toBe(keys.join("\n"));
    expect(data.changed).toEqual([{ key: "sshkeys", to: "2 keys" }]);
    expect(text).not.toContain("AAAA");
    const again = await update({ config: { sshkeys: stored } });
    expect(again.data.warnings).toContain("Nothing had to be changed.");
  });
});

describe("what is told afterwards", () => {
  test("of a running VM: what is in force, and what waits for its restart", async () => {
    reset(true);
    const { data } = await update({ config: { description: "new", cores: 4 }, delete: ["tags"] });
    expect(data).toMatchObject({
      cluster: "default",
      vmid: 100,
      name: "web01",
      node: "pve1",
      job: { state: "ok", type: "qmconfig" },
    });
    expect(data.changed).toEqual([
      { key: "cores", from: "2", to: "4" },
      { key: "description", from: "front end", to: "new" },
      { key: "tags", from: "prod;web" },
    ]);
    expect(data.pending).toEqual([{ key: "cores", from: "2", to: "4" }]);
    const more = await update({ config: { cores: 6 }, delete: ["smbios1"] });
    expect(more.data.changed).toContainEqual({ key: "cores", from: "4", to: "6" });
    expect(more.data.pending).toEqual([
      { key: "cores", from: "2", to: "6" },
      { key: "smbios1", from: "uuid=4f632ff7-aabf-43e1-a31c-f11cc9508561" },
    ]);
  });

  test("what Proxmox has made of it, where that is more than was asked", async () => {
    const { data } = await update({ config: { scsi1: "local-lvm:8,ssd=1" } });
    expect(data.changed).toEqual([{ key: "scsi1", to: "local-lvm:vm-100-disk-1,size=8G,ssd=1" }]);
  });

  test("a task that still runs, without waiting", async () => {
    lab.state.pace.taskMs = 600_000;
    const { data } = await update({ config: { cores: 4 }, waitSeconds: 0 });
    lab.state.pace.taskMs = 40;
    expect(data.job.state).toBe("running");
    expect(data.changed).toBeUndefined();
    expect(data.warnings.join(" ")).toContain("job_wait");
    lab.state.tasks.cancel(lab.state.tasks.get(data.job.upid)!);
  });

  test("that nothing had to be changed, and nothing was sent", async () => {
    const before = writes().length;
    const { data } = await update({ config: { cores: 2, net0: { firewall: true } }, delete: ["balloon"] });
    expect(data).toMatchObject({ changed: [], warnings: ["Nothing had to be changed."] });
    expect(writes()).toHaveLength(before);
  });

  test("that cloud-init has no drive to read from", async () => {
    const { data } = await update({ config: { ciuser: "ops" } });
    expect(data.warnings.join(" ")).toContain("no cloud-init drive");
    const other = await update({ config: { ciuser: "ops2", ide2: "local-lvm:cloudinit" } });
    expect(other.data.warnings.join(" ")).toContain("with the next start");
  });

  test("that the task ended well and the option is as before", async () => {
    lab.faults.add({ fault: "task-misses-goal", match: { method: "POST", path: /\/qemu\/100\/config$/ }, times: 1 });
    const { data, error } = await update({ config: { cores: 8 } });
    expect(error).toBeUndefined();
    expect(data.warnings.join(" ")).toContain("cores is as before");
  });
});

describe("disks", () => {
  test.each<[string, Data]>([
    ["a new disk", { scsi0: "local-lvm:8" }],
    ["a new disk as an object", { scsi0: { file: "local-lvm:8" } }],
    ["the same by the alias", { scsi0: { volume: "nfs:8" } }],
    ["an import", { scsi0: "local-lvm:0,import-from=nfs:102/vm-102-disk-0.qcow2" }],
    ["another volume", { scsi0: "nfs:100/vm-100-disk-7.qcow2" }],
    ["nothing", { scsi0: "none,media=cdrom" }],
  ])("an occupied slot does not get %s by mistake", async (_, config) => {
    const before = writes().length;
    const { error } = await update({ config });
    expect(error).toMatchObject({
      code: "invalid-argument",
      message: expect.stringContaining("vm-100-disk-0 off the slot"),
    });
    expect(error?.next).toContain("replaceDisks: true");
    expect(writes()).toHaveLength(before);
  });

  test("but on purpose it does, and the old one is told of", async () => {
    const { data, error } = await update({ config: { scsi0: { file: "local-lvm:8" } }, replaceDisks: true });
    expect(error).toBeUndefined();
    expect(data.warnings).toEqual([
      "scsi0: local-lvm:vm-100-disk-0 is detached and stays as an unused disk; a new, empty or imported one takes its place.",
    ]);
    expect(data.changed).toEqual([
      expect.objectContaining({
        key: "scsi0",
        to: expect.stringMatching(/^local-lvm:vm-100-disk-\d+,iothread=1,size=8G$/),
      }),
      { key: "unused0", to: "local-lvm:vm-100-disk-0" },
    ]);
  });

  test.each<[string, Data, RegExp]>([
    [
      "an empty slot needs a volume",
      { scsi5: { cache: "none" } },
      /names no volume, and the slot is empty.*local-lvm:32/,
    ],
    ["a size in the configuration resizes nothing", { scsi0: { size: "32G" } }, /another size.*resize/],
  ])("%s", async (_, config, says) => {
    const { text } = await update({ config });
    expect(text).toMatch(says);
  });

  test("an ISO is exchanged without a word", async () => {
    reset(false, { ide2: "nfs:iso/virtio-win-0.1.285.iso,media=cdrom,size=772M" });
    const { data, error } = await update({ config: { ide2: { file: "local:iso/debian-13.1.0-amd64-netinst.iso" } } });
    expect(error).toBeUndefined();
    expect(data.warnings).toBeUndefined();
    expect(vm().config.ide2).toBe("local:iso/debian-13.1.0-amd64-netinst.iso,media=cdrom,size=756M");
  });

  test("a CD drive comes under either name, and Proxmox boots from it last", async () => {
    const { data } = await update({ config: { cdrom: "none" } });
    expect(data.changed).toEqual([
      { key: "boot", from: "order=scsi0;net0", to: "order=scsi0;net0;ide2" },
      { key: "ide2", to: "none,media=cdrom" },
    ]);
  });

  test("taking one away is confirmed by the VM's name, and tells what becomes of it and of the boot order", async () => {
    const { error } = await update({ delete: ["scsi0"] });
    expect(error?.code).toBe("confirmation-required");
    const plan = error!.data!.plan as { planId: string; confirm: string };
    expect(plan).toMatchObject({
      class: "destructive",
      confirm: "web01",
      diff: [{ key: "scsi0", from: CONFIG.scsi0 }],
      warnings: [
        "scsi0: the volume local-lvm:vm-100-disk-0 is detached and stays as an unused disk.",
        "boot: scsi0 leaves the boot order; left: net0.",
      ],
    });
    expect(Object.keys(plan)).not.toContain("touched");
    expect(vm().config.scsi0).toBeDefined();
    const { planId, confirm } = plan;
    const done = await update({ delete: ["scsi0"], planId, confirm });
    expect(done.error).toBeUndefined();
    expect(done.data.changed).toEqual([
      { key: "boot", from: "order=scsi0;net0", to: "order=net0" },
      { key: "scsi0", from: CONFIG.scsi0 },
      { key: "unused0", to: "local-lvm:vm-100-disk-0" },
    ]);
  });

  test("a confirmed change is not made of a configuration that has changed since", async () => {
    const { error } = await update({ delete: ["scsi0"] });
    const { planId, confirm } = error!.data!.plan as { planId: string; confirm: string };
    vm().config.description = "theirs";
    lab.state.touch(vm());
    const refused = await update({ delete: ["scsi0"], planId, confirm });
    expect(refused.error?.code).toBe("plan-refused");
    expect(vm().config.scsi0).toBeDefined();
  });

  test.each<[string, Data, RegExp]>([
    [
      "an unused disk is destroyed for good",
      { delete: ["unused0"] },
      /unused0: the volume local-lvm:vm-100-disk-9 is destroyed for good/,
    ],
    [
      "so is any with force",
      { delete: ["scsi0"], config: { force: true } },
      /scsi0: the volume local-lvm:vm-100-disk-0 is destroyed for good/,
    ],
  ])("%s", async (_, args, says) => {
    reset(false, { unused0: "local-lvm:vm-100-disk-9" });
    const { data } = await update({ ...args, dryRun: true });
    expect(data.plan).toMatchObject({ class: "destructive", confirm: "web01" });
    expect(data.plan.warnings.join(" ")).toMatch(says);
  });
});

describe("two writers", () => {
  test("what another one changed elsewhere does not matter", async () => {
    meanwhile({ description: "theirs" });
    const before = writes().length;
    const { data, error } = await update({ config: { cores: 4 } });
    expect(error).toBeUndefined();
    expect(data.changed).toEqual([{ key: "cores", from: "2", to: "4" }]);
    expect(vm().config).toMatchObject({ description: "theirs", cores: 4 });
    const digests = writes()
      .slice(before)
      .map(({ params }) => params.digest);
    expect(digests).toHaveLength(2);
    expect(new Set(digests).size).toBe(2);
  });

  test("what another one changed of the same is not overwritten", async () => {
    meanwhile({ net0: `virtio=${MAC},bridge=vmbr7` });
    const { error } = await update({ config: { net0: { tag: 5 } } });
    expect(error).toMatchObject({
      code: "config-conflict",
      message: expect.stringContaining("net0"),
      data: { changed: ["net0"], now: { net0: `virtio=${MAC},bridge=vmbr7` } },
    });
    expect(vm().config.net0).toBe(`virtio=${MAC},bridge=vmbr7`);
  });

  test("one who writes all the time is given way to in the end", async () => {
    meanwhile({ description: "x" }, 50);
    const before = writes().length;
    const { error } = await update({ config: { cores: 4 } });
    lab.faults.clear();
    expect(error?.code).toBe("digest-mismatch");
    expect(writes().length - before).toBe(5);
    expect(vm().config.cores).toBe(2);
  });

  test("a worker that finds the configuration changed is a mismatch as well", async () => {
    lab.faults.add({
      match: { method: "POST", path: /\/qemu\/100\/config$/ },
      times: 1,
      taskOutcome: "checksum mismatch (file change by other user?)",
    });
    const { data, error } = await update({ config: { cores: 4 } });
    expect(error).toBeUndefined();
    expect(data.job.state).toBe("ok");
    expect(vm().config.cores).toBe(4);
  });

  test("at one server, and at two, lose nothing of each other", async () => {
    const other = await openSession(labEnvironment(lab));
    const options: Data[] = [
      { cores: 7 },
      { memory: 8192 },
      { description: "all" },
      { net0: { tag: 9 } },
      { scsi0: { ssd: true } },
      { onboot: 1 },
      { tags: "x" },
      { balloon: 1024 },
    ];
    const answers = await Promise.all(
      options.map((config, index) => update({ config }, index % 2 === 0 ? session : other)),
    );
    await other.close();
    const failed = answers.filter(({ error }) => error !== undefined).map(({ error }) => error?.code);
    // Whoever was given way to has said so; nothing that was told to be there is missing.
    expect(failed.filter((code) => code !== "digest-mismatch")).toEqual([]);
    for (const [index, { data, error }] of answers.entries()) {
      if (error) continue;
      const [[key]] = Object.entries(options[index]!) as [[string, unknown]];
      expect(data.changed).toContainEqual(expect.objectContaining({ key }));
      expect(String(vm().config[key])).toBe(data.changed.find((row: Data) => row.key === key).to);
    }
    expect(failed.length).toBeLessThan(4);
  });
});

describe("what goes wrong", () => {
  test("a hotplug problem is an error, and what waits for the restart is told", async () => {
    reset(true);
    vm().traits.ignoresShutdown = true;
    const { error } = await update({ config: { net0: { model: "e1000" }, description: "kept" } });
    delete vm().traits.ignoresShutdown;
    expect(error).toMatchObject({
      code: "task-failed",
      next: expect.stringContaining("Kept all the same: description, net0"),
    });
    expect(error?.data).toMatchObject({
      job: { state: "failed", log: expect.arrayContaining([expect.stringContaining("hot-unplugging")]) },
      pending: [{ key: "net0", from: CONFIG.net0, to: `e1000=${MAC},bridge=vmbr0,firewall=1` }],
    });
  });

  test("so is one that comes before a task, though the change is kept", async () => {
    lab.faults.add({
      match: { method: "POST", path: /\/qemu\/100\/config$/ },
      status: 400,
      reason: "Parameter verification failed.",
      errors: { net0: "hotplug problem - Bus not found" },
      afterWork: true,
      before: () => {
        vm().config.net0 = `virtio=${MAC},bridge=vmbr0,firewall=1,tag=30`;
        lab.state.touch(vm());
      },
    });
    const { error } = await update({ config: { net0: { tag: 30 } } });
    expect(error).toMatchObject({ code: "proxmox-error", message: expect.stringContaining("hotplug problem") });
    expect(error?.next).toContain("Kept all the same: net0");
    expect(error?.data).toMatchObject({ changed: [{ key: "net0", to: expect.stringContaining("tag=30") }] });
  });

  test("a failure on the way is an error with the task's log, and tells what was kept and what was not", async () => {
    const { error } = await update({ config: { description: "kept", hostpci0: { host: "0000:81:00.0" } } });
    expect(error?.code).toBe("task-failed");
    expect(error?.message).toContain("only root can set 'hostpci0'");
    expect(error?.next).toMatch(/Kept all the same: description.*proxmox_vm_pci_attach/);
    expect(error?.data).toMatchObject({
      changed: [{ key: "description", from: "front end", to: "kept" }],
      job: { state: "failed", exitstatus: expect.stringContaining("only root"), log: expect.any(Array) },
    });
    const none = await update({ config: { hostpci0: { host: "0000:81:00.0" } } });
    expect(none.error?.next).toContain("Nothing of the change was kept.");
  });

  // A task of the test before that began in the same second cannot be told from it: then the outcome stays open, rightly.
  test("a lost answer is found by its task, and nothing is sent twice", { retry: 2 }, async () => {
    lab.faults.add({ fault: "cut-before-answer", match: { method: "POST", path: /\/qemu\/100\/config$/ }, times: 1 });
    const before = writes().length;
    const { data, error } = await update({ config: { cores: 5 } });
    expect(error).toBeUndefined();
    expect(data.changed).toEqual([{ key: "cores", from: "2", to: "5" }]);
    expect(writes().length - before).toBe(1);
  });

  test("a lock is told, and nothing is changed", async () => {
    const off = lab.faults.add({ fault: "guest-locked", vmid: 100, lock: "backup" });
    const { error } = await update({ config: { cores: 5 } });
    off();
    expect(error).toMatchObject({ code: "guest-locked", data: { lock: "backup" } });
    expect(vm().config.cores).toBe(2);
  });

  test("a VM that has moved is changed where it is", async () => {
    await session.call("proxmox_vm_get", { vmid: 100 });
    lab.faults.add({
      fault: "guest-moves",
      vmid: 100,
      to: "pve2",
      match: { method: "GET", path: /\/100\/config$/ },
      times: 1,
    });
    const { data, error } = await update({ config: { cores: 5 } });
    expect(error).toBeUndefined();
    expect(data.node).toBe("pve2");
    expect(vm().config.cores).toBe(5);
    vm().node = "pve1";
    lab.state.touch(vm());
    await session.call("proxmox_api_call", { method: "PUT", path: "/cluster/options", params: { keyboard: "de" } });
  });

  test("an offline node is not asked", async () => {
    const { vmid } = [...lab.state.guests.values()].find(({ node, type }) => node === "pve3" && type === "qemu")!;
    const off = lab.faults.add({ fault: "node-down", node: "pve3" });
    await session.call("proxmox_api_call", { method: "PUT", path: "/cluster/options", params: { keyboard: "de" } });
    const { error } = await update({ vmid, config: { cores: 5 } });
    off();
    await session.call("proxmox_api_call", { method: "PUT", path: "/cluster/options", params: { keyboard: "en-us" } });
    expect(error).toMatchObject({ code: "node-offline", data: { node: "pve3" } });
  });

  test("a plan is the requests, the difference and the privileges, and writes nothing", async () => {
    const before = writes().length;
    const { data } = await update({
      config: { net0: { tag: 20 }, cipassword: "hunter22" },
      delete: ["tags"],
      dryRun: true,
    });
    expect(data.plan).toMatchObject({
      requests: [
        {
          operation: "POST /nodes/{node}/qemu/{vmid}/config",
          params: { node: "pve1", vmid: 100, delete: "tags", digest: expect.any(String) },
        },
      ],
      class: "mutate",
      diff: [
        { key: "net0", from: CONFIG.net0, to: `virtio,bridge=vmbr0,firewall=1,macaddr=${MAC},tag=20` },
        { key: "cipassword", to: "**********" },
        { key: "tags", from: "prod;web" },
      ],
      privileges: { held: true },
      planId: expect.any(String),
    });
    expect(JSON.stringify(data)).not.toContain("hunter22");
    expect(writes()).toHaveLength(before);
    const done = await update({
      config: { net0: { tag: 20 }, cipassword: "hunter22" },
      delete: ["tags"],
      planId: data.plan.planId,
    });
    expect(done.error).toBeUndefined();
    expect(JSON.stringify(done.data)).not.toContain("hunter22");
    expect(vm().config.net0).toBe(`virtio=${MAC},bridge=vmbr0,firewall=1,tag=20`);
  });

  test.each<[string, Data, RegExp]>([
    ["nothing to do", {}, /config is empty, and so is delete/],
    ["an unknown option", { config: { agnet: 1 } }, /agnet.*did you mean agent/],
    ["an index beyond the family", { config: { net40: { bridge: "vmbr0" } } }, /net goes from net0 to net31/],
    [
      "an unknown key of a property string",
      { config: { net0: { vlan: 5 } } },
      /config.net0 "vlan" is not a key here; known: bridge/,
    ],
    ["a bad value in one", { config: { net0: { tag: 5000 } } }, /net0.*4094/],
    ["a comma in one", { config: { net0: { bridge: "vmbr0,tag=5" } } }, /comma/],
    ["a bad value", { config: { ostype: "linux" } }, /ostype.*l26/],
    ["a text that is no drive", { config: { scsi0: "local-lvm:8,nosuch=1" } }, /config.scsi0 "nosuch" is not a key/],
    ["a masked secret", { config: { cipassword: "**********" } }, /config.cipassword is the mask that Proxmox shows/],
    ["a private key", { config: { sshkeys: "-----BEGIN OPENSSH PRIVATE KEY-----" } }, /private key/],
    ["no key", { config: { sshkeys: [" "] } }, /config.sshkeys holds no key/],
    ["null", { config: { tags: null } }, /Name it in delete/],
    ["an own argument in config", { config: { digest: "x" } }, /config.digest does not belong/],
    ["a delete in config", { config: { delete: "scsi0" } }, /config.delete does not belong/],
    [
      "setting and deleting the same",
      { config: { tags: "x" }, delete: ["tags"] },
      /delete names tags, which config sets/,
    ],
    ["deleting what is no option", { delete: ["scisi1"] }, /no option of a VM.*Did you mean scsi1/],
    [
      "a boot order of what is not there",
      { config: { boot: { order: ["scsi0", "ide2"] } } },
      /config.boot names ide2.*It could boot from: net0, scsi0/,
    ],
    [
      "a boot order of what goes",
      { config: { boot: "order=scsi0" }, delete: ["scsi0"] },
      /names scsi0, which the VM loses/,
    ],
    ["a CD drive by both names", { config: { cdrom: "none", ide2: "none" } }, /config.cdrom is another name of ide2/],
    ["a container", { vmid: "dns01", config: { cores: 1 } }, /wrong-guest-kind/],
    ["a name that two have", { vmid: "twin", config: { cores: 1 } }, /ambiguous-guest/],
    ["an unknown VM", { vmid: "wbe01", config: { cores: 1 } }, /unknown-guest.*web01/],
  ])("refuses %s, before anything is sent", async (_, args, says) => {
    const before = writes().length;
    const { text, error } = await update(args);
    expect(error).toBeDefined();
    expect(text).toMatch(says);
    expect(writes()).toHaveLength(before);
    expect(vm().config).toEqual(CONFIG);
  });

  test("what a later version has set is not broken by a merge, and may be replaced as a whole", async () => {
    reset(false, { net0: `virtio=${MAC},bridge=vmbr0,brandnew=1` });
    const { error } = await update({ config: { net0: { tag: 5 } } });
    expect(error).toMatchObject({ code: "invalid-argument", next: "Give the whole value as a text." });
    expect(error?.message).toContain("brandnew=1");
    const whole = await update({ config: { net0: "virtio,bridge=vmbr0" } });
    expect(whole.error).toBeUndefined();
  });

  test("pending changes can be taken back", async () => {
    reset(true);
    await update({ config: { cores: 8 } });
    const { data } = await update({ config: { revert: "cores" } });
    expect(data.changed).toEqual([{ key: "cores", from: "8", to: "2" }]);
    expect(data.pending).toEqual([]);
  });

  test.each<[string, Data]>([
    ["numbers as texts and texts as numbers", { fault: "types-swapped" }],
    ["null for lists", { fault: "null-arrays" }],
    ["no text in the body of errors", { fault: "no-message" }],
  ])("a host that gives %s is understood", async (_, fault) => {
    reset(true);
    lab.faults.add(fault as never);
    const { data, error } = await update({ config: { cores: 4, net0: { tag: 9 } }, delete: ["smbios1"] });
    expect(error).toBeUndefined();
    expect(data.changed.map(({ key }: { key: string }) => key)).toEqual(["cores", "net0", "smbios1"]);
    expect(data.pending.map(({ key }: { key: string }) => key)).toEqual(["cores", "smbios1"]);
  });

  test.each(["7.4", "8.4"] as const)(
    "a host of %s is changed alike, and not asked for what it lacks",
    async (version) => {
      const old = await openLabSession({ seed: "small", taskMs: 40, version });
      const { data, error } = await old.call(UPDATE, { vmid: "build01", config: { memory: 1024, net0: { tag: 7 } } });
      const lacking = await old.call(UPDATE, { vmid: "build01", config: { "allow-ksm": 0 } });
      await old.close();
      expect(error).toBeUndefined();
      expect(data.changed.map(({ key }: { key: string }) => key)).toEqual(["memory", "net0"]);
      expect(lacking.error?.code).toBe("invalid-parameters");
      expect(lacking.text).toContain("9.1");
    },
  );

  test("a token without the right is told which it is", async () => {
    const poor = await openSession(
      labEnvironment(
        lab,
        lab.addToken({ user: "reader", realm: "pve", id: "mcp" }, { "/": ["VM.Audit", "Sys.Audit"] }),
      ),
    );
    const { error } = await update({ config: { cores: 5 } }, poor);
    const plan = await update({ config: { cores: 5 }, dryRun: true }, poor);
    await poor.close();
    expect(error).toMatchObject({
      code: "permission-denied",
      next: expect.stringContaining("pveum acl modify /vms/100"),
    });
    expect(plan.data.plan.privileges).toMatchObject({ held: false });
    expect(vm().config.cores).toBe(2);
  });
});
