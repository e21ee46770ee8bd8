import * as z from "zod";
import { always, type Issues } from "./check.ts";

type Shape = Readonly<Record<string, z.ZodType>>;

/** An indexed family: `net: { count: 32, schema }` is `net0` to `net31`. */
export interface Family {
  count: number;
  schema: () => z.ZodType;
}

const MEMBER = /^([a-z]+)(0|[1-9][0-9]*)$/;

/** The family and number that a parameter's name stands for, e.g. `net0`. */
export function familyMember(name: string): { family: string; index: number } | undefined {
  const match = MEMBER.exec(name);
  return match ? { family: match[1]!, index: Number(match[2]) } : undefined;
}

const isRecord = (value: unknown): boolean => typeof value === "object" && value !== null;

function judge(schema: z.ZodType, value: unknown, path: PropertyKey[], issues: Issues): void {
  const result = schema.safeParse(value, { jitless: true });
  for (const issue of result.error?.issues ?? []) {
    issues.push({ ...issue, path: [...path, ...issue.path], input: value } as never);
  }
}

/** An operation's parameters with indexed families: members are checked by their family's schema and real bounds. */
export function indexed<S extends Shape>(shape: S, families: Readonly<Record<string, Family>>) {
  return z.looseObject(shape).check(
    always<Readonly<Record<string, unknown>>>((value, issues) => {
      if (!isRecord(value)) return;
      const unknown: string[] = [];
      for (const [name, entry] of Object.entries(value)) {
        if (Object.hasOwn(shape, name)) continue;
        const member = familyMember(name);
        const family = member && Object.hasOwn(families, member.family) ? families[member.family] : undefined;
        if (!family || member!.index >= family.count) unknown.push(name);
        else if (entry !== undefined) judge(family.schema(), entry, [name], issues);
      }
      if (unknown.length > 0) issues.push({ code: "unrecognized_keys", keys: unknown, input: value } as never);
    }),
  );
}

/** Parameters of which some need another: `{ address: "netmask" }` refuses an address without netmask. */
export function requiring<S extends z.ZodType>(schema: S, requires: Readonly<Record<string, string>>): S {
  return schema.check(
    always<Readonly<Record<string, unknown>>>((value, issues) => {
      if (!isRecord(value)) return;
      for (const [name, needed] of Object.entries(requires)) {
        if (value[name] === undefined || value[needed] !== undefined) continue;
        issues.push({
          code: "custom",
          path: [needed],
          message: `is missing, and ${name} needs it`,
          input: value,
        } as never);
      }
    }) as never,
  );
}

/** Parameters of which some depend on the value of one, e.g. an HA rule's on its `type`. */
export function variants<S extends Shape>(property: string, base: S, options: Readonly<Record<string, Shape>>) {
  const built = new Map<string, z.ZodType>();
  return z.looseObject(base).check(
    always<Readonly<Record<string, unknown>>>((value, issues) => {
      if (!isRecord(value)) return;
      const choice = String(value[property]);
      const own = Object.hasOwn(options, choice) ? options[choice] : undefined;
      // Without a known choice, any variant's parameter may be meant.
      const key = own ? choice : "";
      let rest = built.get(key);
      if (!rest) {
        const shape = own ?? Object.assign({}, ...Object.values(options));
        const entries = Object.entries(shape as Shape).map(
          ([name, schema]) => [name, own ? schema : z.unknown()] as const,
        );
        rest = z.strictObject(Object.fromEntries(entries));
        built.set(key, rest);
      }
      const others = Object.entries(value).filter(([name]) => !Object.hasOwn(base, name));
      judge(rest, Object.fromEntries(others), [], issues);
    }),
  );
}
