import { die, Refusal } from "../refusal.ts";

/** A refusal as text, the way it reads within another one. */
function asText(error: unknown): string {
  if (!(error instanceof Refusal)) return error instanceof Error ? error.message : String(error);
  if (error.status === 500) return error.long ?? error.message;
  const details = Object.entries(error.errors ?? {}).map(([name, text]) => `\n${name}: ${text}`);
  return `${error.status} ${error.message}${details.join("")}`;
}

/** Runs a change of a configuration file; whatever fails is told as a failure of that change, with status 500. */
export function locked<T>(what: string, change: () => T): T {
  try {
    return change();
  } catch (error) {
    const text = `${what}: ${asText(error)}`;
    throw text.includes("\n") ? new Refusal(500, text.split("\n")[0]!, { long: text }) : die(text);
  }
}
