import { SPACE } from "../text.ts";

const BASE64 = "[0-9A-Za-z+/]";
const BODY = `\\s*(?:${BASE64}+\\s*\\n)*${BASE64}*(?:=\\s*\\n=|={0,2})\\s*\\n`;
const BLOCK = new RegExp(`-----BEGIN [^\\n]*?-----${BODY}-----END [^\\n]*?-----\\s*$`, "uy");
const CERTIFICATE = new RegExp(`-----BEGIN CERTIFICATE-----${BODY}-----END CERTIFICATE-----(\\s*)`, "uy");
const WHITESPACE = new RegExp(`[${SPACE}]+`, "gu");
const HEADER = /-----BEGIN [^\n]*?-----/u;

/** Whitespace shortened so that no match has more than one way: what counts is whether it ends in a line break. */
function shorten(text: string): string {
  return text.replace(WHITESPACE, (run) => {
    if (run.includes("\n")) return run.endsWith("\n") ? "\n" : "\n ";
    return run.length > 2 ? "  " : run;
  });
}

function matchAt(regexp: RegExp, text: string, index: number): RegExpExecArray | null {
  regexp.lastIndex = index;
  return regexp.exec(text);
}

/** One PEM block; text before its begin line does not count, and the labels need not agree. */
export function isPem(value: string): boolean {
  const text = shorten(value);
  const start = HEADER.exec(text)?.index;
  return start !== undefined && matchAt(BLOCK, text, start) !== null;
}

/** One or more PEM certificates with nothing but line breaks between them. */
export function isPemChain(value: string): boolean {
  const text = shorten(value);
  let index = HEADER.exec(text)?.index;
  if (index === undefined) return false;
  while (index < text.length) {
    const block = matchAt(CERTIFICATE, text, index);
    if (!block) return false;
    index += block[0].length;
    if (index < text.length && !block[1]!.endsWith("\n")) return false;
  }
  return true;
}

const isText = (value: unknown): boolean => typeof value === "string" || typeof value === "number";
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A JSON list of calls, each with a path and a method. */
export function isCommandBatch(value: string): boolean {
  if (/[^\0-\x7f]/u.test(value)) return false;
  let calls: unknown;
  try {
    calls = JSON.parse(value);
  } catch {
    return false;
  }
  if (!Array.isArray(calls)) return false;
  return calls.every(
    (call: unknown) =>
      isObject(call) &&
      isText(call.path) &&
      ["GET", "POST", "PUT", "DELETE"].includes(String(call.method)) &&
      isText(call.method) &&
      (call.args === undefined || call.args === null || isObject(call.args)),
  );
}
