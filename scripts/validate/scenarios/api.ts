import { atLeast, having } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** The way to every other operation, and what stands behind all tools. */
export const api: Domain = {
  name: "api",
  lab: { seed: "small", taskMs: 40 },
  scenarios: {
    async proxmox_api_call({ call, confirmed, fails, lab, check }) {
      await call({ method: "GET", path: "/nodes" }, { operation: "GET /nodes", data: [{ node: "pve1" }] });
      await fails({ method: "GET", path: "/nodez" }, "unknown-path");
      await fails(
        { method: "POST", path: "/nodes/pve1/qemu/102/status/start", params: { nope: 1 } },
        "invalid-parameters",
      );
      const config = { method: "PUT", path: "/nodes/pve1/qemu/102/config", params: { description: "seen" } };
      await call({ ...config, dryRun: true }, { plan: { allowed: true } });
      await call(config, { operation: having("PUT") });
      check(lab.state.guests.get(102)?.config.description, having("seen"), "the description");
      await confirmed({ method: "POST", path: "/nodes/pve1/qemu/100/status/stop" }, { job: { state: "ok" } });
      // The answer is lost on the way; the task is found.
      lab.faults.add({ match: { method: "POST", path: /\/102\/status\/start$/ }, cutBeforeAnswer: true });
      await call({ method: "POST", path: "/nodes/pve1/qemu/102/status/start" }, { job: { state: "ok" } });
      check(lab.requests.length, atLeast(5), "requests");
    },
  },
};
