import { mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  classOfCall,
  createGate,
  createPlans,
  fileMarks,
  keepSecret,
  maskSecretBytes,
  loadPolicy,
  loadStateKey,
  maskSecrets,
  redactParams,
  redactText,
} from "../../src/access/index.ts";
import { identify } from "../../src/access/plan/identity.ts";
import { selfHarm } from "../../src/access/self-protection.ts";
import { toErrorResult, toResult } from "../../src/mcp/answer.ts";
import type { AccessClass, OperationId, Params, Send } from "../../src/schema/operation.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "attacks-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const QEMU = "PUT /nodes/{node}/qemu/{vmid}/config";
const LXC = "PUT /nodes/{node}/lxc/{vmid}/config";

describe("a worse class does not hide", () => {
  test.each<[OperationId, Params, AccessClass]>([
    [QEMU, { delete: [["scsi0"]] }, "destructive"],
    [QEMU, { delete: { 0: "scsi0" } }, "mutate"],
    [QEMU, { delete: ["memory", null, "unused3"] }, "destructive"],
    [QEMU, { hookscript: { file: "local:snippets/x" } }, "escape"],
    [QEMU, { args: ["-S"] }, "escape"],
    [QEMU, { args: null }, "mutate"],
    [QEMU, { scsi1: "/dev/sda" }, "escape"],
    [QEMU, { scsi1: "file=/dev/sda,size=1" }, "escape"],
    [QEMU, { scsi1: { size: "1G", file: "/dev/sda" } }, "escape"],
    [QEMU, { virtio15: "local-lvm:0,import-from=/etc/shadow" }, "escape"],
    [QEMU, { scsi1: "local-lvm:8" }, "mutate"],
    [QEMU, { serial0: "/dev/ttyS0" }, "escape"],
    [QEMU, { serial0: "socket" }, "mutate"],
    [LXC, { mp0: "/etc,mp=/host" }, "escape"],
    [LXC, { mp255: { volume: "/etc", mp: "/host" } }, "escape"],
    [LXC, { mp0: "mp=/host,volume=/etc" }, "escape"],
    [LXC, { mp0: "local-lvm:8,mp=/data" }, "mutate"],
    [LXC, { dev0: "path=/dev/sda" }, "escape"],
    [LXC, { entrypoint: "/bin/sh -c id" }, "escape"],
    ["POST /nodes/{node}/lxc", { rootfs: "/srv", vmid: 1 }, "escape"],
    ["POST /nodes/{node}/vzdump", { script: "/x" }, "escape"],
    ["POST /nodes/{node}/vzdump", { dumpdir: "/root" }, "escape"],
    ["POST /nodes/{node}/vzdump", { "prune-backups": "keep-last=1" }, "destructive"],
    ["POST /nodes/{node}/vzdump", { "prune-backups": { "keep-last": 1 } }, "destructive"],
    ["POST /nodes/{node}/vzdump", { "prune-backups": "keep-all=1" }, "mutate"],
    ["PUT /cluster/backup/{id}", { maxfiles: 1 }, "destructive"],
    ["PUT /storage/{storage}", { "prune-backups": "keep-daily=1" }, "destructive"],
    ["PUT /cluster/ha/resources/{sid}", { state: "stopped" }, "destructive"],
    ["POST /cluster/ha/resources", { state: "disabled" }, "destructive"],
    ["PUT /cluster/ha/resources/{sid}", { state: "started" }, "mutate"],
    ["PUT /cluster/replication/{id}", { remove_job: "full" }, "destructive"],
    ["POST /cluster/firewall/rules", { type: "in", action: "DROP" }, "destructive"],
    ["POST /cluster/firewall/rules", { type: "in", action: "ACCEPT" }, "mutate"],
    ["PUT /nodes/{node}/firewall/rules/{pos}", { moveto: 0 }, "destructive"],
    ["PUT /nodes/{node}/firewall/rules/{pos}", { enable: 1 }, "destructive"],
    ["POST /nodes/{node}/qemu/{vmid}/status/start", { "force-cpu": "host" }, "escape"],
    ["PUT /nodes/{node}/ceph/pools/{name}", { size: 1 }, "destructive"],
    ["POST /access/tfa", {}, "escape"],
    ["POST /cluster/mapping/dir", {}, "escape"],
    ["GET /nodes/{node}/storage/{storage}/file-restore/download", {}, "escape"],
  ])("%s %j: %s", async (operation, params, expected) => {
    expect(await classOfCall(operation, params)).toBe(expected);
  });
});

