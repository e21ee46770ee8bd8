import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { newVm } from "../../src/lab/guests/lifecycle.ts";
import type { Lab } from "../../src/lab/index.ts";
import { labEnvironment, openLabSession, openSession, type Session } from "../support/session.ts";

type Data = Record<string, unknown>;

const ISO = "local:iso/debian-13.1.0-amd64-netinst.iso";
const IMAGE = "nfs:102/vm-102-disk-0.qcow2";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession(
    { seed: "small", taskMs: 40 },
    { PROXMOX_DEFAULT_VM_STORAGE: "nfs", PROXMOX_DEFAULT_BRIDGE: "vmbr0" },
  );
  lab = session.lab;
});
afterAll(() => session?.close());
afterEach(() => {
  lab.faults.clear();
  lab.state.pace.taskMs = 40;
});

const create = (args: Data, on: Session = session) => on.call("proxmox_vm_create", args);
const guest = (vmid: number) => lab.state.guests.get(vmid)!;
const writes = () => lab.requests.filter(({ method }) => method !== "GET");
const creations = () => writes().filter(({ path }) => path.endsWith("/qemu"));

/** Puts a VM of somebody else there, as soon as a request matches. */
const occupy = (vmid: () => number, match: { method: string; path: RegExp }, times = 1) =>
  lab.faults.add({
    match,
    times,
    before: () => {
      const there = newVm(vmid(), "pve1", { name: "theirs", memory: "512" });
      lab.state.guests.set(there.vmid, there);
      lab.state.touch(there);
    },
  });
const CREATION = { method: "POST", path: /^\/nodes\/pve1\/qemu$/ };

describe("a new VM", () => {
  test("has what was asked for, and the usual for the rest", async () => {
    const { data, error } = await create({
      name: "db01",
      cores: 4,
      memory: 8192,
      disk: 32,
      vlan: 20,
      tags: ["prod", "db"],
      config: { agent: true, net1: { bridge: "vmbr0", firewall: true }, balloon: 1024 },
    });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({
      cluster: "default",
      name: "db01",
      node: "pve1",
      job: { type: "qmcreate", state: "ok" },
    });
    expect(data.status).toBeUndefined();
    expect(data.warnings).toBeUndefined();
    const { config, running } = guest(data.vmid);
    expect(running).toBe(false);
    expect(config).toMatchObject({
      name: "db01",
      cores: 4,
      memory: "8192",
      tags: "db;prod",
      agent: "1",
      balloon: 1024,
      ostype: "l26",
      scsihw: "virtio-scsi-single",
      cpu: "x86-64-v2-AES",
      boot: "order=scsi0;net0",
    });
    expect(config.scsi0).toMatch(/^nfs:\d+\/vm-\d+-disk-0\.raw,iothread=1,size=32G$/);
    expect(config.net0).toMatch(/^virtio=.*,bridge=vmbr0,tag=20$/);
    expect(config.net1).toMatch(/^virtio=.*,bridge=vmbr0,firewall=1$/);
  });

  test.each<[string, Data, Data, readonly string[]]>([
    [
      "from an ISO, of Windows, with EFI",
      { disk: 40, storage: "local-lvm", iso: ISO, ostype: "win11", config: { bios: "ovmf", machine: "q35" } },
      {
        sata0: /^local-lvm:vm-\d+-disk-\d,size=40G$/,
        ide2: `${ISO},media=cdrom,size=756M`,
        efidisk0: /^local-lvm:.*efitype=4m/,
        net0: /^e1000=/,
      },
      ["scsi0"],
    ],
    ["without network", { disk: 1, bridge: "none" }, {}, ["net0"]],
    ["with a network of its own", { disk: 1, config: { net2: "virtio,bridge=vmbr0" } }, { net2: /^virtio=/ }, ["net0"]],
    [
      "with a drive of its own",
      { config: { virtio0: { file: "nfs:2", cache: "none" } } },
      { virtio0: /cache=none/ },
      ["scsi0"],
    ],
    ["without the usual", { disk: 1, config: { cpu: null, scsihw: "lsi" } }, { scsihw: "lsi" }, ["cpu"]],
    ["said twice alike", { disk: 1, cores: 2, config: { cores: "2" } }, { cores: 2 }, []],
    [
      "with cloud-init beside an ISO",
      { disk: 1, iso: ISO, ciuser: "ops", ipconfig0: "ip=192.0.2.7/24,gw=192.0.2.1" },
      { ide0: /cloudinit/, ide2: /debian/, ciuser: "ops", ipconfig0: "ip=192.0.2.7/24,gw=192.0.2.1" },
      [],
    ],
    [
      "with a cloud-init drive of its own",
      { disk: 1, ciuser: "ops", config: { scsi9: "nfs:cloudinit" } },
      { scsi9: /cloudinit/ },
      ["ide2"],
    ],
  ])("%s", async (_, args, has, lacks) => {
    const { data, error } = await create(args);
    expect(error).toBeUndefined();
    const { config } = guest(data.vmid);
    for (const [key, value] of Object.entries(has))
      expect(config[key], key).toEqual(value instanceof RegExp ? expect.stringMatching(value) : value);
    for (const key of lacks) expect(config).not.toHaveProperty(key);
  });

  test("without a disk, or with a name that is taken, is warned of", async () => {
    const { data } = await create({ name: "web01" });
    expect(data.warnings).toEqual([expect.stringContaining("no disk"), "web01 is also the name of 100."]);
  });

  test("of a cloud image is grown and started, with its keys as they are", async () => {
    const keys = ["ssh-ed25519 AAAAC3Nza+/C1= me@here", "ssh-rsa AAAAB3Nza it's"];
    const { data, error, text } = await create({
      name: "cloud1",
      importFrom: IMAGE,
      disk: 80,
      ciuser: "ops",
      sshkeys: keys,
      ipconfig0: "ip=dhcp",
      start: true,
    });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ status: "running", job: { type: "qmstart", state: "ok" } });
    const { config, running } = guest(data.vmid);
    expect(running).toBe(true);
    expect(config.scsi0).toMatch(/size=80G/);
    expect(config.ide2).toMatch(/cloudinit/);
    expect(decodeURIComponent(String(config.sshkeys))).toBe(keys.join("\n"));
    expect(text).not.toContain("AAAA");
  });
});

