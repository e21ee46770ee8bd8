import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPolicy, placeOf } from "../../src/access/index.ts";
import type { PolicyFacts } from "../../src/access/policy/decide.ts";
import { CLI_OPERATION } from "../../src/schema/operation.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policy-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string): string => {
  const path = join(folder, "policy.yaml");
  writeFileSync(path, text);
  return path;
};

const call = (more: Partial<PolicyFacts> = {}): PolicyFacts => ({
  tool: "proxmox_vm_action",
  operation: "POST /nodes/{node}/qemu/{vmid}/status/start",
  class: "mutate",
  cluster: "default",
  principal: "local",
  node: "pve1",
  vmid: 100,
  ...more,
});
const destroy = (more: Partial<PolicyFacts> = {}) =>
  call({ operation: "DELETE /nodes/{node}/qemu/{vmid}", class: "destructive", ...more });

test.each<[PolicyFacts["class"], string]>([
  ["read", "allow"],
  ["mutate", "allow"],
  ["destructive", "confirm"],
  ["escape", "confirm"],
])("without a file a %s call: %s", async (its, effect) => {
  const policy = await loadPolicy(undefined);
  expect(policy.decide(call({ class: its }))).toEqual({ effect, because: `default for ${its}` });
});

const FILE = `
version: 1
protect:
  vmids: [101, 200-299]
  tags: [prod]
  nodes: [pve9]
rules:
  - name: backups are free
    effect: allow
    match: { operation: "POST /nodes/{node}/vzdump" }
  - name: no night shift
    effect: deny
    match: { node: pve2, class: [mutate, destructive] }
  - effect: confirm
    match: { tag: [db, web-*], class: mutate }
  - name: shells on the lab only
    effect: allow
    match: { class: escape, pool: lab }
  - effect: deny
    match: { tool: "proxmox_api_*", class: escape }
  - effect: allow
    match: { vmid: "100-150", class: destructive }
`;

describe("with a file", () => {
  test.each<[string, PolicyFacts, string, string]>([
    ["a protected vmid", destroy({ vmid: 101 }), "deny", "protect.vmids"],
    ["a protected range", destroy({ vmid: 299 }), "deny", "protect.vmids"],
    ["a vmid beyond the range", destroy({ vmid: 300 }), "confirm", "default for destructive"],
    ["a protected tag", destroy({ tags: ["web", "prod"] }), "deny", "protect.tags"],
    ["a protected node", destroy({ node: "pve9", vmid: undefined }), "deny", "protect.nodes"],
    ["a start of a protected guest", call({ vmid: 101 }), "allow", "default for mutate"],
    ["a rule by operation", call({ operation: "POST /nodes/{node}/vzdump" }), "allow", "rule 1 (backups are free)"],
    ["a rule by node", call({ node: "pve2" }), "deny", "rule 2 (no night shift)"],
    ["reading there", call({ node: "pve2", class: "read" }), "allow", "default for read"],
    ["a rule by tag glob", call({ tags: ["web-1"] }), "confirm", "rule 3"],
    ["a rule by pool", call({ class: "escape", pool: "lab" }), "allow", "rule 4 (shells on the lab only)"],
    ["a rule by tool", call({ class: "escape", tool: "proxmox_api_call" }), "deny", "rule 5"],
    ["allow for destructive still asks", destroy({ vmid: 120 }), "confirm", "rule 6"],
  ])("%s", async (_, facts, effect, because) => {
    const policy = await loadPolicy(write(FILE));
    expect(policy.decide(facts)).toEqual({ effect, because });
  });

  test("tags and pools are looked up only when they matter", async () => {
    expect((await loadPolicy(write(FILE))).needsGuest).toBe(true);
    expect((await loadPolicy(write("version: 1"))).needsGuest).toBe(false);
  });

  test.each([
    ["no YAML", "version: [", /neither JSON nor YAML/],
    ["no version", "rules: []", /version/],
    ["an unknown key", '{"version":1,"rule":[]}', /rule/],
    ["an unknown effect", "version: 1\nrules: [{effect: maybe}]", /rules\[0\]\.effect/],
    ["a bad vmid", "version: 1\nprotect: {vmids: [7]}", /protect\.vmids\[0\]/],
  ])("%s is refused, and the place is named", async (_, text, fault) => {
    await expect(loadPolicy(write(text))).rejects.toMatchObject({
      code: "policy-file",
      message: expect.stringMatching(fault),
    });
  });

  test("a broken file leaves the old policy in force", async () => {
    const policy = await loadPolicy(write("version: 1\nrules: [{effect: deny}]"));
    write("version: 2");
    await expect(policy.reload()).rejects.toMatchObject({ code: "policy-file" });
    expect(policy.decide(call()).effect).toBe("deny");
    write("version: 1");
    await policy.reload();
    expect(policy.decide(call()).effect).toBe("allow");
  });
});

