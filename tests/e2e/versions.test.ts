import { afterEach, describe, expect, test } from "vitest";
import type { Lab, LabOptions, LabVersion } from "../../src/lab/index.ts";
import { openLabSession, type Session, type ToolOutcome } from "../support/session.ts";
import { requestsOf } from "../tools/rows.ts";

let session: (Session & { lab: Lab }) | undefined;

afterEach(() => session?.close());

async function open(options: LabOptions): Promise<Session & { lab: Lab }> {
  session = await openLabSession({ seed: "medium", taskMs: 30, ...options });
  return session;
}

/** What a call came to, in a word: `ok`, or the code of the error. */
const outcome = ({ error }: ToolOutcome): string => error?.code ?? "ok";

const read = (path: string) => session!.call("proxmox_api_read", { path });
const write = (method: string, path: string, params: object = {}) =>
  session!.call("proxmox_api_write", { method, path, params });

const RULE = { rule: "apart", type: "resource-affinity", affinity: "negative", resources: "vm:100,vm:101" };

/** One conversation, and what it comes to at each version. */
const CONVERSATION: readonly (readonly [string, () => Promise<ToolOutcome>, Readonly<Record<string, string>>])[] = [
  ["what is there", () => session!.call("proxmox_inventory_overview"), {}],
  ["a VM whole", () => session!.call("proxmox_vm_get", { vmid: 100 }), {}],
  ["a container whole", () => session!.call("proxmox_lxc_get", { vmid: 103 }), {}],
  ["its snapshot", () => write("POST", "/nodes/pve1/qemu/102/snapshot", { snapname: "before" }), {}],
  ["mappings", () => session!.call("proxmox_pci_mapping_list"), { "7.4": "not-in-version" }],
  ["notification targets", () => read("/cluster/notifications/targets"), { "7.4": "not-in-version" }],
  ["a VM into HA", () => write("POST", "/cluster/ha/resources", { sid: "vm:100" }), {}],
  ["another VM into HA", () => write("POST", "/cluster/ha/resources", { sid: "vm:101" }), {}],
  ["HA rules", () => write("POST", "/cluster/ha/rules", RULE), { "7.4": "not-in-version", "8.4": "not-in-version" }],
  [
    "HA groups",
    () => write("POST", "/cluster/ha/groups", { group: "left", nodes: "pve1" }),
    { "9.1": "proxmox-error", "9.2": "proxmox-error" },
  ],
  [
    "bulk start",
    () => write("POST", "/cluster/bulk-action/guest/start", { vms: [102] }),
    { "7.4": "not-in-version", "8.4": "not-in-version" },
  ],
  [
    "custom CPU models",
    () => read("/cluster/qemu/custom-cpu-models"),
    { "7.4": "not-in-version", "8.4": "not-in-version", "9.1": "not-in-version" },
  ],
];

describe("the same conversation at", () => {
  test.each<LabVersion>(["7.4", "8.4", "9.1", "9.2"])("%s", async (version) => {
    const { lab } = await open({ version });
    const came: Record<string, string> = {};
    const due: Record<string, string> = {};
    for (const [name, talk, exceptions] of CONVERSATION) {
      due[name] = exceptions[version] ?? "ok";
      const { result, requests } = await requestsOf(lab, talk);
      came[name] = outcome(result);
      if (came[name] === "not-in-version") {
        expect(result.error?.message).toMatch(/(since|gone after) \d\.\d; .+ runs \d\.\d/);
        // The host was asked for its version at most.
        expect(requests.filter((one) => !/version$/.test(one))).toEqual([]);
      }
    }
    expect(came).toEqual(due);
  });
});

test("what a version lacks is refused with the way that it has, and that way works", async () => {
  await open({ version: "8.4" });
  const { error } = await write("POST", "/cluster/ha/rules", RULE);
  expect(error?.message).toMatch(/since 9\.0; the host runs 8\.4\.14/);
  expect(error?.next).toMatch(/POST \/cluster\/ha\/groups/);
  expect(outcome(await write("POST", "/cluster/ha/groups", { group: "left", nodes: "pve1" }))).toBe("ok");
});

test("what a version has given up is refused with the way that took its place", async () => {
  await open({ version: "9.2" });
  const { error } = await write("POST", "/cluster/ha/groups", { group: "left", nodes: "pve1" });
  expect(error?.next).toMatch(/POST \/cluster\/ha\/rules/);
});

test("nodes of different versions are told apart, each asked once", async () => {
  const { lab } = await open({ version: "9.2" });
  lab.faults.add({ fault: "node-version", node: "pve2", version: "8.4" });
  const migration = (node: string) => read(`/nodes/${node}/capabilities/qemu/migration`);
  expect(outcome(await migration("pve1"))).toBe("ok");
  const { error } = await migration("pve2");
  expect(error).toMatchObject({ code: "not-in-version", message: expect.stringMatching(/since 9\.0; pve2 runs 8\.4/) });
  const again = await requestsOf(lab, async () => [await migration("pve1"), await migration("pve2")]);
  expect(again.requests.filter((one) => one.endsWith("/version"))).toEqual([]);
});

test("a parameter that a node lacks is refused by its name", async () => {
  await open({ version: "8.4" });
  const { error } = await write("POST", "/nodes/pve1/qemu", { vmid: 900, "ha-managed": 1 });
  expect(error?.code).toBe("invalid-parameters");
  expect(error?.message).toMatch(/ha-managed: since 9\.\d; pve1 runs 8\.4\.14/);
});

test("privileges are those of the host's version", async () => {
  const older = await open({ version: "8.4" });
  expect(outcome(await write("PUT", "/access/roles/nope", { privs: "VM.Audit,VM.Monitor" }))).not.toBe(
    "invalid-parameters",
  );
  await older.close();
  await open({ version: "9.2" });
  const { error } = await session!.call("proxmox_api_call", {
    method: "POST",
    path: "/access/roles",
    params: { roleid: "Agents", privs: "VM.Monitor" },
  });
  expect(`${error?.message} ${error?.next}`).toMatch(/VM\.GuestAgent/);
});

test("what a call takes is described for the version of the host", async () => {
  await open({ version: "8.4" });
  const rules = await session!.call("proxmox_api_describe", { call: "POST /cluster/ha/rules" });
  expect(rules.data).toMatchObject({ since: "9.0", host: { version: "8.4.14", lacks: ["the operation"] } });
  const create = await session!.call("proxmox_api_describe", { call: "POST /nodes/{node}/qemu" });
  expect(create.data.host.lacks).toContain("ha-managed");
});