describe("the start", () => {
  test("is seen to have been made", async () => {
    const { data, error } = await create({ disk: 1, start: true });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ status: "running", job: { type: "qmcreate", state: "ok" } });
  });

  test("that fails is an error with its log, although the creation ended well", async () => {
    const { error } = await create({ name: "huge", disk: 1, cores: 512, start: true });
    expect(error).toMatchObject({
      code: "task-failed",
      message: expect.stringMatching(/was made, but it did not start.*MAX \d+ vcpus/),
    });
    expect(error?.next).toContain("do not make it again");
    expect(error?.data).toMatchObject({
      name: "huge",
      job: { type: "qmstart", state: "failed", log: expect.any(Array) },
    });
    expect(guest(Number(error!.data!.vmid)).config.name).toBe("huge");
  });

  test("that config asks for is seen to as well", async () => {
    const { error } = await create({ disk: 1, cores: 512, config: { start: 1 } });
    expect(error?.code).toBe("task-failed");
  });

  test("that nobody waits for is not claimed", async () => {
    lab.state.pace.taskMs = 600_000;
    const { data, error } = await create({ disk: 1, start: true, waitSeconds: 0 });
    expect(error).toBeUndefined();
    expect(data.job.state).toBe("running");
    expect(data.status).toBeUndefined();
    lab.state.tasks.cancel(lab.state.tasks.get(data.job.upid)!);
  });

  test("and the growing, when nobody waits for them, are said not to have been sent", async () => {
    lab.state.pace.taskMs = 600_000;
    const before = writes().length;
    const { data } = await create({ importFrom: IMAGE, disk: 80, start: true, waitSeconds: 0 });
    expect(data.warnings).toEqual(["Not sent: growing scsi0 to 80G, and the start."]);
    expect(writes().length - before).toBe(1);
    lab.state.tasks.cancel(lab.state.tasks.get(data.job.upid)!);
  });
});

