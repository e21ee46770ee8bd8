import type { Fact } from "../schema/facts.ts";

type Keys = Readonly<Record<string, Fact>>;

const TRUE = /^(?:1|on|yes|true)$/i;
const FALSE = /^(?:0|off|no|false)$/i;

/** Property strings take more words for a boolean than parameters do (pve-facts 3). */
function booleanWord(value: string): string {
  if (TRUE.test(value)) return "1";
  return FALSE.test(value) ? "0" : value;
}

/** Splits a property string as the server does: no escaping, aliases resolved (pve-facts 13); throws its complaint. */
export function parsePropertyString(keys: Keys, text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const defaultKey = Object.keys(keys).find((key) => keys[key]!.defaultKey);
  for (const part of text.split(",")) {
    if (/^\s*$/.test(part)) continue;
    const pair = /^([^=]+)=(.+)$/s.exec(part);
    if (pair) {
      let key = pair[1]!;
      if (Object.hasOwn(values, key)) throw new Error(`duplicate key in comma-separated list property: ${key}\n`);
      let fact = Object.hasOwn(keys, key) ? keys[key] : undefined;
      if (fact?.alias !== undefined) {
        if (fact.keyAlias !== undefined) {
          if (Object.hasOwn(values, fact.keyAlias))
            throw new Error(`key alias '${fact.keyAlias}' is already defined\n`);
          values[fact.keyAlias] = key;
        }
        key = fact.alias;
        fact = keys[key];
      }
      values[key] = fact?.type === "boolean" ? booleanWord(pair[2]!) : pair[2]!;
    } else if (!part.includes("=")) {
      if (defaultKey === undefined) throw new Error("value without key, but schema does not define a default key\n");
      if (values[defaultKey]) throw new Error(`duplicate key in comma-separated list property: ${defaultKey}\n`);
      values[defaultKey] = keys[defaultKey]?.type === "boolean" ? booleanWord(part) : part;
    } else throw new Error("missing key in comma-separated list property\n");
  }
  return values;
}

/** The complaint about a property string, as a parameter's error gives it; nothing when it is fine. */
export function checkPropertyString(
  keys: Keys,
  name: string,
  text: string,
  check: (fact: Fact, value: string) => string | undefined,
): string | undefined {
  let values: Record<string, string>;
  try {
    values = parsePropertyString(keys, text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const lines: string[] = [];
  for (const [key, fact] of Object.entries(keys)) {
    const value = values[key];
    const wrong =
      value === undefined
        ? fact.optional || fact.alias !== undefined
          ? undefined
          : "property is missing and it is not optional"
        : check(fact, value);
    if (wrong !== undefined) lines.push(`${name}.${key}: ${wrong}\n`);
  }
  for (const key of Object.keys(values))
    if (!Object.hasOwn(keys, key))
      lines.push(
        `${name}.${key}: property is not defined in schema and the schema does not allow additional properties\n`,
      );
  return lines.length === 0 ? undefined : `format error\n${lines.join("")}`;
}
