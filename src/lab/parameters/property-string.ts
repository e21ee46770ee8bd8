import type { Fact } from "../../schema/facts.ts";
import { isBlank, isTrue, splitOn } from "./perl.ts";

export type Keys = Readonly<Record<string, Fact>>;

/** A property string that cannot be taken apart, with the server's words. */
export class PropertyStringProblem extends Error {
  override readonly name = "PropertyStringProblem";
}

const TRUE = /^(?:1|on|yes|true)\n?$/i;
const FALSE = /^(?:0|off|no|false)\n?$/i;
const PAIR = /^([^=]+)=([^\n]+)\n?$/;

/** Property strings take more words for a boolean than parameters do (pve-facts 3). */
function booleanWord(value: string): string {
  if (TRUE.test(value)) return "1";
  return FALSE.test(value) ? "0" : value;
}

const own = (keys: Keys, name: string): Fact | undefined => (Object.hasOwn(keys, name) ? keys[name] : undefined);

/**
 * Takes a property string apart as the server does: no quoting, aliases resolved, unknown keys kept for the check that
 * follows (pve-facts 13). Throws {@link PropertyStringProblem}.
 */
export function parsePropertyString(keys: Keys, text: string): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  const duplicate = (key: string): never => {
    throw new PropertyStringProblem(`duplicate key in comma-separated list property: ${key}\n`);
  };
  let bare: string | undefined;
  for (const part of splitOn(text, ",")) {
    if (isBlank(part)) continue;
    const pair = PAIR.exec(part);
    if (pair) {
      const [, name = "", value = ""] = pair;
      let key = name;
      if (values[key] !== undefined) duplicate(key);
      let fact = own(keys, key);
      if (fact?.alias !== undefined) {
        if (fact.keyAlias !== undefined) {
          if (values[fact.keyAlias] !== undefined)
            throw new PropertyStringProblem(`key alias '${fact.keyAlias}' is already defined\n`);
          values[fact.keyAlias] = key;
        }
        key = fact.alias;
        if (values[key] !== undefined) duplicate(key);
        fact = own(keys, key);
      }
      values[key] = fact?.type === "boolean" ? booleanWord(value) : value;
    } else if (part.includes("=")) {
      throw new PropertyStringProblem("missing key in comma-separated list property\n");
    } else {
      if (bare !== undefined) duplicate(bare);
      bare = Object.keys(keys).find((key) => keys[key]!.defaultKey);
      if (bare === undefined)
        throw new PropertyStringProblem("value without key, but schema does not define a default key\n");
      if (isTrue(values[bare])) duplicate(bare);
      values[bare] = keys[bare]!.type === "boolean" ? booleanWord(part) : part;
    }
  }
  return values;
}
