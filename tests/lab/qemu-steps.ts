import { expect } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { call, finish } from "./support.ts";

/** Sends a form below a node's VMs and gives the whole answer. */
export async function send(lab: Lab, operation: string, body = "") {
  const [method = "GET", path = ""] = operation.split(" ");
  const writes = method === "POST" || method === "PUT";
  const target = writes || body === "" ? path : `${path}?${body}`;
  return await call(lab, method, `/nodes/pve1/qemu${target}`, writes ? { body } : {});
}

/** Sends what starts a task, and gives how the task ended. */
export async function run(lab: Lab, operation: string, body = ""): Promise<string> {
  const { reason, data } = await send(lab, operation, body);
  expect(reason, operation).toBe("OK");
  return (await finish(lab, data)).exitstatus;
}

/** The configuration of a VM. */
export async function configOf(lab: Lab, vmid: number): Promise<Record<string, unknown>> {
  return (await send(lab, `GET /${vmid}/config`)).data;
}
