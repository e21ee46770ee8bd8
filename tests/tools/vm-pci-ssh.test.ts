import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { freeEscape } from "../support/free-escape.ts";
import { labEnvironment, openLabSession, openSession, type Session } from "../support/session.ts";

type Data = Record<string, unknown>;

const free = freeEscape();
let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40, ssh: true }, free.env);
  lab = session.lab;
});
afterAll(async () => {
  await session?.close();
  free.remove();
});

const vm = () => lab.state.guests.get(100)!;

function reset(running: boolean, extra: Record<string, string> = {}): void {
  const config = { name: "web01", memory: "2048", boot: "order=net0", net0: "virtio=BC:24:11:AA:BB:01,bridge=vmbr0" };
  Object.assign(vm(), { running, config: { ...config, ...extra }, pending: {}, pendingDelete: [] });
  lab.state.touch(vm());
}
beforeEach(() => {
  lab.faults.clear();
  lab.commands.length = 0;
  reset(false);
});

const attach = (args: Data, by: Session = session) => by.call("proxmox_vm_pci_attach", { vmid: 100, ...args });
const detach = (args: Data, by: Session = session) => by.call("proxmox_vm_pci_detach", { vmid: 100, ...args });
const ran = () => lab.commands.flatMap(({ command }) => / qm (set .*)$/.exec(command)?.[1] ?? []);
const T4 = "0000:81:00.0";
/** Somebody else changes the VM just before `qm set` comes. */
const meanwhile = (change: () => void) =>
  lab.faults.add({ match: { method: "GET", path: /\/qemu\/100\/pending$/ }, times: 1, after: change });

