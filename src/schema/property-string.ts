import type { Fact } from "./facts.ts";
import { OBJECT_FORMATS } from "./format-data/objects.ts";
import { isBlank, splitOn } from "./text.ts";

/** The keys of a property string. */
export type Keys = Readonly<Record<string, Fact>>;

/** A property string that cannot be read or written; the message names the key. This leaf knows no other error. */
export class PropertyStringError extends Error {
  override readonly name = "PropertyStringError";
}

/** A boolean in words as "1" or "0"; any other text as it is. */
function booleanText(text: string): string {
  if (/^(?:1|on|yes|true)\n?$/iu.test(text)) return "1";
  return /^(?:0|off|no|false)\n?$/iu.test(text) ? "0" : text;
}

/** The keys of an object format, inline or named; nothing for any other parameter. */
export function propertyKeys(fact: Pick<Fact, "keys" | "format">): Keys | undefined {
  return fact.keys ?? (fact.format === undefined ? undefined : OBJECT_FORMATS[fact.format]);
}

/** The key whose value may stand without `key=`. */
export function defaultKeyOf(keys: Keys): string | undefined {
  return Object.keys(keys).find((key) => keys[key]!.defaultKey);
}

/** Own keys only: a part named `constructor` is unknown. */
function keyFact(keys: Keys, key: string): Fact | undefined {
  return Object.hasOwn(keys, key) ? keys[key] : undefined;
}

/** The key that a name stands for, and the key whose value that name is (`virtio=MAC`); throws for an unknown one. */
export function propertyKeyName(keys: Keys, key: string): { name: string; saysKey?: string } {
  const fact = keyFact(keys, key);
  if (!fact) throw new PropertyStringError(`${quoted(key)} is not a key here; known: ${Object.keys(keys).join(", ")}`);
  return { name: fact.alias ?? key, ...(fact.keyAlias === undefined ? {} : { saysKey: fact.keyAlias }) };
}

function quoted(key: string): string {
  return JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}…` : key);
}

/**
 * Reads a property string into its values by key, aliases resolved and booleans as "1" or "0". Throws
 * PropertyStringError; says nothing about the values' own rules (pve-facts 13).
 */
export function parsePropertyString(keys: Keys, text: string): Record<string, string> {
  const values = new Map<string, string>();
  let bare: string | undefined;
  const put = (key: string, value: string): void => {
    if (values.has(key)) throw new PropertyStringError(`${quoted(key)} is given twice`);
    values.set(key, value);
  };
  for (const part of splitOn(text, ",")) {
    if (isBlank(part)) continue;
    const cut = part.indexOf("=");
    if (cut < 0) {
      bare ??= defaultKeyOf(keys);
      if (bare === undefined) throw new PropertyStringError(`${quoted(part)} has no key: write key=value`);
      // A first value of "0" does not count as given.
      if (values.get(bare) === "0") values.delete(bare);
      put(bare, keys[bare]!.type === "boolean" ? booleanText(part) : part);
      continue;
    }
    const match = /^([^=]+)=([^\n]+)\n?$/u.exec(part);
    if (!match) throw new PropertyStringError(`${quoted(part.slice(0, cut))} needs a key, "=" and a value on one line`);
    const [, name, value] = match as unknown as [string, string, string];
    const named = keyFact(keys, name);
    if (!named)
      throw new PropertyStringError(`${quoted(name)} is not a key here; known: ${Object.keys(keys).join(", ")}`);
    if (named.keyAlias !== undefined) put(named.keyAlias, name);
    const target = named.alias ?? name;
    const isBoolean = keyFact(keys, target)?.type === "boolean";
    put(target, isBoolean ? booleanText(value) : value);
  }
  return Object.fromEntries(values);
}

/** One value as text: booleans as 1 and 0, an array's items with `;` between them, which is how PVE lists inside. */
function composeValue(fact: Fact | undefined, key: string, value: unknown): string {
  if (typeof value === "boolean") return value ? "1" : "0";
  if (fact?.type === "boolean" && typeof value === "string") return booleanText(value);
  const text = Array.isArray(value) ? value.join(";") : value;
  if (typeof text !== "string" && typeof text !== "number")
    throw new PropertyStringError(`${quoted(key)} must be text, a number or a boolean`);
  const result = String(text);
  if (result === "") throw new PropertyStringError(`${quoted(key)} is empty: leave the key out instead`);
  if (/[,\n]/.test(result))
    throw new PropertyStringError(`${quoted(key)} has a comma or a line break, which a property string cannot carry`);
  return result;
}

/**
 * Writes an object as PVE's string: the default key first and bare, the others in the order of the key table, booleans
 * as 1 and 0; null and undefined are left out. Throws PropertyStringError for an unknown key, for a key given twice by
 * an alias, and for a value that cannot be written (pve-facts 13).
 */
export function composePropertyString(keys: Keys, value: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(value).filter(([, entry]) => entry !== undefined && entry !== null);
  const order = new Map(Object.keys(keys).map((key, index) => [key, index]));
  const first = defaultKeyOf(keys);
  const seen = new Set<string>();
  for (const [key] of given) {
    const fact = keyFact(keys, key);
    if (!fact)
      throw new PropertyStringError(`${quoted(key)} is not a key here; known: ${Object.keys(keys).join(", ")}`);
    for (const target of [fact.alias ?? key, fact.keyAlias]) {
      if (target === undefined) continue;
      if (seen.has(target)) throw new PropertyStringError(`${quoted(target)} is given twice, once by another name`);
      seen.add(target);
    }
  }
  const rank = (key: string): number => (key === first ? -1 : order.get(key)!);
  return given
    .sort(([a], [b]) => rank(a) - rank(b))
    .map(([key, entry]) => {
      const text = composeValue(keyFact(keys, keyFact(keys, key)!.alias ?? key), key, entry);
      return key === first && !text.includes("=") && !isBlank(text) ? text : `${key}=${text}`;
    })
    .join(",");
}
