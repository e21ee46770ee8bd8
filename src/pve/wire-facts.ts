import type { Fact, OperationFacts } from "../schema/facts.ts";
import type { OperationId, Params } from "../schema/operation.ts";
import { wire } from "./wire.ts";

/** The facts of one operation; undefined when this build does not know it. */
export function operationFacts(operation: OperationId): OperationFacts | undefined {
  return Object.hasOwn(wire.operations, operation) ? wire.operations[operation] : undefined;
}

/** The fact of one parameter, member of an indexed family (`net0` of `net[n]`) and variant included. */
export function parameterFact(operation: OperationId, name: string, params: Params): Fact | undefined {
  const facts = operationFacts(operation);
  if (facts === undefined) return undefined;
  const index = own(facts.parameters, name) ?? own(facts.parameters, family(name)) ?? variantIndex(facts, name, params);
  return index === undefined ? undefined : wire.facts[index];
}

/** The fact of an operation's answer. */
export function returnsFact(operation: OperationId): Fact | undefined {
  const index = operationFacts(operation)?.returns;
  return index === undefined ? undefined : wire.facts[index];
}

/** The entry of a record for a key, or for the indexed family that the key belongs to. */
export function familyMember<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return own(record, name) ?? own(record, family(name));
}

function variantIndex(facts: OperationFacts, name: string, params: Params): number | undefined {
  if (facts.variants === undefined) return undefined;
  const { property, options } = facts.variants;
  const chosen = own(options, String(params[property]));
  const candidates = chosen === undefined ? Object.values(options) : [chosen];
  for (const candidate of candidates) {
    const index = familyMember(candidate, name);
    if (index !== undefined) return index;
  }
  return undefined;
}

function family(name: string): string {
  return name.replace(/\d+$/, "[n]");
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
