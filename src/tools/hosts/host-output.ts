import { createHash } from "node:crypto";
import { constants } from "node:os";
import type { ExecResult } from "../../ssh/index.ts";
import { describeStreams } from "../agent/process-streams.ts";
import type { ToolContext } from "../context.ts";

/** Why a command on a host did not end well. */
export interface CommandFailure {
  code: string;
  message: string;
  next: string;
}

/** Most bytes that are kept of each stream. */
export const MOST_OUTPUT = 8 * 2 ** 20;

/** Both streams as an answer shows them; what it leaves out is put aside. */
export async function showStreams(context: ToolContext, cluster: string, result: ExecResult) {
  const { streams, whole } = describeStreams({
    out: result.stdoutBytes,
    err: Buffer.from(result.stderr),
    outTruncated: false,
    errTruncated: false,
  });
  const cut = (["stdout", "stderr"] as const).filter((name) => result.truncated[name]);
  const truncated = [
    ...(streams.truncated ?? []),
    ...cut.map((name) => `${name}: what came after the first ${MOST_OUTPUT} bytes`),
  ];
  const artifact =
    whole &&
    (await context.artifacts
      .put({
        name: whole.name,
        mimeType: typeof whole.data === "string" ? "text/plain" : "application/octet-stream",
        data: whole.data,
        cluster,
      })
      .catch(() => undefined));
  return { streams: { ...streams, ...(truncated.length > 0 ? { truncated } : {}) }, artifact };
}

/** How a command ended, by number as the guest agent tells it. */
export function endingOf({ code, signal }: ExecResult): { exitcode?: number; signal?: number } {
  const number = signal === undefined ? undefined : (constants.signals as Record<string, number>)[`SIG${signal}`];
  return { ...(code === undefined ? {} : { exitcode: code }), ...(number === undefined ? {} : { signal: number }) };
}

/** Why a command failed by its own account; nothing for exit code 0. */
export function endFailure(result: ExecResult, timeoutSeconds: number): CommandFailure | undefined {
  if (result.timedOut) {
    return {
      code: "command-timeout",
      message: `The command was ended after ${timeoutSeconds} s; what it had done until then stays.`,
      next: "What it wrote is in the answer. Look at what it changed before running it again; raise timeoutSeconds if it needs longer.",
    };
  }
  if (result.code === 0) return undefined;
  const message =
    result.signal !== undefined
      ? `Signal ${result.signal} ended the command.`
      : `The command ended with exit code ${result.code ?? "unknown"}.`;
  return { code: "command-failed", message, next: "What it wrote is in the answer, stderr mostly says why." };
}

/** Ties a plan to what goes with a command, without its text: a body may hold secrets. */
export function fingerprint(parts: unknown): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}
