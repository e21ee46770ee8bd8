import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { getNodesQemuAgentExecStatus, postNodesQemuAgentExec } from "../../../generated/clients/nodes-qemu.ts";
import { maskSecrets } from "../../access/index.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { AgentUnavailableError } from "../../pve/agent-failure.ts";
import type { Answer, Send } from "../../schema/operation.ts";
import type { ToolContext } from "../context.ts";
import { pageBudget } from "../output-budget.ts";
import { bytesOf, clip, textOf, wholeCharacters } from "./guest-text.ts";

type At = { node: string; vmid: number };

/** How a process in a guest ended. */
export interface ProcessEnd {
  exitcode?: number;
  signal?: number;
  out: Uint8Array;
  err: Uint8Array;
  /** The agent kept only the beginning. */
  outTruncated: boolean;
  errTruncated: boolean;
}

/** The end of a process was told, and the answer that told it was lost: so is what it wrote (pve-facts 73). */
export class OutputLostError extends ProxmoxMcpError {
  constructor(pid: number, cause: ProxmoxMcpError) {
    super({
      code: "output-lost",
      message: `The command was started (pid ${pid}), and how it ended cannot be learned any more: ${cause.message}`,
      next: "The agent tells the end of a process once, and that answer was lost with what it wrote. Look at what the command should have changed; run it again only if that does no harm.",
      data: { pid },
      cause,
    });
  }
}

/** One request that starts a command: a text for its standard input has one character for each byte. */
export function startProcess(at: At, argv: readonly string[], input?: string): (send: Send) => Promise<Answer> {
  const params = { ...at, command: argv, ...(input === undefined ? {} : { "input-data": input }) };
  return (send) => postNodesQemuAgentExec(send, params);
}

/** The process id that such a request was answered with. */
export function pidOf(answer: Answer | undefined): number {
  return Number((answer?.data as { pid?: unknown } | undefined)?.pid);
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
    if (status !== undefined && isTrue(status.exited)) return endOf(status);
    const elapsed = Date.now() - began;
    if (elapsed > waitMs) return undefined;
    context.progress(`command (pid ${pid}) runs for ${Math.round(elapsed / 1000)} s`);
  }
}

/** How a process is; nothing while the agent is away for a moment. */
async function lookAt(send: Send, at: At, pid: number): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    return (await getNodesQemuAgentExecStatus(send, { ...at, pid })).data;
  } catch (error) {
    if (error instanceof AgentUnavailableError && error.agentCause === "not-answering") return undefined;
    if (error instanceof ProxmoxMcpError) throw new OutputLostError(pid, error);
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
    outTruncated: isTrue(status["out-truncated"]),
    errTruncated: isTrue(status["err-truncated"]),
  };
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === "1";
}

/** What a process wrote, as an answer shows it. */
export const processOutput = {
  pid: z.int().optional(),
  exitcode: z.int().optional(),
  signal: z.int().optional(),
  stdout: z.string().optional(),
  stderr: z.string().optional(),
  stdoutBase64: z.string().optional().describe("In place of stdout that is not UTF-8"),
  stderrBase64: z.string().optional(),
  truncated: z.array(z.string()).optional().describe("What is missing of which stream"),
};

/** Bytes of a stream that is no text that an answer holds. */
const MOST_BYTES = 3000;

interface Streams {
  stdout?: string;
  stderr?: string;
  stdoutBase64?: string;
  stderrBase64?: string;
  truncated?: string[];
}

/** Both streams as texts that fit into an answer, what they leave out, and the first that is left out in part, whole. */
export function describeStreams(end: ProcessEnd): {
  streams: Streams;
  whole?: { name: string; data: string | Uint8Array };
} {
  const truncated: string[] = [];
  let whole: { name: string; data: string | Uint8Array } | undefined;
  const parts = (["stdout", "stderr"] as const).map((name) => {
    const [kept, isPart] = name === "stdout" ? [end.out, end.outTruncated] : [end.err, end.errTruncated];
    const bytes = isPart ? wholeCharacters(kept) : kept;
    if (isPart) truncated.push(`${name}: the guest agent kept the first ${kept.length} bytes only`);
    if (name === "stderr" && bytes.length === 0) return {};
    const text = textOf(bytes);
    if (text === undefined) {
      if (bytes.length > MOST_BYTES) {
        truncated.push(`${name}: the first ${MOST_BYTES} of ${bytes.length} bytes`);
        whole ??= { name: `${name}.bin`, data: bytes };
      }
      return { [`${name}Base64`]: Buffer.from(bytes.subarray(0, MOST_BYTES)).toString("base64") };
    }
    // Masked before it is cut: half a secret is one too.
    const masked = maskSecrets(text);
    const shown = clip(masked, Math.floor(pageBudget() * (name === "stdout" ? 0.55 : 0.2)));
    if (shown.leftOut > 0) {
      truncated.push(`${name}: ${shown.leftOut} of ${masked.length} characters, in its middle`);
      whole ??= { name: `${name}.txt`, data: masked };
    }
    return { [name]: shown.text };
  });
  const streams = Object.assign({}, ...parts, truncated.length === 0 ? {} : { truncated }) as Streams;
  return { streams, ...(whole === undefined ? {} : { whole }) };
}
