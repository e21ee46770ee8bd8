import * as z from "zod";
import { writeGuestFile } from "../agent/guest-file-write.ts";
import { guestHead } from "../agent/guest-head.ts";
import { dryRun } from "../arguments.ts";
import { changeOutput } from "../change.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { writeHostFile } from "./host-files.ts";
import { path, requireAbsolute } from "./path.ts";
import { findReachable, headOf, targetArguments, targetOutput } from "./target.ts";

/** Bytes of a file that one call writes: by an agent in some twenty requests, over SSH in one go. */
const MOST = { agent: 1_048_576, ssh: 8_388_608 };

export default defineTool({
  name: "proxmox_file_write",
  title: "Write a file in a machine",
  description: "Write or overwrite a file inside a VM, container or node, whole and verified.",
  toolset: "hosts",
  class: "escape",
  idempotent: true,
  input: z.strictObject({
    ...targetArguments,
    path,
    content: z.string(),
    encoding: z.enum(["text", "base64"]).default("text"),
    mode: z.string().optional().describe("Octal; default: kept, or 0644"),
    owner: z.string().optional().describe("user:group; default: kept, or root"),
    dryRun,
  }),
  output: z.object({
    ...targetOutput,
    path: z.string(),
    bytes: z.int(),
    sha256: z.string(),
    verified: z.boolean().optional().describe("The file was seen to hold exactly these bytes"),
    plan: changeOutput.plan,
    warnings: changeOutput.warnings,
  }),
  async run(context, input) {
    requireAbsolute(input.path);
    const { mode, owner } = input;
    if (mode !== undefined && !/^[0-7]{3,4}$/.test(mode)) {
      throw new ArgumentError("mode", "is not octal", "Give three or four digits from 0 to 7, e.g. 0644.");
    }
    if (owner !== undefined && !/^[A-Za-z0-9_][\w.$-]*(?::[\w.$-]+)?$/.test(owner)) {
      throw new ArgumentError("owner", "is not user or user:group", "Give names or numbers, e.g. www-data:www-data.");
    }
    const bytes = bytesToWrite(input, input.targetKind === "vm" ? "agent" : "ssh");
    const found = await findReachable(context, input, "pct push <vmid> <file> <path>");
    const file = { path: input.path, bytes, mode, owner };
    const { node, failed, ...written } = await (found.kind === "vm"
      ? writeGuestFile(context, found.guest, file, input)
      : writeHostFile(context, found, file, input));
    return {
      data: { ...(found.kind === "vm" ? guestHead(found.guest, node) : headOf(found)), path: input.path, ...written },
      ...(failed ? { failed } : {}),
    };
  },
});

function bytesToWrite(
  { content, encoding }: { content: string; encoding: "text" | "base64" },
  way: keyof typeof MOST,
): Uint8Array {
  const bytes = Buffer.from(content, encoding === "text" ? "utf8" : "base64");
  if (encoding === "base64" && bytes.toString("base64") !== content.replace(/\s+/g, "")) {
    throw new ArgumentError("content", "is not base64", "Give standard base64 with its padding, or encoding text.");
  }
  // Half of a surrogate pair has no bytes: another character would be written in its place.
  if (encoding === "text" && /\p{Surrogate}/u.test(content)) {
    throw new ArgumentError("content", "holds half a character", "Give those bytes as base64.");
  }
  if (bytes.length > MOST[way]) {
    throw new ArgumentError(
      "content",
      `has ${bytes.length} bytes; ${MOST[way]} at most are written at a time${way === "agent" ? " by a guest agent" : ""}`,
      `${way === "agent" ? `Over SSH of its own (targetKind linux_guest or windows_guest) up to ${MOST.ssh} are; or let` : "Let"} the guest fetch the file itself with proxmox_shell_run, e.g. by curl.`,
    );
  }
  return bytes;
}