describe("the VMID", () => {
  const lowest = () => {
    for (let vmid = 100; ; vmid++) if (!lab.state.guests.has(vmid)) return vmid;
  };

  test("is the lowest free one, and another one when somebody takes it first", async () => {
    const first = lowest();
    occupy(() => first, CREATION);
    const before = creations().length;
    const { data, error } = await create({ name: "mine", disk: 1 });
    expect(error).toBeUndefined();
    expect(data.vmid).toBeGreaterThan(first);
    expect(creations().length - before).toBe(2);
    expect(guest(first).config.name).toBe("theirs");
    expect(guest(data.vmid).config.name).toBe("mine");
  });

  test("is replaced too when only the worker finds it taken", async () => {
    const first = lowest();
    lab.faults.add({
      match: CREATION,
      times: 1,
      taskOutcome: `unable to create VM ${first} - VM ${first} already exists on node 'pve1'`,
    });
    const before = creations().length;
    const { data, error } = await create({ name: "mine2", disk: 1 });
    expect(error).toBeUndefined();
    expect(creations().length - before).toBe(2);
    expect(guest(data.vmid).config.name).toBe("mine2");
    lab.state.remove(guest(first));
  });

  test("is not replaced for any other failure", async () => {
    lab.faults.add({
      match: CREATION,
      times: 1,
      taskOutcome: "unable to create VM 1 - volume 'vm-1-disk-0' already exists",
    });
    const before = creations().length;
    const { error } = await create({ disk: 1 });
    expect(error?.code).toBe("task-failed");
    expect(creations().length - before).toBe(1);
  });

  test("is given up at last", async () => {
    occupy(() => Number(creations().at(-1)!.params.vmid), CREATION, 50);
    const before = creations().length;
    const { error } = await create({ disk: 1 });
    expect(error?.code).toBe("already-exists");
    expect(creations().length - before).toBe(5);
  });

  test("is another one for each of many at once, at one server and at two", async () => {
    const other = await openSession({ ...labEnvironment(lab), PROXMOX_DEFAULT_VM_STORAGE: "nfs" });
    const names = Array.from({ length: 8 }, (_, index) => `many${index}`);
    const answers = await Promise.all(
      names.map((name, index) => create({ name, disk: 1, bridge: "vmbr0" }, index % 2 === 0 ? session : other)),
    );
    await other.close();
    expect(answers.map(({ error }) => error)).toEqual(names.map(() => undefined));
    expect(new Set(answers.map(({ data }) => data.vmid)).size).toBe(names.length);
    for (const [index, { data }] of answers.entries()) expect(guest(data.vmid).config.name).toBe(names[index]);
  });

  test.each([777, "778"])("may be given: %o", async (vmid) => {
    const { data, error } = await create({ vmid, disk: 1 });
    expect(error).toBeUndefined();
    expect(data.vmid).toBe(Number(vmid));
    const again = await create({ vmid, disk: 1 });
    expect(again.error).toMatchObject({ code: "invalid-argument", next: expect.stringContaining("Leave vmid out") });
  });

  test("that was given is not replaced", async () => {
    occupy(() => 901, CREATION);
    const before = creations().length;
    const { error } = await create({ vmid: 901, disk: 1 });
    expect(error?.code).toBe("already-exists");
    expect(creations().length - before).toBe(1);
    expect(guest(901).config.name).toBe("theirs");
  });

  test("keeps to the datacenter's range", async () => {
    const range = (value: string) =>
      session.call("proxmox_api_call", { method: "PUT", path: "/cluster/options", params: { "next-id": value } });
    await range("lower=5000,upper=5002");
    const answers = await Promise.all([1, 2, 3].map(() => create({ disk: 1 })));
    await range("lower=100,upper=1000000");
    const made = answers.filter(({ error }) => !error).map(({ data }) => data.vmid);
    expect(made.sort()).toEqual([5000, 5001]);
  });
});

describe("a plan", () => {
  test("holds the VMID, writes nothing, and is carried out as it is", async () => {
    const before = writes().length;
    const args = { name: "planned", importFrom: IMAGE, disk: 80, start: true };
    const { data } = await create({ ...args, dryRun: true });
    expect(writes()).toHaveLength(before);
    expect(data.plan).toMatchObject({ class: "mutate", allowed: true, planId: expect.any(String) });
    expect(data.plan.requests).toMatchObject([
      { operation: "POST /nodes/{node}/qemu", params: { vmid: data.vmid, name: "planned", node: "pve1" } },
      { operation: "PUT /nodes/{node}/qemu/{vmid}/resize", params: { vmid: data.vmid, disk: "scsi0", size: "80G" } },
      { operation: "POST /nodes/{node}/qemu/{vmid}/status/start", params: { vmid: data.vmid } },
    ]);
    const other = await create({ disk: 1, vmid: 7000 });
    expect(other.error).toBeUndefined();
    const done = await create({ ...args, planId: data.plan.planId });
    expect(done.error).toBeUndefined();
    expect(done.data).toMatchObject({ vmid: data.vmid, status: "running" });
  });

  test("is not carried out under another VMID", async () => {
    const args = { name: "planned2", disk: 1 };
    const { data } = await create({ ...args, dryRun: true });
    occupy(() => data.vmid, CREATION);
    const done = await create({ ...args, planId: data.plan.planId });
    expect(done.error?.code).toBe("already-exists");
    expect(guest(data.vmid).config.name).toBe("theirs");
  });
});

