import { wire } from "../../../generated/wire.ts";
import type { Fact, OperationFacts } from "../../schema/facts.ts";
import { isIn } from "../versions.ts";
import { scalarText } from "./check.ts";

type Facts = ReadonlyMap<string, Fact>;

const MEMBER = /^(.*?)(0|[1-9][0-9]*)$/;

/** The parameters of an operation in one version, looked up once. */
export class Plan {
  readonly required: string[] = [];
  /** Unknown parameters are accepted. */
  readonly open: boolean;
  readonly #facts = new Map<string, Fact>();
  readonly #families = new Map<string, { fact: Fact; count: number }>();
  readonly #property: string | undefined;
  readonly #variants = new Map<string, Facts>();
  /** What any variant takes, for calls that choose none. */
  readonly #union = new Map<string, Fact>();

  constructor(operation: OperationFacts, version: string) {
    this.open = operation.open === true;
    for (const [name, index] of Object.entries(operation.parameters)) {
      const fact = wire.facts[index]!;
      // A parameter that a version does not have is unknown to it.
      if (!isIn(version, fact)) continue;
      if (name.endsWith("[n]")) {
        const family = name.slice(0, -"[n]".length);
        this.#families.set(family, { fact, count: operation.families?.[family] ?? Number.POSITIVE_INFINITY });
        continue;
      }
      this.#facts.set(name, fact);
      if (!fact.optional) this.required.push(name);
    }
    this.#property = operation.variants?.property;
    for (const [option, parameters] of Object.entries(operation.variants?.options ?? {})) {
      const facts = new Map(Object.entries(parameters).map(([name, index]) => [name, wire.facts[index]!]));
      for (const [name, fact] of facts) this.#union.set(name, fact);
      this.#variants.set(option, facts);
    }
  }

  /** The parameters of the variant that a call chooses, if it chooses one. */
  variant(params: Readonly<Record<string, unknown>>): Facts | undefined {
    return this.#property === undefined ? undefined : this.#variants.get(scalarText(params[this.#property]));
  }

  /** A parameter by name, members of indexed families (`net3`) included (pve-facts 17). */
  find(name: string, variant: Facts | undefined): Fact | undefined {
    const fact = this.#facts.get(name) ?? (variant ?? this.#union).get(name);
    if (fact || this.#families.size === 0) return fact;
    const member = MEMBER.exec(name);
    const family = member ? this.#families.get(member[1]!) : undefined;
    return family && Number(member![2]) < family.count ? family.fact : undefined;
  }
}

const plans = new Map<string, Map<string, Plan>>();

/** The plan of an operation (method and path template); nothing when no version has it. */
export function planOf(id: string, version: string): Plan | undefined {
  let known = plans.get(version);
  if (!known) {
    known = new Map();
    plans.set(version, known);
  }
  let plan = known.get(id);
  if (!plan && Object.hasOwn(wire.operations, id)) {
    plan = new Plan(wire.operations[id as keyof typeof wire.operations]!, version);
    known.set(id, plan);
  }
  return plan;
}
