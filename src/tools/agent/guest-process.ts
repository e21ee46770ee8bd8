import { setTimeout as sleep } from "node:timers/promises";
import { getNodesQemuAgentExecStatus, postNodesQemuAgentExec } from "../../../generated/clients/nodes-qemu.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { AgentUnavailableError } from "../../pve/agent-failure.ts";
import type { Answer, Send } from "../../schema/operation.ts";
import type { ToolContext } from "../context.ts";
import { isOn } from "../flag.ts";
import { bytesOf } from "./guest-text.ts";
import type { ProcessEnd } from "./process-streams.ts";

type At = { node: string; vmid: number };

/** The end of a process was told, and the answer that told it was lost: so is what it wrote (pve-facts 73). */
export class OutputLostError extends ProxmoxMcpError {
  constructor(pid: number | undefined, why: string, cause?: ProxmoxMcpError) {
    super({
      code: "output-lost",
      message: `The command was started${pid === undefined ? "" : ` (pid ${pid})`}, and how it ended cannot be learned any more: ${why}`,
      next: "The agent tells the end of a process once, and that answer was lost with what it wrote. Look at what the command should have changed; run it again only if that does no harm.",
      data: pid === undefined ? {} : { pid },
      cause,
    });
  }
}

/** One request that starts a command: a text for its standard input has one character for each byte. */
export function startProcess(at: At, argv: readonly string[], input?: string): (send: Send) => Promise<Answer> {
  const params = { ...at, command: argv, ...(input === undefined ? {} : { "input-data": input }) };
  return (send) => postNodesQemuAgentExec(send, params);
}

/** The process id that such a request was answered with; without one nobody can ask how the process ended. */
export function pidOf(answer: Answer | undefined): number {
  const { pid } = (answer?.data ?? {}) as { pid?: unknown };
  const id = Number(pid ?? Number.NaN);
  if (!Number.isInteger(id)) throw new OutputLostError(undefined, "the agent named no process.");
  return id;
}

/** Milliseconds between two looks. */
const PAUSES = [100, 200, 400, 800, 1500];
const LONGEST_PAUSE = 3000;

/** Waits for the end of a process; nothing when it still runs after `waitMs`. */
export async function awaitProcess(
  context: ToolContext,
  send: Send,
  at: At,
  pid: number,
  waitMs: number,
): Promise<ProcessEnd | undefined> {
  const began = Date.now();
  for (let look = 0; ; look++) {
    await sleep(PAUSES[look] ?? LONGEST_PAUSE, undefined, { signal: context.signal });
    const status = await lookAt(send, at, pid);
    if (status !== undefined && isOn(status.exited)) return endOf(status);
    const elapsed = Date.now() - began;
    if (elapsed > waitMs || context.ending.aborted) return undefined;
    context.progress(`command (pid ${pid}) runs for ${Math.round(elapsed / 1000)} s`);
  }
}

/** How a process is; nothing while the agent is away for a moment. */
async function lookAt(send: Send, at: At, pid: number): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    return (await getNodesQemuAgentExecStatus(send, { ...at, pid })).data;
  } catch (error) {
    if (error instanceof AgentUnavailableError && error.agentCause === "not-answering") return undefined;
    if (error instanceof ProxmoxMcpError) throw new OutputLostError(pid, error.message, error);
    throw error;
  }
}

function endOf(status: Readonly<Record<string, unknown>>): ProcessEnd {
  const bytes = (key: string): Uint8Array => bytesOf(typeof status[key] === "string" ? status[key] : "");
  return {
    ...(status.exitcode === undefined ? {} : { exitcode: Number(status.exitcode) }),
    ...(status.signal === undefined ? {} : { signal: Number(status.signal) }),
    out: bytes("out-data"),
    err: bytes("err-data"),
    outTruncated: isOn(status["out-truncated"]),
    errTruncated: isOn(status["err-truncated"]),
  };
}