describe("what goes wrong", () => {
  test("a failed creation is an error with its log, and leaves nothing", async () => {
    const before = lab.state.guests.size;
    const { error } = await create({ disk: 1, iso: "local:iso/gone.iso" });
    expect(error).toMatchObject({
      code: "task-failed",
      message: expect.stringContaining("volume 'local:iso/gone.iso' does not exist"),
      data: { job: { state: "failed", log: expect.any(Array) } },
    });
    expect(lab.state.guests.size).toBe(before);
  });

  test("an image that is larger than the disk leaves the VM, and says so", async () => {
    const { error } = await create({ name: "small", importFrom: IMAGE, disk: 4, start: true });
    expect(error?.code).toBe("task-failed");
    expect(error?.message).toContain("shrinking disks is not supported");
    expect(error?.next).toMatch(/VM \d+ is made; do not make it again. Not sent: the start./);
    expect(guest(Number(error!.data!.vmid)).config.name).toBe("small");
  });

  test("so does a request after the creation that is refused at once", async () => {
    lab.faults.add({ match: { method: "PUT", path: /\/resize$/ }, status: 500, reason: "storage is tired" });
    const { error } = await create({ name: "tired", importFrom: IMAGE, disk: 80 });
    expect(error?.message).toContain("storage is tired");
    expect(error?.next).toMatch(/VM \d+ is made; do not make it again/);
  });

  test.each<[string, Parameters<typeof lab.faults.add>[0]]>([
    ["is refused", { match: { method: "PUT", path: /\/resize$/ }, status: 500, reason: "storage is tired" }],
    ["ends in a broken connection", { match: { method: "PUT", path: /\/resize$/ }, cutBeforeWork: true }],
  ])("the second of three requests that %s hides neither what is done nor what was not sent", async (_, fault) => {
    lab.faults.add(fault);
    const before = writes().length;
    const { error } = await create({ name: "half", importFrom: IMAGE, disk: 80, start: true });
    const { vmid, node, job, done } = error!.data as { vmid: number; node: string; job: Data; done: Data[] };
    expect(error!.next).toMatch(new RegExp(`^VM ${vmid} is made; do not make it again. Not sent: the start.`));
    expect({ node, job }).toMatchObject({
      node: "pve1",
      job: { type: "qmcreate", state: "ok", id: expect.any(String) },
    });
    expect(done).toEqual([{ operation: "POST /nodes/{node}/qemu", upid: job.upid }]);
    expect(guest(vmid)).toMatchObject({ running: false, config: { name: "half" } });
    expect(
      writes()
        .slice(before)
        .filter(({ path }) => path.endsWith("/start")),
    ).toEqual([]);
  });

  test("nothing is done to a VM that is not the one that was made", async () => {
    lab.faults.add({
      match: { method: "GET", path: /\/qemu\/\d+\/config$/ },
      times: 1,
      before: ({ path }) => {
        const there = guest(Number(/qemu\/(\d+)/.exec(path)![1]));
        there.config.name = "theirs";
        lab.state.touch(there);
      },
    });
    const before = writes().length;
    const { error } = await create({ name: "ours", importFrom: IMAGE, disk: 80, start: true });
    expect(error?.code).toBe("not-ours");
    expect(writes().length - before).toBe(1);
  });

  test("a lost answer is found by its task, and no second VM is made", async () => {
    lab.faults.add({ fault: "cut-before-answer", match: CREATION, times: 1 });
    const before = creations().length;
    const { data, error } = await create({ name: "lost", disk: 1 });
    expect(error).toBeUndefined();
    expect(guest(data.vmid).config.name).toBe("lost");
    expect(creations().length - before).toBe(1);
  });

  test.each<[string, Data, RegExp]>([
    ["an unknown option", { config: { agnet: 1 } }, /agnet.*did you mean agent/],
    ["an unknown argument", { diks: 5 }, /diks.*did you mean "disk"/],
    ["a bad value", { ostype: "linux" }, /ostype.*l26/],
    ["a bad name", { name: "a b" }, /name/],
    ["an unknown storage", { disk: 1, storage: "nsf" }, /"nsf" is no storage.*there are: local-lvm, nfs/],
    ["a storage for other things", { disk: 1, storage: "local" }, /"local" holds no VM disks/],
    ["an unknown node", { node: "pve9" }, /unknown-node/],
    ["an unknown bridge key", { config: { net0: { vlan: 5 } } }, /config.net0 "vlan" is not a key here/],
    ["a number twice", { cores: 2, config: { cores: 4 } }, /cores says otherwise than config.cores/],
    ["a disk twice", { disk: 1, config: { scsi0: "nfs:2" } }, /disk wants the slot of config.scsi0/],
    ["an image and a drive", { importFrom: IMAGE, config: { scsi0: "nfs:2" } }, /importFrom wants the slot/],
    ["an ISO twice", { iso: ISO, config: { ide2: "none,media=cdrom" } }, /iso says otherwise than config.ide2/],
    ["a network twice", { bridge: "vmbr0", config: { net0: "virtio" } }, /bridge wants net0/],
    ["a VLAN for no network", { vlan: 5, bridge: "none" }, /vlan is given, and bridge is none/],
    ["a start twice", { start: true, config: { start: 0 } }, /start says otherwise/],
    ["a restore", { config: { archive: "local:backup/x" } }, /config.archive does not belong.*proxmox_api_call/],
    ["overwriting", { config: { force: 1 } }, /config.force does not belong/],
    ["a VMID in config", { config: { vmid: 5 } }, /Use the argument vmid/],
    ["a masked secret", { config: { cipassword: "**********" } }, /mask that Proxmox shows/],
    ["no key", { sshkeys: ["not-a-key"] }, /sshkeys has a line that is no public key/],
    [
      "a boot order of what is not there",
      { disk: 1, config: { boot: { order: ["scsi0", "ide2"] } } },
      /boot names ide2/,
    ],
    ["a VMID out of range", { vmid: 99 }, /vmid/],
    ["a raw device", { disk: 1, config: { hostpci0: { host: "0000:81:00.0" } } }, /root@pam|only root/],
  ])("refuses %s", async (_, args, says) => {
    const before = lab.state.guests.size;
    const { text, error } = await create(args);
    expect(error).toBeDefined();
    expect(text).toMatch(says);
    expect(lab.state.guests.size).toBe(before);
  });

  test("a token without the right is told so", async () => {
    const token = lab.addToken(
      { user: "reader", realm: "pve", id: "mcp" },
      { "/": ["VM.Audit", "Sys.Audit", "Datastore.Audit"] },
    );
    const poor = await openSession({ ...labEnvironment(lab, token), PROXMOX_DEFAULT_BRIDGE: "vmbr0" });
    const { error } = await create({ disk: 1, storage: "nfs" }, poor);
    await poor.close();
    expect(error?.code).toBe("permission-denied");
  });
});

