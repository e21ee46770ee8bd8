import type { Fact } from "../src/schema/facts.ts";

/** Writes that answer with a string that is no UPID; each other write that returns a string is a task (pve-facts 53). */
export const notTasks: Readonly<Record<string, string>> = {
  "POST /access/openid/auth-url": "answers with a URL",
  "POST /cluster/sdn/lock": "answers with the lock token",
  "POST /nodes/{node}/qemu/{vmid}/monitor": "answers with the monitor's text",
  "POST /nodes/{node}/replication/{id}/schedule_now": "marks the job; the replication daemon runs it later",
  "POST /nodes/{node}/storage/{storage}/content": "answers with the volume id",
  "POST /nodes/{node}/wakeonlan": "answers with the MAC address",
};

/** Whether a call answers with a UPID (pve-facts 53). */
export function answersWithTask(id: string, returns: Fact): boolean {
  return !id.startsWith("GET ") && returns.type === "string" && !Object.hasOwn(notTasks, id);
}