describe("root@pam and the server's own rights", () => {
  const ANSWERS: Record<string, unknown> = {
    "GET /access/users/{userid}": { groups: ["ops"] },
    "GET /access/permissions": { "/access": { "Sys.Audit": 1 } },
    "GET /access/acl": [
      { path: "/", type: "group", ugid: "ops", roleid: "PVEAdmin" },
      { path: "/", type: "token", ugid: "mcp@ad!server", roleid: "Mcp" },
      { path: "/", type: "user", ugid: "other@pve", roleid: "Other" },
    ],
    "GET /cluster/jobs/realm-sync/{id}": { realm: "ad" },
  };
  const send = (async (operation: string) => ({ data: ANSWERS[operation] })) as unknown as Send;
  const blind = (async () => Promise.reject(new Error("403"))) as unknown as Send;
  const harm = (operation: OperationId, params: Params, through = send) =>
    selfHarm(operation, params, "mcp@ad!server", through);

  test.each<[OperationId, Params]>([
    ["DELETE /access/users/{userid}", { userid: "root@pam\n" }],
    ["DELETE /access/users/{userid}", { userid: "MCP@ad" }],
    ["PUT /access/users/{userid}", { userid: "root@pam", enable: "0\n" }],
    ["PUT /access/users/{userid}", { userid: "root@pam", enable: "no" }],
    ["PUT /access/users/{userid}", { userid: "mcp@ad", groups: "", append: 1 }],
    ["PUT /access/users/{userid}", { userid: "mcp@ad", expire: "1" }],
    ["DELETE /access/users/{userid}/token/{tokenid}", { userid: "mcp@ad", tokenid: "server\n" }],
    ["PUT /access/users/{userid}/token/{tokenid}", { userid: "mcp@ad", tokenid: "server", privsep: 1 }],
    ["DELETE /access/tfa/{userid}/{id}", { userid: "root@pam", id: "x" }],
    ["POST /access/tfa/{userid}", { userid: "root@pam", type: "totp" }],
    ["PUT /access/acl", { path: "/vms", tokens: "mcp@ad!server", roles: "PVEAuditor" }],
    ["PUT /access/acl", { path: "/", users: ["a@pve", "mcp@ad"], roles: "NoAccess" }],
    ["PUT /access/acl", { path: "/", users: "a@pve;mcp@ad", roles: "PVEAdmin", propagate: 0 }],
    ["PUT /access/acl", { path: "/", groups: "x ops", roles: "NoAccess" }],
    ["DELETE /access/groups/{groupid}", { groupid: "ops" }],
    ["DELETE /access/roles/{roleid}", { roleid: "PVEAdmin" }],
    ["PUT /access/roles/{roleid}", { roleid: "Mcp", privs: "" }],
    ["DELETE /access/domains/{realm}", { realm: "AD" }],
    ["PUT /access/domains/{realm}", { realm: "pam", tfa: "type=oath" }],
    ["POST /access/domains/{realm}/sync", { realm: "ad" }],
    ["POST /access/domains/{realm}/sync", { realm: "ad", "remove-vanished": "none", full: 1 }],
    ["POST /cluster/jobs/realm-sync/{id}", { id: "j", realm: "ad", "remove-vanished": "entry" }],
    ["PUT /cluster/jobs/realm-sync/{id}", { id: "j", "remove-vanished": "entry" }],
  ])("are safe from %s %j", async (operation, params) => {
    expect(await harm(operation, params)).toEqual(expect.any(String));
  });

  test.each<[OperationId, Params]>([
    ["DELETE /access/groups/{groupid}", { groupid: "guests" }],
    ["DELETE /access/roles/{roleid}", { roleid: "Other" }],
    ["PUT /access/acl", { path: "/", groups: "guests", roles: "PVEAuditor" }],
  ])("are safe from %s %j where it cannot be read whom it serves", async (operation, params) => {
    expect(await harm(operation, params)).toBeUndefined();
    expect(await harm(operation, params, blind)).toEqual(expect.any(String));
  });

  test("a part of the entries, which is what few rights are shown, is not taken for all of them", async () => {
    const partly = (async (operation: string) => ({
      data: operation === "GET /access/permissions" ? { "/access": { "Sys.Modify": 1 } } : ANSWERS[operation],
    })) as unknown as Send;
    expect(await harm("DELETE /access/roles/{roleid}", { roleid: "Other" }, partly)).toMatch(/perhaps/);
  });

  test.each<[OperationId, Params]>([
    ["PUT /access/users/{userid}", { userid: "root@pam", comment: "x" }],
    ["PUT /access/users/{userid}", { userid: "mcp@ad", enable: true, expire: 0 }],
    ["DELETE /access/users/{userid}", { userid: "eve@pve" }],
    ["DELETE /access/users/{userid}/token/{tokenid}", { userid: "mcp@ad", tokenid: "old" }],
    ["PUT /access/roles/{roleid}", { roleid: "Mcp", privs: "VM.Audit", append: 1 }],
    ["POST /access/domains/{realm}/sync", { realm: "ad", "remove-vanished": "none" }],
    ["POST /access/domains/{realm}/sync", { realm: "ldap" }],
  ])("leave %s %j alone", async (operation, params) => {
    expect(await harm(operation, params)).toBeUndefined();
  });
});

