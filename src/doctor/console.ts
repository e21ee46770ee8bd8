import type { Findings } from "./check.ts";

/** The first version whose terminals know API tokens (pve-facts 85). */
const SINCE = [9, 1] as const;

const SSH = "set PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH and PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY";

/** Whether commands would reach nodes by their consoles, where there is no SSH; opens none. */
export function checkConsole(version: string | undefined, user: string | undefined, findings: Findings): void {
  const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
  if (version !== undefined && (major < SINCE[0] || (major === SINCE[0] && minor < SINCE[1]))) {
    const message = `Commands do not reach nodes: there is no SSH identity, and Proxmox VE ${version} has no consoles for API tokens.`;
    findings.add("warn", "console", message, { next: `For such commands ${SSH}.`, data: { version } });
  } else if (user === undefined) {
    const message =
      "Commands do not reach nodes: there is no SSH identity, and their consoles ask for a login. Containers whose cmode is shell are reached.";
    const next = `For such commands set PROXMOX_SHELL_CONSOLE_USERNAME and PROXMOX_SHELL_CONSOLE_PASSWORD, or ${SSH}.`;
    findings.add("warn", "console", message, { next });
  } else {
    const message = `Commands on nodes go by their consoles, with the login ${user}, as there is no SSH identity. Whether it is taken was not tried.`;
    findings.add("ok", "console", message, { data: { user } });
  }
}
