import { createHash } from "node:crypto";
import * as z from "zod";
import { cleanText, maskSecrets } from "../../access/index.ts";
import type { ArtifactReference } from "../../artifacts/index.ts";
import { type FilePart, readGuestFile } from "../agent/guest-file-read.ts";
import { guestHead } from "../agent/guest-head.ts";
import { textOf, wholeCharacters } from "../agent/guest-text.ts";
import type { ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { pageBudget } from "../output-budget.ts";
import { readHostFile } from "./host-files.ts";
import { path, requireAbsolute } from "./path.ts";
import { findReachable, headOf, targetArguments, targetOutput } from "./target.ts";

const output = z.object({
  ...targetOutput,
  path: z.string(),
  encoding: z.enum(["text", "base64"]),
  content: z.string(),
  bytes: z.int().describe("Of the file, in content"),
  size: z.int().optional().describe("Of the file, when its end was seen"),
  nextOffset: z.int().optional().describe("Where the rest begins"),
  sha256: z.string().describe("Of the bytes read; of the file when offset is 0 and nothing is left"),
  note: z.string().optional(),
});

export default defineTool({
  name: "proxmox_file_read",
  title: "Read a file in a machine",
  description: "Read a file inside a VM, container or node, in parts, as UTF-8 text or base64.",
  toolset: "hosts",
  class: "escape",
  idempotent: true,
  input: z.strictObject({
    ...targetArguments,
    path,
    offset: z.int().min(0).default(0),
    length: z.int().min(1).max(4_194_304).default(12_000).describe("Bytes; too much for an answer becomes an artifact"),
    encoding: z.enum(["auto", "base64"]).default("auto"),
  }),
  output,
  async run(context, input) {
    requireAbsolute(input.path);
    const found = await findReachable(context, input, "pct pull <vmid> <path> <file>");
    const part =
      found.kind === "vm"
        ? await readGuestFile(context, found.guest, input)
        : await readHostFile(context, found, input);
    const shown = showPart(part, input.encoding);
    const isCut = shown.bytes < shown.read.length;
    const artifact = isCut ? await keepPart(context, found.cluster.name, input.path, shown.read) : undefined;
    const isRest = isCut || shown.read.length < part.bytes.length || part.more;
    return {
      data: {
        ...(found.kind === "vm" ? guestHead(found.guest, part.node) : headOf(found)),
        path: input.path,
        encoding: shown.encoding,
        content: shown.content,
        bytes: shown.bytes,
        ...(part.size === undefined ? {} : { size: part.size }),
        ...(isRest ? { nextOffset: input.offset + shown.bytes } : {}),
        sha256: createHash("sha256").update(shown.read).digest("hex"),
        ...noteOf(part, shown, isCut),
      },
      ...(artifact ? { artifact } : {}),
    };
  },
});

interface Shown {
  encoding: "text" | "base64";
  content: string;
  /** Bytes of the file that stand there. */
  bytes: number;
  /** What was read, but for the beginning of a character at its end. */
  read: Uint8Array;
  /** What stands there is not exactly what was read. */
  altered: boolean;
}

/** As much of a part as an answer holds. */
function showPart({ bytes, more, limit }: FilePart, encoding: "auto" | "base64"): Shown {
  const read = more || limit !== undefined ? wholeCharacters(bytes) : bytes;
  const text = encoding === "auto" ? textOf(read) : undefined;
  if (text !== undefined) {
    const some = beginning(read, pageBudget() * 0.8);
    const content = textOf(some)!;
    return {
      encoding: "text",
      content,
      bytes: some.length,
      read,
      altered: maskSecrets(cleanText(content)) !== content,
    };
  }
  // Base64 takes about two tokens for three characters.
  const some = bytes.subarray(0, Math.floor(pageBudget() / 6) * 3);
  const content = Buffer.from(some).toString("base64");
  return { encoding: "base64", content, bytes: some.length, read: bytes, altered: maskSecrets(content) !== content };
}

/** The beginning of a text of which JSON makes no more than `most` characters. */
function beginning(bytes: Uint8Array, most: number): Uint8Array {
  let part = bytes.length <= most ? bytes : wholeCharacters(bytes.subarray(0, Math.floor(most)));
  for (let size = sizeOf(part); size > most; size = sizeOf(part)) {
    part = wholeCharacters(part.subarray(0, Math.floor((part.length * most) / size) - 1));
  }
  return part;
}

function sizeOf(bytes: Uint8Array): number {
  return JSON.stringify(Buffer.from(bytes).toString("utf8")).length;
}

function noteOf({ limit }: FilePart, { altered }: Shown, isCut: boolean): { note?: string } {
  const notes = [
    ...(altered
      ? [
          "content shows the text without invisible characters and known secrets; sha256 is of the real bytes, which encoding base64 gives",
        ]
      : []),
    ...(isCut ? ["content is the beginning of what was read; sha256 is of all of it, and so is the artifact"] : []),
    ...(limit === undefined ? [] : [limit]),
  ];
  return notes.length === 0 ? {} : { note: `${notes.join(". ")}.` };
}

/** All bytes that were read, put aside; without it the file can still be read on. */
function keepPart(
  context: ToolContext,
  cluster: string,
  file: string,
  data: Uint8Array,
): Promise<ArtifactReference | undefined> {
  const name = file.split(/[\\/]/).at(-1) || "file";
  return context.artifacts.put({ name, mimeType: "application/octet-stream", data, cluster }).catch(() => undefined);
}