describe("a policy is not gone round", () => {
  const FILE = `
version: 1
protect: { vmids: [100], tags: [Prod], nodes: [pve9] }
rules:
  - { name: frozen, effect: deny, match: { vmid: 105 } }
  - { name: node, effect: deny, match: { node: pve2 } }
  - { name: pool, effect: deny, match: { pool: vault } }
  - { name: free, effect: allow, match: {} }
`;
  const INDEX = new Map<number, { tags: string[]; pool?: string }>([
    [100, { tags: [] }],
    [101, { tags: ["prod"] }],
    [102, { tags: ["dev"] }],
    [105, { tags: [] }],
    [106, { tags: [], pool: "vault" }],
  ]);
  const gate = async (guests: "seen" | "unreadable" = "seen") => {
    const path = join(folder, "policy.yaml");
    writeFileSync(path, FILE);
    return createGate({
      ceiling: "escape",
      record: { path: "", append: async () => {}, problem: () => undefined, close() {} } as never,
      plans: createPlans({ key: loadStateKey(folder), marks: fileMarks(folder), confirm: "plan" }),
      policy: await loadPolicy(path),
      cluster: () => ({
        tokenUser: "mcp@pve!server",
        send: () => (async () => ({ data: undefined })) as never,
        guest: async (vmid) => {
          if (guests === "unreadable") throw new Error("got timeout");
          return INDEX.get(vmid);
        },
      }),
    });
  };
  const caller = { principal: "local", tool: "proxmox_api_call", requestId: "r" };

  test.each<[OperationId, Params]>([
    ["DELETE /nodes/{node}/qemu/{vmid}", { node: "pve1", vmid: "100" }],
    ["DELETE /nodes/{node}/qemu/{vmid}", { node: "pve1", vmid: " 100 " }],
    ["DELETE /nodes/{node}/qemu/{vmid}", { node: "pve1", vmid: 101 }],
    ["DELETE /nodes/{node}/qemu/{vmid}", { node: "pve1", vmid: 999 }],
    [QEMU, { node: "pve1", vmid: 101, tags: "dev" }],
    [QEMU, { node: "pve1", vmid: 101, delete: "description,tags" }],
    [LXC, { node: "pve1", vmid: 101, delete: ["tags"] }],
    ["POST /nodes/{node}/stopall", { node: "pve1" }],
    ["POST /nodes/{node}/stopall", { node: "pve1", vms: "102,100" }],
    ["POST /cluster/bulk-action/guest/shutdown", { vms: [102, 101] }],
    ["DELETE /cluster/ha/resources/{sid}", { sid: "vm:100" }],
    ["DELETE /cluster/replication/{id}", { id: "100-0" }],
    [
      "DELETE /nodes/{node}/storage/{storage}/content/{volume}",
      { node: "pve1", storage: "local-lvm", volume: "local-lvm:vm-101-disk-0" },
    ],
    [
      "DELETE /nodes/{node}/storage/{storage}/content/{volume}",
      { node: "pve1", storage: "local", volume: "local:backup/vzdump-qemu-100-2026_01_01-00_00_00.vma.zst" },
    ],
    [
      "DELETE /nodes/{node}/storage/{storage}/content/{volume}",
      { node: "pve1", storage: "pbs", volume: "pbs:backup/vm/100/2026-01-01T00:00:00Z" },
    ],
    ["POST /nodes/{node}/vzdump", { node: "pve1", vmid: "102,105" }],
    ["POST /nodes/{node}/status", { node: "PVE9", command: "reboot" }],
    ["POST /nodes/{node}/status", { node: "localhost", command: "reboot" }],
    ["POST /nodes/{node}/qemu/{vmid}/status/start", { node: "PVE2", vmid: 102 }],
    ["POST /nodes/{node}/qemu/{vmid}/status/start", { node: "localhost", vmid: 102 }],
    ["POST /nodes/{node}/qemu/{vmid}/status/start", { node: "pve1", vmid: 106 }],
    ["DELETE /pools/{poolid}", { poolid: "vault" }],
    ["PUT /pools", { poolid: "vault", vms: "102", delete: 1 }],
    ["POST /nodes/{node}/qemu", { node: "pve1", vmid: 999, archive: "x", force: 1 }],
  ])("by %s %j", async (operation, params) => {
    const verdict = await (await gate()).judge({ cluster: "c", operation, params, caller });
    expect(verdict.refusal?.code).toBe("policy-denied");
  });

  test("a guest that has no entry yet may be made, and an unprotected one changed", async () => {
    for (const [operation, params] of [
      ["POST /nodes/{node}/qemu", { node: "pve1", vmid: 999 }],
      [QEMU, { node: "pve1", vmid: 102, tags: "x" }],
    ] as const) {
      const { refusal } = await (await gate()).judge({ cluster: "c", operation, params, caller });
      expect(refusal).toBeUndefined();
    }
  });

  test("nothing passes while the index cannot be read", async () => {
    const call = { cluster: "c", operation: QEMU as OperationId, params: { node: "pve1", vmid: 102 }, caller };
    await expect((await gate("unreadable")).judge(call)).rejects.toThrow("got timeout");
  });

  test("no rule lets a destructive call through unasked, or anything above the ceiling", async () => {
    const { confirm } = await (await gate()).judge({
      cluster: "c",
      operation: "DELETE /nodes/{node}/qemu/{vmid}",
      params: { node: "pve1", vmid: 102 },
      caller,
    });
    expect(confirm).toBe(true);
  });
});

