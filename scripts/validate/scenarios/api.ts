import { atLeast, having, present } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** The way to every other operation, and what stands behind all tools. */
export const api: Domain = {
  name: "api",
  lab: { seed: "small", taskMs: 40 },
  scenarios: {
    async proxmox_api_search({ call, fails }) {
      await call(
        { query: "resize a disk" },
        { rows: (rows: unknown[][]) => rows.some(([id]) => /resize$/.test(String(id))) },
      );
      await fails({ query: "" }, "invalid-arguments");
    },
    async proxmox_api_describe({ call, fails }) {
      await call({ call: "POST /nodes/{node}/qemu/{vmid}/clone" }, { class: "mutate", required: { newid: present } });
      await call({ call: "POST /cluster/ha/rules", docs: true }, { since: "9.0", docs: present });
      await fails({ call: "GET /nodez" }, "invalid-argument");
    },
    async proxmox_api_read({ call, fails }) {
      await call({ path: "/nodes", filter: { node: "pve*" } }, { operation: "GET /nodes", data: [{ node: "pve1" }] });
      await fails({ path: "proxmox_vm_action" }, "invalid-argument");
    },
    async proxmox_api_write({ call, confirmed, fails, lab, check }) {
      const config = { method: "PUT", path: "/nodes/pve1/qemu/102/config", params: { description: "written" } };
      await call({ ...config, dryRun: true }, { plan: { allowed: true } });
      await call(config, { operation: having("PUT") });
      check(lab.state.guests.get(102)?.config.description, having("written"), "the description");
      await call(
        { method: "POST", path: "/nodes/pve1/qemu/102/snapshot", params: { snapname: "seen" } },
        { job: { state: "ok" } },
      );
      await confirmed({ method: "DELETE", path: "/nodes/pve1/qemu/102/snapshot/seen" }, { job: { state: "ok" } });
      await fails({ path: "/nodes/pve1/qemu/102/snapshot" }, "invalid-argument");
    },
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

/** Scripts, which an operator has to allow. */
export const scripts: Domain = {
  name: "scripts",
  lab: { seed: "small", taskMs: 40 },
  env: { PROXMOX_MCP_SCRIPTS: "write" },
  scenarios: {
    async proxmox_script_run({ call, fails }) {
      await call(
        { script: "return (await pve.getNodes()).map(({ node }) => node).sort();" },
        { data: ["pve1"], calls: 1 },
      );
      await call(
        { script: "return await pve.postNodesQemuSnapshot({ node: 'pve1', vmid: 102, snapname: 'scripted' });" },
        { data: { state: "ok" } },
      );
      await fails({ script: "return nothing;" }, "script-error");
    },
  },
};
