import * as z from "zod";
import { maskSecrets } from "../../access/index.ts";
import { pageBudget } from "../output-budget.ts";
import { clip, textOf, wholeCharacters } from "./guest-text.ts";

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
