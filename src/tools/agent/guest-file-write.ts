import { createHash, randomBytes } from "node:crypto";
import { ConfirmationRequiredError } from "../../access/index.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { OutcomeUnknownError } from "../../pve/errors.ts";
import type { Answer, Send } from "../../schema/operation.ts";
import { type Change, change, type Request } from "../change.ts";
import type { ToolContext } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import { reasonOf } from "../gather.ts";
import { atGuest, type FoundGuest } from "../guests/resolve.ts";
import { directRequests, type NewFile, partRequests, pipedRequest } from "./file-requests.ts";
import { awaitProcess, OutputLostError, pidOf } from "./guest-process.ts";
import { bytesOf, textOf } from "./guest-text.ts";
import { chooseWay, type WriteWay } from "./write-way.ts";

type At = { node: string; vmid: number };

/** What became of a write. */
export interface FileWritten {
  node: string;
  bytes: number;
  sha256: string;
  /** The content was seen in its place. */
  verified?: boolean;
  plan?: Change["data"]["plan"];
  warnings?: string[];
  failed?: { code: string; message: string; next: string };
}

/** Milliseconds that putting a file together may take. */
const ASSEMBLY_MS = 60_000;

/** Writes a file inside a guest: all of it at once where a command can run there, else in place. */
export async function writeGuestFile(
  context: ToolContext,
  found: FoundGuest,
  given: { path: string; bytes: Uint8Array; mode?: string | undefined; owner?: string | undefined },
  input: { dryRun: boolean },
): Promise<FileWritten> {
  const { send } = found.cluster;
  const sha256 = createHash("sha256").update(given.bytes).digest("hex");
  return atGuest(context, found, async (at) => {
    const way = await context.pin("way", () => chooseWay(send, at));
    const suffix = await context.pin("suffix", () => `.${randomBytes(6).toString("hex")}.tmp`);
    const file: NewFile = { ...given, sha256, suffix };
    const done = { node: at.node, bytes: given.bytes.length, sha256 };
    const write = way.by === "command" ? writeByCommand : writeByAgent;
    return { ...done, ...(await write(context, found, at, file, way, input)) };
  });
}

type Outcome = Omit<FileWritten, "node" | "bytes" | "sha256">;

async function writeByCommand(
  context: ToolContext,
  found: FoundGuest,
  at: At,
  file: NewFile,
  _: WriteWay,
  input: { dryRun: boolean },
): Promise<Outcome> {
  const piped = pipedRequest(at, file);
  const { writes, assemble, parts } = piped ? { writes: [], assemble: piped, parts: [] } : partRequests(at, file);
  const requests = [...writes, assemble];
  let begun = 0;
  const noted = requests.map((request): Request => {
    return (send) => {
      if (send === found.cluster.send) begun++;
      return request(send);
    };
  });
  let result: Change | undefined;
  let error: unknown;
  try {
    result = await change(context, found.cluster, noted, input, notesOf(file, parts.length > 0));
    error = result.error;
  } catch (thrown) {
    if (begun === 0 || thrown instanceof ConfirmationRequiredError) throw thrown;
    error = thrown;
  }
  if (input.dryRun && result) return result.data;
  if (error === undefined) {
    return putTogether(context, found.cluster.send, at, result?.answers.at(-1), file, parts);
  }
  if (error instanceof OutcomeUnknownError && begun === requests.length) return unknown(file, parts, error.message);
  const left = parts.length === 0 ? NOTHING : await takeAway(context, found.cluster.send, at, assemble, parts);
  if (left === "written") return { verified: true };
  if (!(error instanceof ProxmoxMcpError)) throw error;
  throw new WriteFailedError(error, left);
}

const NOTHING: readonly string[] = [];

/** Whether the file was written cannot be told; it is never half of either. */
function unknown({ path, suffix }: NewFile, parts: readonly string[], message: string): Outcome {
  const temporary = `${suffix}${parts.length > 0 ? ` or ${suffix}.NNN` : ""}`;
  return {
    verified: false,
    failed: {
      code: "write-unknown",
      message,
      next: `Read ${path} and compare its sha256 with data.sha256: the file is either as it was or wholly new. Names of temporary files, if any are left, end in ${temporary}.`,
    },
  };
}

/** Waits for the command that puts the file into place, and says how it ended. */
async function putTogether(
  context: ToolContext,
  send: Send,
  at: At,
  started: Answer | undefined,
  file: NewFile,
  parts: readonly string[],
): Promise<Outcome> {
  try {
    const end = await awaitProcess(context, send, at, pidOf(started), ASSEMBLY_MS);
    if (end === undefined) return unknown(file, parts, `It takes longer than ${ASSEMBLY_MS / 1000} s.`);
    if (end.exitcode === 0) return { verified: true };
    const words = (textOf(end.err) ?? "").trim().slice(0, 500);
    return {
      verified: false,
      failed: {
        code: "write-failed",
        message: `The file was not written: ${words || `exit code ${end.exitcode ?? "unknown"}`}.`,
        next: "What is at the path is as it was, and nothing temporary is left. Look at the reason, and at free space and permissions in the guest.",
      },
    };
  } catch (error) {
    if (!(error instanceof OutputLostError)) throw error;
    return unknown(file, parts, error.message);
  }
}

