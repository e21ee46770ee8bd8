import type { Fact } from "../schema/facts.ts";
import { InvalidParametersError, type RequestContext } from "./errors.ts";

/** Composes a property string from an object (pve-facts 13: there is no escaping, so a comma or a newline is refused). */
export function composeProperties(
  context: RequestContext,
  name: string,
  fact: Fact,
  value: Readonly<Record<string, unknown>>,
): string {
  const parts: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined || item === null) continue;
    const text = typeof item === "boolean" ? (item ? "1" : "0") : String(item);
    if (/[,\n]/.test(text) || text === "") {
      throw new InvalidParametersError(context, {
        [`${name}.${key}`]: "may not be empty or contain a comma or a newline",
      });
    }
    if (fact.keys?.[key]?.defaultKey === true) parts.unshift(text);
    else parts.push(`${key}=${text}`);
  }
  return parts.join(",");
}
