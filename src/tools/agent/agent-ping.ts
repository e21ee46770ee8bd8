import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { postNodesQemuAgentPing } from "../../../generated/clients/nodes-qemu.ts";
import { cluster, guest } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { atGuest, findGuest } from "../guests/resolve.ts";
import { type AgentState, ANSWERS, agentAbsence, agentStateOutput } from "./agent-state.ts";
import { guestHead, guestHeadOutput } from "./guest-head.ts";

/** Between two pings: an agent that has just come up goes once more when the guest reboots (pve-facts 71). */
const APART_MS = 3000;

export default defineTool({
  name: "proxmox_vm_agent_ping",
  title: "Ping a guest agent",
  description: "Ping the QEMU guest agent of a virtual machine, or say why it does not answer and what to do.",
  toolset: "guests",
  class: "read",
  idempotent: true,
  input: z.strictObject({
    cluster,
    vmid: guest,
    waitSeconds: z.int().min(0).max(600).default(0).describe("For an agent that comes up: until it answers twice"),
  }),
  output: z.object({
    ...guestHeadOutput,
    ...agentStateOutput,
    steady: z.boolean().optional().describe("After waiting: it answered twice, 3 s apart"),
  }),
  async run(context, input) {
    const found = await findGuest(context, input, "qemu", "proxmox_vm_agent_ping");
    const deadline = Date.now() + input.waitSeconds * 1000;
    let node = found.guest.node;
    let inRow = 0;
    for (;;) {
      const state = await atGuest(context, found, async (at): Promise<AgentState> => {
        node = at.node;
        return postNodesQemuAgentPing(found.cluster.send, at).then(() => ANSWERS, agentAbsence);
      });
      inRow = state.state === "answers" ? inRow + 1 : 0;
      // Time mends none of the other two.
      const mayChange = inRow === 1 || state.state === "not-answering";
      if (input.waitSeconds === 0 || !mayChange || Date.now() + APART_MS > deadline) {
        const steady = input.waitSeconds > 0 && state.state === "answers" ? { steady: inRow > 1 } : {};
        return { data: { ...guestHead(found, node), ...state, ...steady } };
      }
      context.progress(`agent of VM ${found.guest.vmid}: ${state.state}`);
      await sleep(APART_MS, undefined, { signal: context.signal });
    }
  },
});
