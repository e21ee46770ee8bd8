import { absent, present } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** What is done on nodes, and by way of them in containers, by their consoles: there is no SSH. */
export const consoles: Domain = {
  name: "consoles",
  lab: { seed: "medium", taskMs: 300 },
  env: (lab) => ({ PROXMOX_MCP_ACCESS: "escape", PROXMOX_SHELL_CONSOLE_PASSWORD: lab.rootPassword }),
  scenarios: {
    async proxmox_node_terminal_run({ confirmed, call, use, fails, lab, check }) {
      await confirmed(
        { node: "pve2", command: "hostname; cat; echo oops >&2", stdin: "grüße\n" },
        { node: "pve2", way: "console", exitcode: 0, stdout: "pve2\ngrüße\n", stderr: "oops\n", plan: absent },
      );
      await call({ node: "pve1", command: "id", dryRun: true }, { plan: { class: "escape" } });
      await fails({ node: "pve9", command: "id" }, "unknown-node");
      const version = { family: "pvesh", node: "pve1", args: ["get", "/version"], dryRun: true };
      await use("proxmox_cli_run", version, { way: "console", plan: present });
      check(lab.commands.length, 2, "lines that were typed: whether a shell is there, and the way into a script");
      lab.state.guests.get(103)!.config.cmode = "shell";
      const inside = { targetKind: "container", target: 103, command: "cat /etc/hostname" };
      const { plan } = await use("proxmox_shell_run", { ...inside, dryRun: true }, { way: "console", plan: present });
      await use("proxmox_shell_run", { ...inside, planId: plan.planId, confirm: plan.confirm }, { stdout: "dns01\n" });
    },
  },
};
