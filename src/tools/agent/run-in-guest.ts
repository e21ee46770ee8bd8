import * as z from "zod";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { GuestProgramError } from "../../pve/agent-failure.ts";
import { OutcomeUnknownError } from "../../pve/errors.ts";
import { dryRun } from "../arguments.ts";
import { change, changeOutput } from "../change.ts";
import type { ToolContext } from "../context.ts";
import type { ToolAnswer } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { atGuest, type FoundGuest } from "../guests/resolve.ts";
import { argvFor, type GuestCommand, KILL_AFTER } from "./guest-command.ts";
import { guestHead, guestHeadOutput } from "./guest-head.ts";
import { awaitProcess, OutputLostError, pidOf, startProcess } from "./guest-process.ts";
import { type GuestSystem, guestSystem } from "./guest-system.ts";
import { asByteText } from "./guest-text.ts";
import { inputNotes } from "./input-notes.ts";
import { describeStreams, type ProcessEnd, processOutput } from "./process-streams.ts";

/** Bytes of standard input that one request carries. */
const MOST_INPUT = 65_536;

/** Arguments of every tool that runs a command, beside the command. */
export const commandArguments = {
  stdin: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
  timeoutSeconds: z.int().min(1).max(600).default(30).describe("Ends the command; not on Windows"),
  dryRun,
};

/** What such a tool answers. */
export const commandOutput = z.object({
  ...guestHeadOutput,
  ...processOutput,
  plan: changeOutput.plan,
  warnings: changeOutput.warnings,
});

type CommandAnswer = z.input<typeof commandOutput>;

/** Runs a command by a VM's guest agent and waits for its end. Anything but exit code 0 is a failure with its output. */
export async function runInGuest(
  context: ToolContext,
  found: FoundGuest,
  command: GuestCommand & { stdin?: string | undefined },
  input: { dryRun: boolean },
): Promise<ToolAnswer<CommandAnswer>> {
  const stdin = command.stdin === undefined ? undefined : asByteText(command.stdin);
  if (stdin !== undefined && stdin.length > MOST_INPUT) {
    throw new ArgumentError(
      "stdin",
      `has ${stdin.length} bytes; the guest agent takes ${MOST_INPUT} at most`,
      "Write it to a file with proxmox_file_write, and let the command read that; nothing was sent.",
    );
  }
  const { send } = found.cluster;
  return atGuest(context, found, async (at) => {
    const system = await guestSystem(send, at);
    const { argv, warnings } = argvFor(command, system);
    const request = startProcess(at, argv, stdin);
    const notes = { warnings: [...warnings, ...inputNotes(command.stdin)] };
    const { data, answers } = await change(context, found.cluster, request, input, notes).catch(
      (error: unknown): never => {
        throw startFailure(error, system);
      },
    );
    if (input.dryRun) return { data: { ...guestHead(found, at.node), ...data } };
    const head: CommandAnswer = { ...guestHead(found, at.node), ...(warnings.length > 0 ? { warnings } : {}) };
    const began = Date.now();
    const waitMs = (command.timeoutSeconds + (system === "windows" ? 0 : KILL_AFTER + 10)) * 1000;
    try {
      const pid = pidOf(answers[0]);
      const end = await awaitProcess(context, send, at, pid, waitMs);
      if (end === undefined) return { data: { ...head, pid }, failed: stillRuns(at, pid) };
      const { exitcode, signal } = end;
      const how = { ...(exitcode === undefined ? {} : { exitcode }), ...(signal === undefined ? {} : { signal }) };
      const failed = failureOf(end, system, Date.now() - began, command.timeoutSeconds);
      const { streams, whole } = describeStreams(end);
      const artifact = whole && (await keepWhole(context, found.cluster.name, whole));
      return {
        data: { ...head, pid, ...how, ...streams },
        ...(failed ? { failed } : {}),
        ...(artifact ? { artifact } : {}),
      };
    } catch (error) {
      if (!(error instanceof OutputLostError)) throw error;
      const { code, message, next, data: facts } = error;
      return { data: { ...head, ...facts }, failed: { code, message, next: next! } };
    }
  });
}

/** Why a command did not start, or may have: with what that means for it. */
function startFailure(error: unknown, system: GuestSystem): unknown {
  if (error instanceof OutcomeUnknownError) {
    return new ProxmoxMcpError({
      code: error.code,
      message: `The command was sent once, and the answer was lost (${String(error.data.why)}): it may have been started, and what it writes is lost.`,
      next: "Look at what the command should have changed; run it again only if that does no harm.",
      data: error.data,
      cause: error,
    });
  }
  if (system === "unix" && error instanceof GuestProgramError && error.message.includes("timeout")) {
    return new ProxmoxMcpError({
      code: error.code,
      message: error.message,
      next: "Commands are ended in time by the guest's own timeout program, which it lacks: install coreutils or busybox there.",
      data: error.data,
      cause: error,
    });
  }
  return error;
}

/** A stream that the answer shows in part, put aside; the answer holds without it too. */
function keepWhole(context: ToolContext, cluster: string, { name, data }: { name: string; data: string | Uint8Array }) {
  const mimeType = typeof data === "string" ? "text/plain" : "application/octet-stream";
  return context.artifacts.put({ name, mimeType, data, cluster }).catch(() => undefined);
}

/** How `timeout` ends when the time is up: an exit code of its own, or the signal that it gave to the command too. */
const TIMED_OUT = new Set([124, 137, 143]);
const BY_SIGNAL = new Set([9, 15]);

function failureOf(
  { exitcode, signal }: ProcessEnd,
  system: GuestSystem,
  elapsedMs: number,
  timeoutSeconds: number,
): { code: string; message: string; next: string } | undefined {
  if (exitcode === 0) return undefined;
  const isOver = elapsedMs >= timeoutSeconds * 1000 && (BY_SIGNAL.has(signal ?? 0) || TIMED_OUT.has(exitcode ?? 0));
  if (system === "unix" && isOver) {
    return {
      code: "command-timeout",
      message: `The command was ended after ${timeoutSeconds} s.`,
      next: "What it wrote until then is in data; what it changed stays. Raise timeoutSeconds, or let it run in the background (nohup … &) and look later.",
    };
  }
  return {
    code: "command-failed",
    message:
      signal === undefined ? `The command ended with exit code ${exitcode}.` : `Signal ${signal} ended the command.`,
    next:
      system === "unix" && exitcode === 127
        ? "127 mostly means that there is no such program in the guest; stderr in data says which."
        : "What it wrote is in data.stdout and data.stderr.",
  };
}

function stillRuns({ node, vmid }: { node: string; vmid: number }, pid: number) {
  return {
    code: "command-running",
    message: `The command (pid ${pid}) still runs in the guest, and nothing ends it.`,
    next: `Do not start it again. proxmox_api_call GET /nodes/${node}/qemu/${vmid}/agent/exec-status with pid ${pid} tells how it is, and its end once.`,
  };
}
