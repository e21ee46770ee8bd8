import { insideOf } from "../../../src/lab/guests/agent-inside.ts";
import { absent, having, present } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** What goes through the agent inside of a guest. */
export const agent: Domain = {
  name: "agent",
  lab: { seed: "medium", taskMs: 40, agentMs: 1 },
  env: { PROXMOX_MCP_ACCESS: "escape" },
  scenarios: {
    async proxmox_vm_agent_ping({ call }) {
      await call({ vmid: "web01" }, { state: "answers" });
      await call({ vmid: "agent-dead" }, { state: "not-answering", next: present });
    },
    async proxmox_vm_agent_info({ call }) {
      await call({ vmid: "web01" }, { state: "answers", hostname: "web01", users: present, incomplete: absent });
      await call({ vmid: "no-agent" }, { state: "not-configured" });
    },
    async proxmox_vm_guest_exec({ confirmed, call }) {
      await call({ vmid: 100, shell: "echo one", dryRun: true }, { plan: { class: "escape" }, pid: absent });
      await confirmed(
        { vmid: 100, shell: "echo one; echo two >&2" },
        { exitcode: 0, stdout: "one\n", stderr: "two\n" },
      );
    },
    async proxmox_shell_run({ confirmed, fails }) {
      const vm = { targetKind: "vm", target: 100 };
      await confirmed({ ...vm, command: "hostname" }, { vmid: 100, exitcode: 0, stdout: "web01\n" });
      await fails({ targetKind: "node", target: "pve1", command: "id" }, "needs-ssh");
    },
    async proxmox_file_write({ call, confirmed, lab, check }) {
      const file = { targetKind: "vm", target: 100, path: "/tmp/note", content: "grüße\n" };
      await call({ ...file, dryRun: true }, { plan: { class: "escape" } });
      await confirmed(file, { path: "/tmp/note", bytes: 8, sha256: /^[0-9a-f]{64}$/ });
      // More than one call of the agent takes.
      await confirmed({ ...file, path: "/tmp/long", content: "x".repeat(100_000) }, { bytes: 100_000 });
      const { files } = insideOf(lab.state, lab.state.guests.get(100)!);
      check(files.paths(), having("/tmp/note"), "files of the guest");
    },
    async proxmox_file_read({ confirmed }) {
      const file = { targetKind: "vm", target: 100, path: "/tmp/note" };
      await confirmed(file, { content: "grüße\n", encoding: "text", size: 8 });
    },
  },
};