describe("a plan", () => {
  const key = () => loadStateKey(folder);
  const call = { principal: "a", cluster: "c", operation: "DELETE /nodes/{node}/qemu/{vmid}" as OperationId };
  const params: Params = { node: "pve1", vmid: 100, "destroy-unreferenced-disks": true };
  const identity = { kind: "guest", name: "web01", version: "v1" };
  const planned = (its: Params) => ({
    principal: "a",
    cluster: "c",
    calls: [{ operation: call.operation, params: its }],
  });
  const same = async () => identity;
  const open = (now = () => Date.now()) =>
    createPlans({ key: key(), marks: fileMarks(folder, now), confirm: "plan", now });
  const grant = (planId: string, name = "web01") => ({ planId, by: "typed" as const, name });

  test.each<[string, Partial<typeof call> & { params?: Params }]>([
    ["another caller", { principal: "b" }],
    ["another cluster", { cluster: "d" }],
    ["another operation", { operation: "DELETE /nodes/{node}/lxc/{vmid}" }],
    ["an id as text", { params: { ...params, vmid: "100" } }],
    ["a list for a value", { params: { ...params, vmid: [100] } }],
    ["one more parameter", { params: { ...params, purge: 1 } }],
    ["one more, null", { params: { ...params, purge: null } }],
    ["1 for true", { params: { ...params, "destroy-unreferenced-disks": 1 } }],
    ["one parameter less", { params: { node: "pve1", vmid: 100 } }],
  ])("does not serve %s", async (_, change) => {
    const plans = open();
    const { planId } = plans.make(planned(params), [identity]);
    await expect(plans.redeem({ ...call, params, ...change }, grant(planId), same)).rejects.toMatchObject({
      code: "plan-refused",
    });
    await plans.redeem({ ...call, params }, grant(planId), same);
  });

  test("tells an object from a list of pairs", async () => {
    const plans = open();
    const { planId } = plans.make(planned({ x: { a: 1 } }), [identity]);
    await expect(plans.redeem({ ...call, params: { x: [["a", 1]] } }, grant(planId), same)).rejects.toThrow(/altered/);
  });

  test.each(["", "web01 ", "WEB01", "wеb01", "web01\u200b", "ｗeb01", "web0１", "web02"])(
    "is not confirmed by %j",
    async (typed) => {
      const plans = open();
      const { planId } = plans.make(planned(params), [identity]);
      await expect(plans.redeem({ ...call, params }, grant(planId, typed), same)).rejects.toThrow(
        /name that was typed/,
      );
    },
  );

  test.each([
    ["", "100"],
    [" \u200b\u2060", "100"],
    ["we\u200bb\u202e01", "web01"],
    [undefined, "100"],
  ])("of a guest named %j is confirmed by typing %j", async (name, typed) => {
    const send = (async () => ({ data: { name, digest: "d" } })) as unknown as Send;
    const found = await identify(send, "DELETE /nodes/{node}/qemu/{vmid}", { node: "pve1", vmid: 100 });
    expect(found.name).toBe(typed);
  });

  test("is good once, however many ask at a time", async () => {
    const [one, other] = [open(), open()];
    const { planId } = one.make(planned(params), [identity]);
    const uses = [one, other, one, other, one].map((plans) => plans.redeem({ ...call, params }, grant(planId), same));
    const done = await Promise.allSettled(uses);
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("survives no clock set back, and stays used when the clock goes forth and back", async () => {
    let now = Date.now();
    const plans = open(() => now);
    const early = plans.make(planned(params), [identity]);
    now -= 3_600_000;
    await expect(plans.redeem({ ...call, params }, grant(early.planId), same)).rejects.toThrow(/clock was set back/);
    now += 3_600_000;
    await plans.redeem({ ...call, params }, grant(early.planId), same);
    now += 3_600_000;
    const later = plans.make(planned(params), [identity]);
    await plans.redeem({ ...call, params }, grant(later.planId), same);
    now -= 3_600_000;
    await expect(plans.redeem({ ...call, params }, grant(early.planId), same)).rejects.toThrow(/used already/);
  });

  test("is not approved by a mark of one's own making", async () => {
    const plans = createPlans({ key: key(), marks: fileMarks(folder), confirm: "human" });
    const { planId } = plans.make(planned(params), [identity]);
    expect(await plans.isApproved(planId)).toBe(false);
    expect(await plans.isApproved("x")).toBe(false);
    const { n } = JSON.parse(key().open("plan", planId.slice("plan_".length))!);
    writeFileSync(join(folder, "plans", `${n}.approved`), "forged");
    utimesSync(join(folder, "plans", `${n}.approved`), new Date(), new Date());
    expect(await plans.isApproved(planId)).toBe(false);
    expect(await plans.approve(planId)).toMatchObject({
      principal: "a",
      params: expect.stringContaining('"vmid":100'),
    });
    expect(await plans.isApproved(planId)).toBe(true);
  });
});

describe("secrets", () => {
  const SECRET = "5e0fe2c2-aaaa-4bbb-8ccc-1234567890ab/+";
  beforeAll(() => keepSecret(SECRET));
  const forms = [SECRET, encodeURIComponent(SECRET), Buffer.from(SECRET).toString("base64").replace(/=+$/, "")];

  test.each(forms)("known to the process are masked as %s in parameters, texts, answers and errors", (form) => {
    const holder = { notes: `x${form}y`, list: [form], [`k${form}`]: { deep: form } };
    for (const text of [
      JSON.stringify(redactParams(holder)),
      redactText(`GET /x?y=${form} failed`),
      JSON.stringify(maskSecrets(holder)),
      JSON.stringify(toResult(holder)),
      JSON.stringify(toErrorResult(new Error(form))),
      JSON.stringify(toResult(holder, { code: "c", message: form })),
    ]) {
      expect(text).not.toContain(form);
      expect(text).toContain("[redacted]");
    }
  });

  test("of several lines are masked whole and line by line, however a text puts the lines", () => {
    const body = ["a", "b", "c"].map((letter) => `${letter.repeat(60)}/${letter.repeat(3)}+`);
    const key = ["-----BEGIN OPENSSH PRIVATE KEY-----", ...body, "end=", "-----END OPENSSH PRIVATE KEY-----", ""].join(
      "\n",
    );
    keepSecret(key);
    expect(maskSecrets(`it is ${key}.`)).toBe("it is [redacted].");
    for (const text of [
      body[1]!,
      encodeURIComponent(body[1]!),
      JSON.stringify(key),
      key.replaceAll("\n", "\r\n"),
      key.replaceAll(/^/gm, "    "),
      `sed -n 3p id_ed25519: ${body[1]}`,
    ]) {
      for (const masked of [
        maskSecrets(text),
        redactText(text),
        String(maskSecretBytes(Buffer.from(text))),
        JSON.stringify(toErrorResult(new Error(text))),
      ]) {
        expect(masked).toContain("[redacted]");
        expect(masked).not.toMatch(/[abc]{20}/);
      }
    }
    // What every key has in common is no secret.
    expect(maskSecrets("-----BEGIN OPENSSH PRIVATE KEY-----")).toBe("-----BEGIN OPENSSH PRIVATE KEY-----");
  });

  test("a long answer that is cut holds no half of one", () => {
    const { content } = toErrorResult(new Error("x".repeat(11_980) + SECRET));
    expect(JSON.stringify(content)).not.toContain(SECRET.slice(0, 12));
  });

  test.each(["bad password=hunter2", 'secret="hunter2"', "password=hunter2\\", "apitoken=hunter2}"])(
    "%j at the end of an error leaves an error",
    (message) => {
      const { structuredContent, content } = toErrorResult(new Error(message));
      expect(structuredContent).toMatchObject({ error: { code: "internal", next: expect.any(String) } });
      expect(JSON.stringify(content)).not.toContain("hunter2");
    },
  );
});
