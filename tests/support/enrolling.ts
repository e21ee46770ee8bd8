import { join } from "node:path";
import { enroll, type EnrollOptions } from "../../src/admin/enroll.ts";
import type { Report } from "../../src/admin/report.ts";
import { loadConfig } from "../../src/config/index.ts";
import { typedUsages } from "../../src/doctor/rights/usages.ts";
import type { Lab } from "../../src/lab/index.ts";

/** What a command told, and a hook into what it tells. */
export interface HeardReport extends Report {
  lines: string[];
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks at
  objects: any[];
}

export function heardReport(onLine: (text: string) => void = () => {}): HeardReport {
  const report: HeardReport = {
    json: false,
    lines: [],
    objects: [],
    line(text) {
      report.lines.push(text);
      onLine(text);
    },
    object: (value) => void report.objects.push(value),
  };
  return report;
}

/** Settings of a server with a file of secrets in a folder. */
export function fileEnvironment(lab: Lab, folder: string): Record<string, string> {
  return {
    PROXMOX_HOST: `${lab.host}:${lab.port}`,
    PROXMOX_TLS_FINGERPRINT: lab.fingerprint,
    XDG_STATE_HOME: join(folder, "state"),
    PROXMOX_MCP_SECRET_BACKEND: "file",
    PROXMOX_MCP_SECRET_FILE_PATH: join(folder, "secrets.json"),
  };
}

/** Enrolls in this process, over SSH on `pve1` unless told otherwise. */
export async function enrollOn(
  lab: Lab,
  env: Record<string, string>,
  options: Partial<EnrollOptions> = {},
  report: Report = heardReport(),
): Promise<number> {
  const { host, port, hostKey } = lab.ssh!.nodes.pve1!;
  return enroll(
    {
      config: await loadConfig(env),
      env,
      cluster: "default",
      via: "ssh",
      host: `${host}:${port}`,
      hostKey,
      password: async () => lab.rootPassword,
      confirmHostKey: async () => false,
      name: "proxmox-mcp",
      access: "mutate",
      tools: ["proxmox_vm_list", "proxmox_vm_create", "proxmox_node_list"],
      usages: typedUsages(),
      sudo: "cli",
      dryRun: false,
      printSecrets: false,
      signal: new AbortController().signal,
      printRaw: () => {},
      ...options,
    },
    report,
  );
}
