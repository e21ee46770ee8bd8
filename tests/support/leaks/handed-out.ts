import type { Found } from "./search.ts";

/** What makes consoles: their tickets are what proxmox_console_ticket is for. */
const CONSOLE = /^answer \S+ of POST \S+\/(termproxy|vncproxy|vncshell|spiceproxy|spiceshell)$/;

/**
 * Whether a secret is the very thing that was asked for: a ticket in the answer of the tool that hands out consoles, and
 * what an operation made that somebody called by its path, in that call's own answer. Nothing else may hold it.
 */
export function isHandedOut({ kinds }: Found, line: string, calls: ReadonlyMap<string, string> | undefined): boolean {
  if (!calls) return false;
  let answer: { id?: unknown; result?: { structuredContent?: { operation?: string } } };
  try {
    answer = JSON.parse(line.replace(/^data: /, "")) as typeof answer;
  } catch {
    return false;
  }
  const tool = calls.get(JSON.stringify(answer.id));
  if (tool === "proxmox_console_ticket") return [...kinds].some((kind) => CONSOLE.test(kind));
  const operation = answer.result?.structuredContent?.operation;
  return (
    (tool === "proxmox_api_call" || tool === "proxmox_api_write") &&
    [...kinds].some((kind) => kind.endsWith(` of ${operation}`) && kind.startsWith("answer "))
  );
}
