import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Lab } from "../../../src/lab/index.ts";
import { absent, present } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

const MACHINES = [
  { targetKind: "node", target: "pve1" },
  { targetKind: "container", target: 103 },
  { targetKind: "linux_guest", target: "web01" },
];

/** A table of the one guest that is logged in to itself, with the nodes' identity. */
async function tableOfGuests(lab: Lab, folder: string): Promise<Record<string, string>> {
  const { host, port, hostKey } = await lab.ssh!.guest(100);
  const path = join(folder, "guests.json");
  await writeFile(path, JSON.stringify({ guests: [{ vmid: 100, address: host, port, hostKeys: hostKey }] }));
  return { PROXMOX_SHELL_SSH_GUESTS_FILE: path };
}

/** What is done on nodes, and by way of them in containers, over SSH. */
export const hosts: Domain = {
  name: "hosts",
  lab: { seed: "medium", taskMs: 40, ssh: true },
  env: tableOfGuests,
  scenarios: {
    async proxmox_cli_run({ confirmed, fails, lab, check }) {
      const version = { family: "pvesh", node: "pve2", args: ["get", "/version"] };
      await confirmed(version, { node: "pve2", exitcode: 0, way: "ssh", data: { release: present }, stdout: absent });
      await confirmed({ family: "qm", args: ["reboot", "100"] }, { node: "pve1", exitcode: 0 });
      await confirmed(
        { family: "pvesh", node: "pve1", args: ["create", "/nodes/pve1/qemu/100/status/reboot"] },
        { data: /^UPID:pve1:/, job: { type: "qmreboot", state: "ok" } },
      );
      await fails({ family: "qm", args: ["terminal", "100"] }, "invalid-argument");
      await fails({ family: "pvesh", args: ["get", "/version"] }, "invalid-argument");
      check(lab.ssh!.commands.length, 3, "commands that ran");
    },
    async proxmox_shell_run({ confirmed }) {
      for (const machine of MACHINES) {
        await confirmed(
          { ...machine, command: "cat; echo grüße", stdin: "é\n" },
          { exitcode: 0, stdout: "é\ngrüße\n" },
        );
      }
    },
    async proxmox_file_write({ confirmed }) {
      for (const machine of MACHINES) {
        await confirmed({ ...machine, path: "/root/note", content: "größer €\n" }, { way: "ssh", verified: true });
      }
    },
    async proxmox_vm_pci_attach({ confirmed, fails }) {
      const device = { host: "0000:81:00.0" };
      await confirmed(
        { vmid: 102, device, overSsh: true },
        { changed: [{ key: "hostpci0", to: "0000:81:00.0" }], pending: [] },
      );
      await fails({ vmid: 102, device }, "needs-root");
    },
    async proxmox_vm_pci_detach({ confirmed }) {
      await confirmed({ vmid: 102, device: "hostpci0", overSsh: true }, { changed: [{ key: "hostpci0" }] });
    },
    async proxmox_cloud_init_snippet_put({ call, fails }) {
      const snippet = { volume: "local:snippets/web.yaml", content: "#cloud-config\n" };
      await call({ ...snippet, dryRun: true }, { nodes: ["pve1", "pve2", "pve3"], plan: { class: "mutate" } });
      await call(snippet, { nodes: ["pve1", "pve2", "pve3"], replaced: absent });
      await fails({ ...snippet, volume: "local:iso/web.iso" }, "invalid-argument");
    },
    async proxmox_cloud_init_snippet_get({ call, fails }) {
      await call({ volume: "local:snippets/web.yaml", node: "pve3" }, { content: "#cloud-config\n", size: 14 });
      await fails({ volume: "local:snippets/none.yaml", node: "pve2" }, "file-not-found");
    },
    async proxmox_file_read({ confirmed }) {
      for (const machine of MACHINES) {
        await confirmed({ ...machine, path: "/root/note" }, { content: "größer €\n", size: 13 });
      }
    },
  },
};
