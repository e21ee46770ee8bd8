import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Environment of a server that lets escape calls pass unasked, and what takes its policy away again. */
export function freeEscape(): { env: Record<string, string>; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  const file = join(folder, "policy.yaml");
  writeFileSync(file, "version: 1\nrules:\n  - {name: free, effect: allow, match: {class: escape}}\n");
  return {
    env: { PROXMOX_MCP_ACCESS: "escape", PROXMOX_MCP_POLICY_FILE: file },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
