import { type Lab, startLab } from "../../src/lab/index.ts";
import { labEnvironment } from "../../tests/support/session.ts";
import { MARK } from "./guests.ts";

/** VMID of the lab's template, which the mark makes fit to be cloned. */
const TEMPLATE = 104;

/** The lab as a host, with all that a run can use, and the environment that points to it. */
export async function labHost(options: { taskMs?: number } = {}): Promise<{
  lab: Lab;
  env: Record<string, string | undefined>;
  close(): Promise<void>;
}> {
  const lab = await startLab({ seed: "medium", authDelayMs: 0, taskMs: options.taskMs ?? 60, ssh: true });
  const template = lab.state.guests.get(TEMPLATE)!;
  template.config.tags = MARK;
  lab.state.touch(template);
  const env = {
    PATH: process.env.PATH,
    ...labEnvironment(lab),
    PROXMOX_LIVE_TEMPLATE: String(TEMPLATE),
    PROXMOX_LIVE_STORAGE: "nfs",
    PROXMOX_LIVE_DOWNLOAD_URL: "https://images.example.org/alpine.iso",
    PROXMOX_LIVE_NODE_COMMANDS: "1",
  };
  return { lab, env, close: () => lab.close() };
}
