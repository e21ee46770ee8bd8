import { SPACE } from "../perl.ts";
import { type Check, rule } from "./check.ts";

const BEGIN = /-----BEGIN [^\n]*?-----/;
const DATA = "[A-Za-z0-9+/]";

/** One block after another, nothing between them but whitespace. */
function blocks(label: string): RegExp {
  const block =
    `-----BEGIN ${label}-----[${SPACE}]*` +
    `(?:(?:${DATA}+[${SPACE}]*\\n)*${DATA}*=?[${SPACE}]*=?[${SPACE}]*\\n)?` +
    `[${SPACE}]*-----END ${label}-----[${SPACE}]*`;
  return new RegExp(block, "uy");
}

const ANY = blocks("[^\\n]*?");
const CERTIFICATE = blocks("CERTIFICATE");

/** How many blocks the text is made of, after what stands before the first; 0 when anything else is in it. */
function count(text: string, block: RegExp): number {
  const start = text.search(BEGIN);
  if (start < 0) return 0;
  let at = start;
  let found = 0;
  while (at < text.length) {
    block.lastIndex = at;
    if (!block.test(text)) return 0;
    at = block.lastIndex;
    found += 1;
  }
  return found;
}

const COMPLAINT = "not a valid PEM-formatted string.";

/** Formats of certificates and keys. */
export const PEM_FORMATS: Readonly<Record<string, Check>> = {
  "pem-string": rule((value) => count(value, ANY) === 1, COMPLAINT),
  "pem-certificate-chain": rule((value) => count(value, CERTIFICATE) > 0, COMPLAINT),
};
