import { accessSync, constants, existsSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { CallRecord } from "../access/index.ts";
import type { Findings } from "./check.ts";

const MOVE = "Give this user the directory, or let XDG_STATE_HOME name another one; nothing is changed until then.";

/** Whether the state directory can be written, or made where it is to be, and its key is for its owner alone. */
export function checkStateDirectory(directory: string, givenKey: boolean, findings: Findings): boolean {
  const exists = existsSync(directory);
  const fault = exists ? writeFault(directory) : parentFault(directory);
  if (fault !== undefined) {
    findings.add("fail", "state-directory", `${directory} cannot be ${exists ? "written" : "made"} (${fault}).`, {
      next: MOVE,
      data: { directory },
    });
    return false;
  }
  const key = join(directory, "state.key");
  const open = !givenKey && existsSync(key) && process.platform !== "win32" && (statSync(key).mode & 0o077) !== 0;
  if (open) {
    findings.add("warn", "state-directory", `${key} can be read by others: whoever has it can forge confirmations.`, {
      next: `Run chmod 600 ${key}; if somebody may have read it, remove it, and a new one is made.`,
      data: { directory },
    });
  } else {
    findings.add(
      "ok",
      "state-directory",
      `${directory} ${exists ? "is writable" : "will be made at the first call"}.`,
      {
        data: { directory },
      },
    );
  }
  return true;
}

/**
 * Whether a line reaches the audit log; with nothing sent there is none, and the file itself is looked at. `notes` is what
 * the log had to say when it was opened.
 */
export function checkAuditLog(
  record: Pick<CallRecord, "problem"> | undefined,
  directory: string,
  notes: readonly string[],
  findings: Findings,
): void {
  const path = join(directory, "audit.jsonl");
  let problem = record?.problem();
  if (problem === undefined && existsSync(path)) {
    try {
      accessSync(path, constants.W_OK);
    } catch (error) {
      problem = codeOf(error);
    }
  }
  if (problem === undefined) findings.add("ok", "audit-log", `${path} can be written.`, { data: { path } });
  else findings.add("fail", "audit-log", `${path} cannot be written (${problem}).`, { next: MOVE, data: { path } });
  // Whoever opens the log first hears what a server that died left open, and nobody after.
  for (const note of notes) {
    const found = /^audit: (.*)$/s.exec(note)?.[1];
    if (found === undefined) continue;
    findings.add("warn", "audit-log", `From before: ${found}.`, {
      next: "Look at it in the log: proxmox-mcp admin audit tail, and proxmox-mcp admin audit verify.",
    });
  }
}

function writeFault(directory: string): string | undefined {
  const probe = join(directory, `.doctor.${process.pid}`);
  try {
    writeFileSync(probe, "", { mode: 0o600, flag: "wx" });
    rmSync(probe);
    return undefined;
  } catch (error) {
    return codeOf(error);
  }
}

function parentFault(directory: string): string | undefined {
  let parent = dirname(directory);
  while (!existsSync(parent) && dirname(parent) !== parent) parent = dirname(parent);
  try {
    accessSync(parent, constants.W_OK);
    return statSync(parent).isDirectory() ? undefined : "ENOTDIR";
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
