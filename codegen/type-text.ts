import type { Fact } from "../src/schema/facts.ts";
import { propertyKeys } from "../src/schema/property-string.ts";

/** Which way a value goes: parameters accept more forms than results have. */
export type Direction = "parameter" | "result";

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const FAMILY = /^([a-z]+)\[n\]$/;

/** A property name as TypeScript wants it: quoted unless it is an identifier. */
export const propertyName = (name: string): string => (IDENTIFIER.test(name) ? name : JSON.stringify(name));

/** The index signature key of an indexed family, e.g. `net${number}` in backquotes; undefined for other names. */
export function familyKey(name: string): string | undefined {
  const family = FAMILY.exec(name)?.[1];
  return family === undefined ? undefined : `\`${family}\${number}\``;
}

const union = (parts: readonly string[]): string => [...new Set(parts)].join(" | ");
const elements = (text: string): string => (/^[\w.]+$/.test(text) ? text : `(${text})`);

/** Writes facts as TypeScript types; `nameKeys` gives the interface of a property string's keys. */
export class TypeWriter {
  private readonly direction: Direction;
  private readonly nameKeys: (keys: Readonly<Record<string, Fact>>) => string;

  constructor(direction: Direction, nameKeys: (keys: Readonly<Record<string, Fact>>) => string) {
    this.direction = direction;
    this.nameKeys = nameKeys;
  }

  /** The type of one fact, without `undefined` for optional ones. */
  type(fact: Fact): string {
    if (fact.enum && fact.enum.length > 0) return union(fact.enum.map((choice) => JSON.stringify(choice)));
    if (fact.type === "array") return this.array(fact);
    if (fact.oneOf) return union(fact.oneOf.map((part) => this.type(part)));
    if (fact.type === "object") return this.object(fact);
    if (fact.type === "integer" || fact.type === "number") return "number";
    if (fact.type === "boolean") return this.direction === "parameter" ? "boolean | 0 | 1" : "boolean";
    if (fact.type === "null") return "null";
    if (fact.type === undefined) return "unknown";
    return this.text(fact);
  }

  private text(fact: Fact): string {
    if (this.direction === "result") return "string";
    const keys = propertyKeys(fact);
    if (keys) return `string | ${this.nameKeys(keys)}`;
    // The server joins a list of items with commas.
    return fact.format?.endsWith("-list") ? "string | readonly string[]" : "string";
  }

  private array(fact: Fact): string {
    const items = fact.oneOf
      ? fact.oneOf.map((part) => part.items).filter((part) => part !== undefined)
      : fact.items
        ? [fact.items]
        : [];
    const item = items.length === 0 ? "unknown" : union(items.map((part) => this.type(part)));
    return this.direction === "parameter" ? `readonly ${elements(item)}[]` : `${elements(item)}[]`;
  }

  private object(fact: Fact): string {
    const rest = typeof fact.additionalProperties === "object" ? this.type(fact.additionalProperties) : "unknown";
    const properties = Object.entries(fact.properties ?? {});
    if (properties.length === 0) return `Record<string, ${rest}>`;
    const members = properties.map(([name, child]) => {
      const key = familyKey(name);
      if (key !== undefined) return `[key: ${key}]: ${this.type(child)} | undefined`;
      return `${propertyName(name)}${child.optional ? "?" : ""}: ${this.type(child)}`;
    });
    return `{ ${members.join("; ")}; [key: string]: unknown }`;
  }
}