describe("a device by its address, as root over SSH", () => {
  test("is attached with the digest that was read, and seen afterwards", async () => {
    const digest = (await session.call("proxmox_api_call", { method: "GET", path: "/nodes/pve1/qemu/100/config" }))
      .data;
    const { data, error } = await attach({ device: { host: "81:00.0", pcie: false }, overSsh: true });
    expect(error).toBeUndefined();
    expect(vm().config.hostpci0).toMatch(/81:00\.0/);
    expect(data).toMatchObject({
      changed: [{ key: "hostpci0", to: vm().config.hostpci0 }],
      pending: [],
      warnings: ["A VM with this device cannot be migrated while it runs."],
    });
    expect(ran()).toEqual([expect.stringMatching(/^set 100 --hostpci0 .*81:00\.0.* --digest [0-9a-f]{40}$/)]);
    expect(JSON.stringify(digest)).toContain(/--digest ([0-9a-f]{40})/.exec(ran()[0]!)![1]);
  });

  test("waits for the next start of a VM that runs, and is taken away again", async () => {
    reset(true);
    const { data } = await attach({ device: { host: T4 }, index: 3, overSsh: true });
    expect(data.pending).toEqual([{ key: "hostpci3", to: T4 }]);
    reset(false, { hostpci3: T4 });
    const gone = await detach({ device: "hostpci3", overSsh: true });
    expect(gone.error).toBeUndefined();
    expect(gone.data.changed).toEqual([{ key: "hostpci3", from: T4 }]);
    expect(vm().config.hostpci3).toBeUndefined();
    expect(ran().at(-1)).toMatch(/^set 100 --delete hostpci3 --digest /);
  });

  test("is planned without being done, and asked about by the node's name", async () => {
    const { data } = await attach({ device: { host: T4 }, overSsh: true, dryRun: true });
    expect(data.plan).toMatchObject({
      class: "escape",
      diff: [{ key: "hostpci0", to: T4 }],
      requests: [
        {
          operation: "RUN /nodes/{node}/cli/{family}",
          params: { node: "pve1", family: "qm", argv: expect.arrayContaining(["set", "100", "--hostpci0", T4]) },
        },
      ],
    });
    expect(ran()).toEqual([]);
    const careful = await openSession(labEnvironment(lab));
    const asked = await attach({ device: { host: T4 }, overSsh: true }, careful);
    expect(asked.error).toMatchObject({ code: "confirmation-required", data: { plan: { confirm: "pve1" } } });
    expect(ran()).toEqual([]);
    const { planId } = asked.error!.data!.plan as { planId: string };
    const done = await attach({ device: { host: T4 }, overSsh: true, planId, confirm: "pve1" }, careful);
    expect(done.error).toBeUndefined();
    expect(vm().config.hostpci0).toBe(T4);
    await careful.close();
  });

  test("takes another slot when somebody else took the first meanwhile", async () => {
    meanwhile(() => {
      vm().config.hostpci0 = "mapping=vgpu";
      lab.state.touch(vm());
    });
    const { data, error } = await attach({ device: { host: T4 }, overSsh: true });
    expect(error).toBeUndefined();
    expect(data.changed).toEqual([{ key: "hostpci1", to: T4 }]);
    expect(vm().config).toMatchObject({ hostpci0: "mapping=vgpu", hostpci1: T4 });
    expect(ran()).toHaveLength(2);
  });

  test("tells why it failed, and what was kept", async () => {
    lab.faults.add({ fault: "program-fails", text: "qm" });
    const { error } = await attach({ device: { host: T4 }, overSsh: true });
    expect(error).toMatchObject({
      code: "command-failed",
      message: expect.stringMatching(/^qm set 100 ended with/),
      next: expect.stringMatching(/Nothing of the change was kept/),
    });
    lab.faults.clear();
    lab.faults.add({ fault: "ssh-dropped" });
    const lost = await attach({ device: { host: T4 }, overSsh: true });
    expect(lost.error).toMatchObject({
      code: "host-connection-lost",
      next: expect.stringMatching(/Kept all the same: hostpci0/),
    });
  });

  test("a mapping goes by the API as ever", async () => {
    const { pci } = lab.state.datacenter.mappings;
    pci.set("gpu", {
      type: "pci",
      map: [`node=pve1,path=${T4},id=10de:1eb8,iommugroup=81,subsystem-id=10de:12a2`],
    });
    expect((await attach({ device: { mapping: "gpu" }, overSsh: true })).error).toBeUndefined();
    expect((await detach({ device: "gpu", overSsh: true })).error).toBeUndefined();
    expect(ran()).toEqual([]);
    pci.delete("gpu");
  });

  test.each<[string, Data, RegExp]>([
    [
      "nobody asked for that",
      { device: { host: T4 }, overSsh: false },
      /needs-root.*overSsh true.*qm set 100 --hostpciN 0000:81:00\.0.*person has confirmed/,
    ],
    ["there is none", { device: { host: "0000:ff:00.0" } }, /pve1 has no such device/],
    ["it is no address", { device: { host: "81:00.0 --args x" } }, /no PCI address/],
    ["both are given", { device: { host: T4, mapping: "gpu" } }, /host and mapping/],
    ["pcie needs q35", { device: { host: T4, pcie: 1 } }, /q35/],
    ["the key is unknown", { device: { host: T4, pci: 1 } }, /"pci" is not a key/],
  ])("is refused where %s", async (_, args, says) => {
    const { text } = await attach({ overSsh: true, ...args });
    expect(text.replaceAll("\n", " ")).toMatch(says);
    expect(ran()).toEqual([]);
  });

  test("is attached once", async () => {
    reset(false, { hostpci2: T4 });
    expect((await attach({ device: { host: "81:00.0" }, overSsh: true })).error?.message).toMatch(
      /already as hostpci2/,
    );
    const { text } = await detach({ device: "hostpci2" });
    expect(text.replaceAll("\n", " ")).toMatch(/needs-root.*overSsh true.*qm set 100 --delete hostpci2/);
  });

  test("keeps to the ceiling, and says who can raise it", async () => {
    const low = await openSession({ ...labEnvironment(lab), PROXMOX_MCP_ACCESS: "destructive" });
    expect((await attach({ device: { host: T4 }, overSsh: true }, low)).error?.code).toBe("access-ceiling");
    expect((await attach({ device: { host: T4 } }, low)).error?.next).toMatch(/raise PROXMOX_MCP_ACCESS to escape/);
    await low.close();
    const env = Object.entries(labEnvironment(lab)).filter(([name]) => !name.startsWith("PROXMOX_SHELL_SSH_"));
    const bare = await openSession({ ...Object.fromEntries(env), ...free.env });
    expect((await attach({ device: { host: T4 }, overSsh: true }, bare)).error?.code).toBe("needs-ssh");
    await bare.close();
    expect(ran()).toEqual([]);
  });
});
