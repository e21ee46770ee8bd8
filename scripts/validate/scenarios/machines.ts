import { absent, present } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

const inVm = { targetKind: "vm", target: "web01" };
const needsSsh = { targetKind: "node", target: "pve1" };

/** What runs, stands and is seen inside of machines. */
export const machines: Domain = {
  name: "machines",
  lab: { seed: "medium", taskMs: 40, agentMs: 1 },
  env: { PROXMOX_MCP_ACCESS: "escape" },
  scenarios: {
    async proxmox_vm_agent_ping({ call, fails }) {
      await call({ vmid: "web01" }, { state: "answers", next: absent });
      await call({ vmid: "no-agent" }, { state: "not-configured", next: /agent=1/ });
      await call({ vmid: "build01" }, { state: "vm-stopped", next: /Start/ });
      await call({ vmid: "agent-dead" }, { state: "not-answering", next: /qemu-guest-agent/ });
      await fails({ vmid: "twin" }, "ambiguous-guest");
    },
    async proxmox_vm_agent_info({ call, lab }) {
      lab.state.guests.get(100)!.traits.bridges = ["docker0"];
      const { addresses } = await call(
        { vmid: 100 },
        { hostname: "web01", os: { id: "debian" }, otherInterfaces: ["docker0"], filesystems: present, users: present },
      );
      if (!String(addresses.rows[0][0]).startsWith("198.51.")) throw new Error("a link-local address came first");
      await call({ vmid: "agent-dead" }, { state: "not-answering", hostname: absent });
    },
    async proxmox_vm_guest_exec({ confirmed, fails, lab }) {
      await confirmed({ vmid: 100, shell: "cat; echo grüße", stdin: "é\n" }, { exitcode: 0, stdout: "é\ngrüße\n" });
      lab.state.guests.get(100)!.traits.agentRefuses = ["guest-get-osinfo"];
      await confirmed({ vmid: 100, command: ["echo", "$HOME"] }, { exitcode: 0, stdout: "$HOME\n" });
      delete lab.state.guests.get(100)!.traits.agentRefuses;
      await fails({ vmid: 100 }, "invalid-argument");
      await fails({ vmid: "agent-dead", shell: "id" }, "agent-unavailable");
    },
    async proxmox_shell_run({ confirmed, fails, lab }) {
      await confirmed({ ...inVm, command: "hostname" }, { exitcode: 0, stdout: "web01\n" });
      lab.state.guests.get(100)!.traits.agentRefuses = ["guest-get-osinfo"];
      await confirmed({ ...inVm, command: "hostname" }, { exitcode: 0 });
      delete lab.state.guests.get(100)!.traits.agentRefuses;
      await fails({ ...inVm, target: "dns01", command: "hostname" }, "invalid-argument");
    },
    async proxmox_file_write({ confirmed, fails, lab }) {
      await confirmed({ ...inVm, path: "/etc/note", content: "größer €\n", mode: "0600" }, { verified: true });
      const big = Buffer.alloc(100_000, "0123456789abcdef").toString("base64");
      await confirmed(
        { ...inVm, path: "/tmp/big", content: big, encoding: "base64" },
        { bytes: 100_000, verified: true },
      );
      lab.state.guests.get(100)!.traits.agentRefuses = ["guest-exec", "guest-get-osinfo"];
      await confirmed({ ...inVm, path: "/etc/note", content: "in place" }, { verified: true });
      delete lab.state.guests.get(100)!.traits.agentRefuses;
      await fails({ ...inVm, path: "note", content: "" }, "invalid-argument");
      await fails({ ...needsSsh, path: "/etc/note", content: "" }, "needs-ssh");
    },
    async proxmox_file_read({ confirmed, fails }) {
      await confirmed(
        { ...inVm, path: "/etc/motd" },
        { content: "Welcome to the café.\n", size: 22, nextOffset: absent },
      );
      await confirmed({ ...inVm, path: "/etc/motd", offset: 11, length: 3 }, { content: "the", nextOffset: 14 });
      await fails({ ...inVm, path: "motd" }, "invalid-argument");
      await fails({ ...needsSsh, path: "/etc/motd" }, "needs-ssh");
    },
    async proxmox_console_ticket({ confirmed, fails, lab }) {
      const socket = { ticket: /PVEVNC/, websocket: /^wss:.*vncticket=/, openWithinSeconds: 10 };
      await confirmed({ ...needsSsh, kind: "terminal" }, socket);
      for (const target of [
        { targetKind: "vm", target: 100 },
        { targetKind: "container", target: 103 },
      ]) {
        for (const kind of ["terminal", "vnc"]) await confirmed({ ...target, kind }, socket);
      }
      lab.state.guests.get(100)!.config.vga = "qxl";
      await confirmed({ targetKind: "vm", target: 100, kind: "spice" }, { viewer: /^\[virt-viewer\]/ });
      await confirmed({ targetKind: "container", target: 103, kind: "spice" }, { viewer: /type=spice/ });
      // Persons only: a token is refused once it has asked.
      for (const kind of ["vnc", "spice"]) {
        const error = await fails({ ...needsSsh, kind }, "confirmation-required");
        const { planId, confirm } = error.data.plan;
        await fails({ ...needsSsh, kind, planId, confirm }, "console-refused");
      }
    },
  },
};