describe("commands on a host", () => {
  const RULES = `
version: 1
protect: { vmids: [100] }
rules:
  - { name: look, effect: allow, match: { cli: [qm, pct], argv: ["config *", "status *", list] } }
  - { name: no shells, effect: deny, match: { cli: "pv*", argv: "** --shell* **" } }
  - { name: only guests, effect: deny, match: { cli: [apt, pveceph] } }
`;
  const command = (cli: string, ...argv: string[]): PolicyFacts => ({
    tool: "proxmox_cli_run",
    operation: CLI_OPERATION,
    class: "escape",
    cluster: "default",
    principal: "local",
    ...placeOf(CLI_OPERATION, { node: "pve1", family: cli, argv }),
  });

  test.each<[string, string[], string, string]>([
    ["qm", ["config", "101"], "allow", "rule 1 (look)"],
    ["qm", ["list"], "allow", "rule 1 (look)"],
    ["qm", ["list", "--full"], "confirm", "default for escape"],
    ["qm", ["config", "101", "--current"], "confirm", "default for escape"],
    ["qm", ["config 101"], "confirm", "default for escape"],
    ["pvesh", ["get", "/", "--shell", "x"], "deny", "rule 2 (no shells)"],
    ["pvesh", ["--shell=x"], "deny", "rule 2 (no shells)"],
    ["pvesh", ["get", "/"], "confirm", "default for escape"],
    ["apt", ["update"], "deny", "rule 3 (only guests)"],
    ["vzdump", [], "confirm", "default for escape"],
  ])("%s %j: %s", async (cli, argv, effect, because) => {
    const policy = await loadPolicy(write(RULES));
    expect(policy.decide(command(cli, ...argv))).toEqual({ effect, because });
  });

  test.each<[string, string[], number[]]>([
    ["qm", ["destroy", "100", "--purge"], [100]],
    ["ha-manager", ["remove", "vm:100"], [100]],
    ["pvesh", ["delete", "/nodes/pve1/qemu/100"], [100]],
    ["pvesm", ["free", "local-lvm:vm-100-disk-0"], [100]],
    ["vzdump", ["100,101"], [100, 101]],
    ["pvesh", ["create", "/cluster/bulk-action/guest/start", "--vms=100"], [100]],
    ["qm", ["list"], []],
    ["qm", ["set", "101", "--memory", "4096"], [101, 4096]],
  ])("%s %j names the guests %j", (family, argv, vmids) => {
    expect(placeOf(CLI_OPERATION, { node: "pve1", family, argv }).vmids).toEqual(vmids);
  });

  test("a match on commands fits no call of the API", async () => {
    const policy = await loadPolicy(write("version: 1\nrules: [{effect: deny, match: {argv: '**'}}]"));
    expect(policy.decide(call()).effect).toBe("allow");
    expect(policy.decide(command("qm")).effect).toBe("deny");
  });
});
