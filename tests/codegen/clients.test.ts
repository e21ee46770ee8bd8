import { describe, expect, expectTypeOf, it } from "vitest";
import { postClusterHaRules } from "../../generated/clients/cluster-ha.ts";
import {
  deleteNodesQemuByVmid,
  getNodesQemu,
  postNodesQemu,
  postNodesQemuAgentExec,
} from "../../generated/clients/nodes-qemu.ts";
import { getVersion } from "../../generated/clients/version.ts";
import type { PostNodesQemuParams } from "../../generated/types/nodes-qemu.ts";
import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";

/** A send that answers with what it was asked. */
const sent: unknown[][] = [];
const send: Send = (...given) => {
  sent.push(given);
  return Promise.resolve({ data: undefined as never });
};

describe("generated clients", () => {
  it("pass the operation, the parameters and the options on", async () => {
    const options: SendOptions = { timeoutMs: 5 };
    await getNodesQemu(send, { node: "pve1" }, options);
    await getVersion(send);
    expect(sent).toEqual([
      ["GET /nodes/{node}/qemu", { node: "pve1" }, options],
      ["GET /version", {}, undefined],
    ]);
  });

  it("know the answer's type", () => {
    expectTypeOf(getNodesQemu).returns.resolves.toHaveProperty("data");
    expectTypeOf<Awaited<ReturnType<typeof getNodesQemu>>["data"][number]["vmid"]>().toEqualTypeOf<number>();
    expectTypeOf(deleteNodesQemuByVmid).returns.toEqualTypeOf<Promise<Answer<string>>>();
  });

  it("accept what the server accepts, and nothing else", () => {
    const good: PostNodesQemuParams = {
      node: "pve1",
      vmid: 100,
      onboot: 1,
      net0: "virtio,bridge=vmbr0",
      net31: { model: "virtio", bridge: "vmbr0", firewall: true },
      scsi0: { file: "local-lvm:8", discard: "on" },
      cpu: { cputype: "host" },
      ipconfig0: "ip=dhcp",
    };
    void (() => postNodesQemu(send, good));
    // @ts-expect-error: vmid is missing
    void (() => postNodesQemu(send, { node: "pve1" }));
    // @ts-expect-error: no such parameter
    void (() => postNodesQemu(send, { node: "pve1", vmid: 100, colour: "red" }));
    // @ts-expect-error: no such family member
    void (() => postNodesQemu(send, { node: "pve1", vmid: 100, netx: "virtio" }));
    // @ts-expect-error: not one of the values
    void (() => postNodesQemu(send, { node: "pve1", vmid: 100, ostype: "plan9" }));
    // @ts-expect-error: a command is a list of words
    void (() => postNodesQemuAgentExec(send, { node: "pve1", vmid: 100, command: "ls" }));
    void (() =>
      postClusterHaRules(send, { rule: "r1", type: "node-affinity", nodes: "pve1", resources: ["vm:100", "ct:101"] }));
    const node = { rule: "r1", type: "node-affinity", nodes: "pve1", resources: "vm:100" } as const;
    // @ts-expect-error: affinity belongs to the other type
    void (() => postClusterHaRules(send, { ...node, affinity: "positive" }));
    expect(good.vmid).toBe(100);
  });
});