/**
 * After a failure: the command that was to put the parts together takes them away as well, and what it has not got all
 * parts of it leaves alone. Answers with the parts that may be left; with all of them there, the file is written after all.
 */
async function takeAway(
  context: ToolContext,
  send: Send,
  at: At,
  assemble: Request,
  parts: readonly string[],
): Promise<readonly string[] | "written"> {
  // Also when the client has gone: nothing half-done stays.
  const signal = AbortSignal.timeout(ASSEMBLY_MS);
  const persistent: Send = (operation, params, options) => send(operation, params, { ...options, signal });
  try {
    const pid = pidOf(await assemble(persistent));
    const end = await awaitProcess({ ...context, signal }, persistent, at, pid, ASSEMBLY_MS);
    if (end === undefined) return parts;
    return end.exitcode === 0 ? "written" : NOTHING;
  } catch {
    return parts;
  }
}

/** Written in place by the agent alone: the mode and owner of a file that is there stay. */
async function writeByAgent(
  context: ToolContext,
  found: FoundGuest,
  at: At,
  file: NewFile,
  way: WriteWay,
  input: { dryRun: boolean },
): Promise<Outcome> {
  const rights = file.mode === undefined ? (file.owner === undefined ? undefined : "owner") : "mode";
  if (rights !== undefined) {
    throw new ArgumentError(
      rights,
      `needs a command inside the guest, and ${way.because}`,
      "Leave mode and owner out; nothing was sent.",
    );
  }
  const requests = directRequests(at, file);
  if (requests === undefined) {
    throw new ArgumentError(
      "content",
      `has ${file.bytes.length} bytes; more than 45 KiB need a command inside the guest, and ${way.because}`,
      "Write less; nothing was sent.",
    );
  }
  const result = await change(context, found.cluster, requests, input, notesOf(file, false, way));
  if (input.dryRun) return result.data;
  // Written, but not to be read: the token may lack that right.
  if (result.error) {
    return {
      verified: false,
      warnings: [`The file was written, and could not be read back: ${reasonOf(result.error)}`],
    };
  }
  const content = (result.answers[1]?.data as { content?: unknown } | undefined)?.content;
  if (Buffer.compare(bytesOf(String(content ?? "")), file.bytes) === 0) {
    return { verified: true, ...newFileWarning(way) };
  }
  return {
    verified: false,
    failed: {
      code: "write-failed",
      message: "The file holds something else than what was written.",
      next: "The agent reports no full disk while it writes: look at free space in the guest, and at who else writes the file; then write it again.",
    },
  };
}

function newFileWarning(way: WriteWay): { warnings?: string[] } {
  return way.windows ? {} : { warnings: [NEW_FILE] };
}

const NEW_FILE =
  "If the file is new, the guest agent made it readable and writable by everybody (0666); one that was there keeps its mode and owner.";

/** What the person who decides should know: that a file is replaced, and what with. */
function notesOf({ path, bytes, sha256, mode, owner }: NewFile, hasParts: boolean, way?: WriteWay) {
  const text = textOf(bytes);
  // What is piped into a command is masked elsewhere, and whoever consents has to see it.
  const begins = text === undefined || text === "" ? [] : [`It begins with ${JSON.stringify(text.slice(0, 600))}.`];
  const rights = [...(mode === undefined ? [] : [`mode ${mode}`]), ...(owner === undefined ? [] : [`owner ${owner}`])];
  const kept = rights.length > 0 ? `it gets ${rights.join(" and ")}` : "it keeps its mode and owner";
  return {
    diff: [{ key: path, to: `${bytes.length} bytes, sha256 ${sha256}` }],
    warnings: [
      `A file that is at ${path} is replaced, and ${kept}.`,
      ...begins,
      ...(hasParts
        ? ["Until they are put together, the parts lie beside it, readable by everybody in the guest."]
        : []),
      ...(way ? [`It is written in place, not at once, as ${way.because}.`, ...(way.windows ? [] : [NEW_FILE])] : []),
    ],
  };
}

/** The content could not be brought into the guest; the file itself was not touched. */
class WriteFailedError extends ProxmoxMcpError {
  constructor(cause: ProxmoxMcpError, left: readonly string[]) {
    const rest =
      left.length === 0
        ? "Nothing temporary is left in the guest."
        : `Parts may be left in the guest, to be removed: ${left[0]} to ${left.at(-1)}.`;
    super({
      code: cause.code,
      message: `${cause.message.replace(/[.\s]+$/, "")}. The file is as it was.`,
      next: `${cause.next ?? ""} ${rest}`.trim(),
      data: { ...cause.data, ...(left.length === 0 ? {} : { left: [left[0], left.at(-1)] }) },
      cause,
    });
  }
}
