import { createHash } from "node:crypto";
import { wire } from "../../../generated/wire.ts";
import type { Fact, OperationFacts } from "../../schema/facts.ts";
import { die, Refusal } from "../refusal.ts";

export type Section = Record<string, unknown>;

/** The options of a kind of section: `required`, `optional`, or not to be changed later. */
export type Options = Readonly<Record<string, "required" | "optional" | "fixed" | "fixed optional">>;

/** Spreads names over an options table. */
export function options(required: string, optional: string, fixed = ""): Options {
  const table: Record<string, Options[string]> = {};
  const words = (text: string): string[] => text.split(" ").filter((word) => word !== "");
  for (const name of words(required)) table[name] = "required";
  for (const name of words(optional)) table[name] = "optional";
  for (const name of words(fixed)) table[name] = "fixed";
  return table;
}

/** Items of a list as PVE takes it: commas, semicolons, blanks and NUL part them. */
export function splitList(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(splitList);
  return value === undefined || value === null
    ? []
    : String(value)
        .split(/[,;\0\s]+/)
        .filter((item) => item !== "");
}

/** A configuration file of sections, each with an id and a type, and one digest over them all. */
export class SectionConfig {
  readonly #sections = new Map<string, Section>();
  /** Sections that are there although no file names them, and count for no digest. */
  readonly #builtIn: ReadonlyMap<string, Section>;
  #digest: string | undefined;

  constructor(builtIn: Readonly<Record<string, Section>> = {}) {
    this.#builtIn = new Map(Object.entries(builtIn));
    for (const [id, section] of this.#builtIn) this.#sections.set(id, { ...section });
  }

  /** Ids, sorted. */
  get ids(): string[] {
    return [...this.#sections.keys()].sort();
  }

  /** Ids in the order in which they were added. */
  get added(): string[] {
    return [...this.#sections.keys()];
  }

  get size(): number {
    return this.#sections.size;
  }

  /** Ids with their sections, in the order in which they were added. */
  entries(): IterableIterator<[string, Section]> {
    return this.#sections.entries();
  }

  get(id: string): Section | undefined {
    return this.#sections.get(id);
  }

  has(id: string): boolean {
    return this.#sections.has(id);
  }

  set(id: string, section: Section): void {
    this.#sections.set(id, section);
    this.#digest = undefined;
  }

  delete(id: string): boolean {
    this.#digest = undefined;
    const removed = this.#sections.delete(id);
    const builtIn = this.#builtIn.get(id);
    if (builtIn) this.#sections.set(id, { ...builtIn });
    return removed;
  }

  /** To be called after a section was changed in place. */
  touch(): void {
    this.#digest = undefined;
  }

  /** Everything, copied. */
  snapshot(): Record<string, Section> {
    return structuredClone(Object.fromEntries(this.#sections));
  }

  restore(sections: Readonly<Record<string, Section>>): void {
    this.#sections.clear();
    for (const [id, section] of Object.entries(structuredClone(sections))) this.#sections.set(id, section);
    this.#digest = undefined;
  }

  /** SHA-1 over the file as it would be written; that of an empty file when nothing was configured. */
  get digest(): string {
    if (this.#digest === undefined) {
      const hash = createHash("sha1");
      for (const id of this.added) {
        const section = this.#sections.get(id)!;
        const builtIn = this.#builtIn.get(id);
        if (builtIn && JSON.stringify(builtIn) === JSON.stringify(section)) continue;
        const { type, ...rest } = section;
        hash.update(`${String(type)}: ${id}\n`);
        for (const [key, value] of Object.entries(rest)) hash.update(`\t${key} ${String(value)}\n`);
        hash.update("\n");
      }
      this.#digest = hash.digest("hex");
    }
    return this.#digest;
  }

  /** Complains when somebody else changed the file since that digest was read (pve-facts 18). */
  assertUnmodified(digest: unknown): void {
    if (digest !== undefined && digest !== null && digest !== "" && digest !== this.digest)
      throw die("detected modified configuration - file changed by other user? Try again.");
  }
}

/** A value as a section gives it back: numbers and booleans as numbers. */
function stored(fact: Fact | undefined, value: unknown): unknown {
  if (fact?.type === "boolean") return value === true || value === 1 || value === "1" ? 1 : 0;
  if (fact?.type === "integer" || fact?.type === "number") return Number(value);
  if (fact?.type === "array") return Array.isArray(value) ? value.map(String) : [String(value)];
  return Array.isArray(value) ? value.join(",") : String(value);
}

/** Parameters of an operation as a section stores them. */
export function storable(id: string, params: Readonly<Record<string, unknown>>): Section {
  const facts: OperationFacts | undefined = wire.operations[id as keyof typeof wire.operations];
  const variant = facts?.variants ? facts.variants.options[String(params[facts.variants.property])] : undefined;
  const section: Section = {};
  for (const [key, value] of Object.entries(params)) {
    if (value === undefined || value === null) continue;
    const index = facts?.parameters[key] ?? variant?.[key];
    section[key] = stored(index === undefined ? undefined : wire.facts[index], value);
  }
  return section;
}

/** Checks the values of a section against its kind, as every kind of section is checked. */
export function checkConfig(kind: string, table: Options | undefined, given: Section, create: boolean): Section {
  if (!table) throw die(`unknown section type '${kind}'`);
  for (const [key, value] of Object.entries(given)) {
    const option = table[key];
    if (!create && option?.startsWith("fixed")) throw die(`can't change value of fixed parameter '${key}'`);
    if (option === undefined) throw die(`unexpected property '${key}'`);
    if (typeof value === "string" && /[\n\r]/.test(value)) throw die("property contains a line feed");
  }
  if (create)
    for (const [key, option] of Object.entries(table))
      if ((option === "required" || option === "fixed") && given[key] === undefined)
        throw die(`missing value for required option '${key}'`);
  return { type: kind, ...given };
}

/** Removes options from a section, those that may be removed. */
export function deleteOptions(section: Section, table: Options, given: Section, names: readonly string[]): void {
  for (const name of names) {
    const option = table[name];
    if (option === undefined) throw die(`no such option '${name}'`);
    if (option === "required" || option === "fixed") throw die(`unable to delete required option '${name}'`);
    if (option === "fixed optional") throw die(`unable to delete fixed option '${name}'`);
    if (given[name] !== undefined) throw die(`cannot set and delete property '${name}' at the same time!`);
    delete section[name];
  }
}

/** Runs what a configuration's lock guards: whatever it dies of is told with a prefix, as a plain 500. */
export function guarded<T>(prefix: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    let text = error.long ?? error.message;
    if (error.errors)
      text = `${error.status} ${text}\n${Object.keys(error.errors)
        .sort()
        .map((name) => `${name}: ${error.errors![name]}`)
        .join("\n")}`;
    const message = prefix === "" ? text : `${prefix}: ${text}`;
    const [first = ""] = message.split("\n");
    throw new Refusal(500, first, { long: message });
  }
}
