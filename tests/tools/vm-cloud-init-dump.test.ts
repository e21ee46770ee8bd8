import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { maskCloudInit } from "../../src/tools/diagnose/cloud-init-text.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { expectCallable, Plants } from "./diagnose-lab.ts";
import { requestsOf } from "./rows.ts";

const TOOL = "proxmox_vm_cloud_init_dump";
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEHbmrHIsC1Xn8zQ9VjVbJ6zY6c2kLPV6bC1dJ7n3kP1 me@x";
const HASH = "$5$z4v85PSX$3qqCsR106D0iLe4RaN6vRLGTbkSAkxp0wGxgN4gqic2";
const VMID = 100;

let session: Session & { lab: Lab };
let lab: Lab;
const plants = new Plants(() => lab);

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 20 });
  lab = session.lab;
});
afterEach(() => plants.clear());
afterAll(() => session?.close());

function planted(extra: Record<string, string | number> = {}, vmid = VMID) {
  const guest = plants.config(vmid, {
    ide2: `local-lvm:vm-${vmid}-cloudinit,media=cdrom`,
    ciuser: "admin",
    cipassword: HASH,
    sshkeys: encodeURIComponent(KEY),
    ipconfig0: "ip=192.0.2.10/24,gw=192.0.2.1",
    ...extra,
  });
  plants.do(() => () => delete guest.cloudinit);
  return guest;
}

const dump = (args: Record<string, unknown> = {}) => session.call(TOOL, { vmid: VMID, ...args });

test("shows user, network and meta data, and no password", async () => {
  planted();
  const { result, requests } = await requestsOf(lab, () => dump());
  const { data, text, error } = result;
  expect(error).toBeUndefined();
  expect(data).toMatchObject({
    cluster: "default",
    vmid: VMID,
    name: "web01",
    node: "pve1",
    drive: "ide2",
    changed: [],
  });
  expect(data.user).toContain("user: admin\npassword: [redacted]\n");
  expect(data.user).toContain(`  - ${KEY}`);
  expect(data.network).toContain("address: '192.0.2.10'");
  expect(data.meta).toMatch(/^instance-id: [0-9a-f]{40}\n$/);
  expect(data).not.toHaveProperty("next");
  expect(data).not.toHaveProperty("warnings");
  expect(text).not.toContain(HASH);
  expect(text).not.toContain(HASH.slice(12));
  expect(JSON.parse(text)).toEqual(data);
  expect(requests.filter((one) => one !== "GET /cluster/resources").sort()).toEqual([
    "GET /nodes/pve1/qemu/100/cloudinit",
    "GET /nodes/pve1/qemu/100/cloudinit/dump",
    "GET /nodes/pve1/qemu/100/cloudinit/dump",
    "GET /nodes/pve1/qemu/100/cloudinit/dump",
    "GET /nodes/pve1/qemu/100/pending",
  ]);
});

test.each(["user", "network", "meta"])("shows one part alone: %s", async (part) => {
  planted();
  const { result, requests } = await requestsOf(lab, () => dump({ part }));
  expect(["user", "network", "meta"].filter((one) => one in result.data)).toEqual([part]);
  expect(requests.filter((one) => one.endsWith("/dump"))).toHaveLength(1);
});

describe("what the drive does not hold yet", () => {
  test("stands as changes, secrets masked, with the call that makes it anew", async () => {
    const guest = planted();
    guest.cloudinit = { old: { ciuser: "debian", cipassword: "$5$old$oldoldoldold" }, added: ["sshkeys"] };
    const { data, text } = await dump();
    expect(data.changed).toEqual(
      expect.arrayContaining([
        { key: "ciuser", from: "debian", to: "admin" },
        { key: "cipassword", from: "[redacted]", to: "[redacted]" },
        { key: "sshkeys", to: KEY },
      ]),
    );
    expect(data.changed).toHaveLength(3);
    expect(text).not.toContain("oldold");
    expect(data.next).toMatchObject({
      tool: "proxmox_api_call",
      arguments: { method: "PUT", path: "/nodes/pve1/qemu/100/cloudinit" },
    });
    await expectCallable(data.next);
    await session.call(data.next.tool, data.next.arguments);
    expect((await dump()).data.changed).toEqual([]);
  });

  test("tells a value that is to go", async () => {
    const guest = planted();
    guest.cloudinit = { old: { nameserver: "192.0.2.53" }, added: [] };
    expect((await dump()).data.changed).toEqual([{ key: "nameserver" }]);
  });

  test("is told by the server after a real change of a running VM", async () => {
    const guest = planted();
    guest.running = true;
    await session.call("proxmox_api_call", {
      method: "PUT",
      path: "/nodes/pve1/qemu/100/config",
      params: { ciuser: "other" },
    });
    expect((await dump()).data.changed).toEqual([{ key: "ciuser", from: "admin", to: "other" }]);
  });
});

