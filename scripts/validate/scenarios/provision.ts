import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lab } from "../../../src/lab/index.ts";
import { absent, present } from "../pattern.ts";
import type { Domain } from "../scenario.ts";

/** The credentials of a lab in a file, as only a store that can be written takes new ones. */
function storedCredentials(lab: Lab): Record<string, string> {
  const path = join(mkdtempSync(join(tmpdir(), "proxmox-mcp-validate-")), "secrets.json");
  const { user, realm, id, secret } = lab.token;
  const { nodes, privateKey } = lab.ssh!;
  const expectedHostKeys = Object.entries(nodes).map(([node, { hostKey }]) => `${node}=${hostKey}`);
  const secrets = {
    "default/token": { user, realm, id, secret },
    "default/ssh": { username: "root", privateKey, expectedHostKeys },
  };
  writeFileSync(path, JSON.stringify({ format: "proxmox-mcp-secrets", version: 1, secrets }), { mode: 0o600 });
  // Those of the environment would stand in two places.
  const moved = ["USER", "REALM", "ID", "SECRET"].map((part) => `PROXMOX_API_TOKEN_${part}`);
  const ssh = ["USERNAME", "PRIVATE_KEY", "EXPECTED_HOST_KEY"].map((part) => `PROXMOX_SHELL_SSH_${part}`);
  return {
    ...Object.fromEntries([...moved, ...ssh].map((name) => [name, ""])),
    PROXMOX_MCP_SECRET_BACKEND: "file",
    PROXMOX_MCP_SECRET_FILE_PATH: path,
    PROXMOX_MCP_ACCESS: "escape",
  };
}

/** New credentials, which go from the cluster to the store. */
export const provision: Domain = {
  name: "provision",
  lab: { seed: "medium", taskMs: 40, ssh: true },
  env: storedCredentials,
  scenarios: {
    async proxmox_bootstrap_node_access({ call, confirmed, fails, lab, check }) {
      await call(
        { node: "pve2", expireDays: 30, dryRun: true },
        { token: "mcp-pve2@pve!server", stored: [], plan: { class: "escape", confirm: "pve2" } },
      );
      await confirmed(
        { node: "pve2", expireDays: 30 },
        {
          token: "mcp-pve2@pve!server",
          expires: present,
          stored: ["default/token/pve2", "default/ssh/pve2"],
          plan: absent,
        },
      );
      check(lab.state.access.users.has("mcp-pve2@pve"), true, "the new user");
      await fails({ node: "pve2" }, "already-there");
      const off = lab.faults.add({ fault: "program-fails", text: "visudo" });
      const planned = await call({ node: "pve1", dryRun: true }, { plan: { planId: present } });
      await fails({ node: "pve1", planId: planned.plan.planId, confirm: "pve1" }, "rolled-back");
      off();
      check(lab.state.access.users.has("mcp-pve1@pve"), false, "the user of the step that was taken back");
    },
  },
};
