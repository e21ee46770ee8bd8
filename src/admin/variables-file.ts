import { chmod, rm, writeFile } from "node:fs/promises";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { Enrolled } from "../provision/enroll.ts";
import type { Step } from "../provision/steps.ts";

/** The variables that carry the secrets of an enrolment, with other settings before them. */
export function variableLines({ token, identity }: Enrolled, settings: Readonly<Record<string, string>>): string[] {
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  if (token) {
    lines.push(
      `PROXMOX_API_TOKEN_USER=${token.user}`,
      `PROXMOX_API_TOKEN_REALM=${token.realm}`,
      `PROXMOX_API_TOKEN_ID=${token.id}`,
      `PROXMOX_API_TOKEN_SECRET=${token.secret}`,
    );
  }
  if (identity) {
    lines.push(
      `PROXMOX_SHELL_SSH_USERNAME=${identity.username}`,
      `PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY=${identity.expectedHostKeys.join(",")}`,
      // One line, as files of variables have it; the server gives the line ends back.
      `PROXMOX_SHELL_SSH_PRIVATE_KEY=${identity.privateKey.trim().replaceAll("\n", "\\n")}`,
    );
  }
  return lines;
}

/** A new file that only its owner can read; one that is there is left alone. */
export function variablesFileStep(path: string, lines: () => readonly string[]): Step {
  return {
    what: `file ${path}`,
    lines: [`write ${path} (mode 0600): the variables of the server`],
    do: async () => {
      try {
        await writeFile(path, `${lines().join("\n")}\n`, { flag: "wx", mode: 0o600 });
        await chmod(path, 0o600);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new ProxmoxMcpError({
          code: code === "EEXIST" ? "already-there" : "variables-file",
          message: `${path} cannot be written (${code}).`,
          next: "Name a new file in a folder that you can write.",
        });
      }
    },
    undo: () => rm(path, { force: true }),
  };
}