describe("without a drive it is an answer with the next step", () => {
  test("where values are set for one", async () => {
    plants.config(VMID, { ciuser: "admin", ipconfig0: "ip=dhcp" });
    const { result, requests } = await requestsOf(lab, () => dump());
    expect(result.error).toBeUndefined();
    expect(result.data).toMatchObject({
      warnings: ["It has no cloud-init drive, so that ciuser, ipconfig0 never reach the guest."],
      next: { tool: "proxmox_vm_update_config", arguments: { vmid: VMID, config: { ide2: "local-lvm:cloudinit" } } },
    });
    expect(result.data).not.toHaveProperty("drive");
    expect(result.data).not.toHaveProperty("user");
    await expectCallable(result.data.next);
    expect(requests.filter((one) => one.includes("/cloudinit"))).toEqual([]);
  });

  test("where nothing is", async () => {
    const { data } = await dump();
    expect(data.warnings).toEqual(["It has no cloud-init drive, and nothing is set for one."]);
  });

  test("where no slot names itself", async () => {
    plants.config(VMID, { scsi0: null, ciuser: "admin" });
    const { data } = await dump();
    expect(data.next).toMatchObject({ tool: "proxmox_storage_list", arguments: { node: "pve1", content: "images" } });
    await expectCallable(data.next);
  });
});

test("says which data custom files replace", async () => {
  planted({ cicustom: "user=local:snippets/u.yaml,vendor=local:snippets/v.yaml" });
  expect((await dump()).data.warnings).toEqual([
    "The guest gets local:snippets/u.yaml, which replaces the user data shown here.",
    "The guest gets local:snippets/v.yaml, which adds to the vendor data.",
  ]);
});

test("says that a new drive waits for the next start", async () => {
  const guest = plants.guest(VMID);
  guest.pending.ide2 = "local-lvm:cloudinit,media=cdrom";
  const { data } = await dump();
  expect(data).toMatchObject({ drive: "ide2", warnings: [expect.stringMatching(/pending.*next start/)] });
});

test("cuts what is long, and says so", async () => {
  planted({ sshkeys: encodeURIComponent(Array.from({ length: 200 }, () => KEY).join("\n")) });
  const { data, text } = await dump();
  expect(data.user.length).toBeLessThan(6100);
  expect(data.warnings).toEqual([expect.stringMatching(/^user is cut: \d+ characters in all\.$/)]);
  expect(text.length).toBeLessThan(12_000);
});

test("Windows' data come without its password, too", async () => {
  planted({ ostype: "win11", citype: "configdrive2" });
  const { data, text } = await dump();
  expect(data.meta).toContain("uuid");
  expect(text).not.toContain(HASH);
});

test.each([
  [/\/dump$/, ["user", "network", "meta"]],
  [/\/cloudinit$/, ["changes"]],
])("a part that cannot be had is named: %s", async (path, parts) => {
  planted();
  const off = lab.faults.add({ match: { path }, status: 500, reason: "got timeout" });
  plants.do(() => off);
  const { data, error } = await dump();
  if (parts.length === 3) expect(error?.message).toContain("got timeout");
  else expect(data.incomplete.map(({ part }: { part: string }) => part)).toEqual(parts);
});

test.each([
  ["twin", "ambiguous-guest"],
  ["dns01", "wrong-guest-kind"],
  ["nobody", "unknown-guest"],
])("%s is refused: %s", async (vmid, code) => {
  expect((await dump({ vmid })).error?.code).toBe(code);
});

test("refuses a part that there is not", async () => {
  const { error } = await dump({ part: "vendor" });
  expect(error).toMatchObject({ code: "invalid-arguments", message: expect.stringContaining("part") });
});

describe("masking", () => {
  test.each([
    ["password: hunter2", "password: [redacted]"],
    ["  passwd: $6$salt$abc/def.", "  passwd: [redacted]"],
    ["    hashed_passwd: '$y$j9T$abc'", "    hashed_passwd: [redacted]"],
    ["  - plain_text_passwd: x y z", "  - plain_text_passwd: [redacted]"],
    ['     "admin_pass": "s3c\\"ret",', '     "admin_pass": "[redacted]",'],
    ["github_token: ghp_abc", "github_token: [redacted]"],
    ["root:$6$abc$def", "root:[redacted]"],
    ["a: -----BEGIN OPENSSH PRIVATE KEY-----\nb3Blb\n-----END OPENSSH PRIVATE KEY-----\nz: 1", "a: [redacted]\nz: 1"],
    ["a: -----BEGIN PRIVATE KEY-----\ncut off", "a: [redacted]"],
    ["lock_passwd: true", "lock_passwd: true"],
    ["ssh_pwauth: true", "ssh_pwauth: true"],
    ["chpasswd:\n  expire: False", "chpasswd:\n  expire: False"],
    [`ssh_authorized_keys:\n  - ${KEY}`, `ssh_authorized_keys:\n  - ${KEY}`],
    ["hostname: web01", "hostname: web01"],
  ])("%j", (text, masked) => {
    expect(maskCloudInit(text)).toBe(masked);
  });
});

test("an empty configuration is not taken for one without a drive", async () => {
  plants.fault({ fault: "null-lists", match: { path: /\/pending$/ } });
  const { data } = await dump();
  expect(data).toMatchObject({ vmid: VMID, incomplete: [{ part: "pending", reason: "the answer is empty" }] });
  expect(data).not.toHaveProperty("warnings");
});