describe("without defaults", () => {
  let plain: Session & { lab: Lab };
  beforeAll(async () => {
    plain = await openLabSession({ seed: "medium", taskMs: 40 });
  });
  afterAll(() => plain?.close());

  test.each<[string, Data, RegExp]>([
    ["the node", { disk: 1 }, /node is missing, and there are several.*pve1, pve2, pve3/],
    ["the storage", { node: "pve2", disk: 1 }, /storage is missing.*local-lvm, nfs/],
  ])("%s is asked for, with what there is", async (_, args, says) => {
    const { text } = await create(args, plain);
    expect(text).toMatch(says);
  });

  test("the only bridge is taken", async () => {
    const { data, error } = await create({ node: "pve2", disk: 1, storage: "nfs" }, plain);
    expect(error).toBeUndefined();
    expect(plain.lab.state.guests.get(data.vmid)!.config.net0).toMatch(/bridge=vmbr0$/);
    expect(plain.lab.state.guests.get(data.vmid)!.node).toBe("pve2");
  });

  test("a node that cannot be asked for its bridges leaves that to the caller", async () => {
    plain.lab.faults.add({
      fault: "forbidden",
      match: { method: "GET", path: /\/network$/ },
      text: "/nodes/pve2, Sys.Audit",
    });
    const { error } = await create({ node: "pve2", disk: 1, storage: "nfs" }, plain);
    plain.lab.faults.clear();
    expect(error).toMatchObject({ code: "invalid-argument", next: expect.stringContaining("vmbr0") });
  });

  test("an offline node is refused", async () => {
    plain.lab.faults.add({ fault: "node-down", node: "pve3" });
    await plain.call("proxmox_api_call", { method: "PUT", path: "/cluster/options", params: { keyboard: "de" } });
    const { error } = await create({ node: "pve3", disk: 1, storage: "nfs", bridge: "vmbr0" }, plain);
    plain.lab.faults.clear();
    expect(error).toMatchObject({ code: "node-offline", data: { node: "pve3" } });
  });

  test("a host before 8.0 is not given the processor type that came with it", async () => {
    const old = await openLabSession({ seed: "small", taskMs: 40, version: "7.4" });
    const { data, error } = await create({ disk: 1, storage: "nfs", bridge: "vmbr0" }, old);
    const made = error ? undefined : old.lab.state.guests.get(data.vmid)!.config;
    await old.close();
    expect(error).toBeUndefined();
    expect(made).not.toHaveProperty("cpu");
  });
});
