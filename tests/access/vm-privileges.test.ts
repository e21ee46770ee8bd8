import { describe, expect, test } from "vitest";
import { privilegesFor } from "../../src/access/plan/privileges.ts";
import type { OperationId, Send } from "../../src/schema/operation.ts";

const CREATE: OperationId = "POST /nodes/{node}/qemu";
const CHANGE: OperationId = "POST /nodes/{node}/qemu/{vmid}/config";

const ADMIN = Object.fromEntries(
  [
    "VM.Allocate VM.PowerMgmt VM.Config.CPU VM.Config.Memory VM.Config.Disk VM.Config.CDROM VM.Config.Network",
    "VM.Config.Options VM.Config.HWType VM.Config.Cloudinit Datastore.AllocateSpace Mapping.Use",
  ]
    .join(" ")
    .split(" ")
    .map((privilege) => [privilege, 1]),
);

/** The rights of a token that has all of them below `/` but those. */
const without = (...names: string[]): Send =>
  (async () => ({
    data: { "/": Object.fromEntries(Object.entries(ADMIN).filter(([name]) => !names.includes(name))) },
  })) as unknown as Send;

const at = { node: "pve1", vmid: 100 };

describe("what a VM's options need", () => {
  test.each<[string, OperationId, Record<string, unknown>, string, string]>([
    ["making one", CREATE, {}, "VM.Allocate", "/vms/100: VM.Allocate"],
    ["a start", CREATE, { start: true }, "VM.PowerMgmt", "/vms/100: VM.PowerMgmt"],
    ["processors", CHANGE, { cores: 2 }, "VM.Config.CPU", "/vms/100: VM.Config.CPU"],
    ["memory", CHANGE, { memory: "2048" }, "VM.Config.Memory", "/vms/100: VM.Config.Memory"],
    ["a name", CHANGE, { name: "x" }, "VM.Config.Options", "/vms/100: VM.Config.Options"],
    ["a network", CHANGE, { net0: "virtio,bridge=vmbr0" }, "VM.Config.Network", "/vms/100: VM.Config.Network"],
    ["a disk", CHANGE, { scsi1: "nfs:8" }, "Datastore.AllocateSpace", "/storage/nfs: Datastore.AllocateSpace"],
    [
      "a disk as an object",
      CHANGE,
      { scsi1: { file: "nfs:8" } },
      "Datastore.AllocateSpace",
      "/storage/nfs: Datastore.AllocateSpace",
    ],
    ["a disk that goes", CHANGE, { delete: "scsi1,tags" }, "VM.Config.Disk", "/vms/100: VM.Config.Disk"],
    ["a CD", CHANGE, { ide2: "local:iso/x.iso,media=cdrom" }, "VM.Config.CDROM", "/vms/100: VM.Config.CDROM"],
    ["a mapped device", CHANGE, { hostpci0: "mapping=gpu" }, "Mapping.Use", "/mapping/pci/gpu: Mapping.Use"],
    ["its kind", CHANGE, { hostpci0: "mapping=gpu" }, "VM.Config.HWType", "/vms/100: VM.Config.HWType"],
  ])("%s", async (_, operation, params, lacking, missing) => {
    expect(await privilegesFor(without(), operation, { ...at, ...params })).toMatchObject({ held: true });
    const report = await privilegesFor(without(lacking), operation, { ...at, ...params });
    expect(report).toMatchObject({ held: false, missing: [missing] });
    expect(report.needs).toContain(lacking);
  });

  test("cloud-init takes one of two, and a pool stands for the VM", async () => {
    expect(await privilegesFor(without("VM.Config.Cloudinit"), CHANGE, { ...at, ciuser: "x" })).toMatchObject({
      held: true,
    });
    const neither = without("VM.Config.Cloudinit", "VM.Config.Network");
    expect(await privilegesFor(neither, CHANGE, { ...at, ciuser: "x" })).toMatchObject({ held: false });
    const pool = (async () => ({ data: { "/pool/lab": { "VM.Allocate": 1 } } })) as unknown as Send;
    expect(await privilegesFor(pool, CREATE, { ...at, pool: "lab" })).toMatchObject({ held: true });
    expect(await privilegesFor(pool, CREATE, at)).toMatchObject({ held: false, missing: ["/vms/100: VM.Allocate"] });
  });

  test("each is told once, and other operations go by the schema", async () => {
    const { needs } = await privilegesFor(without(), CHANGE, { ...at, cores: 2, sockets: 1 });
    expect(needs).toBe("(VM.Config.CPU on /vms/100)");
    expect(await privilegesFor(without(), "POST /nodes/{node}/qemu/{vmid}/status/start", at)).toEqual({
      needs: "VM.PowerMgmt on /vms/100",
      held: true,
    });
  });
});
