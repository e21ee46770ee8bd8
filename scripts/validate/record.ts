import { type Exercised, type Exercises, GENERIC_TOOLS, SERVICES, type Validation } from "../../codegen/validation.ts";
import type { Run } from "./run.ts";

/** A run as its record: sets and sorted keys only, so that the same tools give the same bytes. */
export function recordOf(run: Run, named: ReadonlyMap<string, readonly string[]>): Exercises {
  const exercised = (by: string, operations: readonly string[] = []): Exercised => {
    const outcomes = new Map(operations.map((operation) => [operation, new Set<string>()]));
    for (const { operation, outcome } of run.sent.filter((one) => one.by === by)) {
      const real = outcome === "ok" && run.synthetic.has(operation) ? "synthetic" : outcome;
      outcomes.set(operation, (outcomes.get(operation) ?? new Set()).add(real));
    }
    const answers = run.answers.get(by);
    const sorted = [...outcomes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, set]) => [id, [...set].sort()] as const);
    const outside = sorted.filter(([id]) => isOutside(id));
    return {
      ...(answers ? { answers: [...answers].sort() } : {}),
      operations: Object.fromEntries(sorted.filter(([id]) => !isOutside(id))),
      ...(outside.length > 0 ? { outside: Object.fromEntries(outside) } : {}),
    };
  };
  const group = (names: readonly string[], operations?: (name: string) => readonly string[] | undefined) =>
    Object.fromEntries([...names].sort().map((name) => [name, exercised(name, operations?.(name))]));
  return {
    tools: group(
      [...named.keys()].filter((tool) => run.answers.has(tool)),
      (tool) => named.get(tool),
    ),
    generic: group(GENERIC_TOOLS),
    services: onlyGood(group(Object.keys(SERVICES))),
  };
}

/** How often a service asked in vain, such as for a task that is not visible yet, is a matter of time. */
function onlyGood(group: Readonly<Record<string, Exercised>>): Record<string, Exercised> {
  const good = (outcomes: readonly string[]) => (outcomes.includes("ok") ? ["ok"] : outcomes);
  return Object.fromEntries(
    Object.entries(group).map(([name, { operations }]) => [
      name,
      { operations: Object.fromEntries(Object.entries(operations).map(([id, outcomes]) => [id, good(outcomes)])) },
    ]),
  );
}

/** The record as its file holds it: one line for each operation. */
export function textOf(validation: Validation): string {
  const text = JSON.stringify(validation, null, 1);
  return `${text.replace(/\[\n\s+([^\]]*?)\n\s+\]/g, (_, items: string) => `[${items.replace(/\n\s+/g, " ")}]`)}\n`;
}

/** Done on a host or in a guest, past the API: no operation that code could name. */
const isOutside = (operation: string): boolean => operation.startsWith("RUN ");

/** What must not be: scenarios that failed, operations that nobody has named, requests that no log tells of. */
export function faultsOf(run: Run, named: ReadonlyMap<string, readonly string[]>): string[] {
  const faults = new Set(run.failures);
  for (const { by, operation } of run.sent) {
    if (GENERIC_TOOLS.includes(by) || (isOutside(operation) && named.has(by))) continue;
    const declared = SERVICES[by];
    if (declared === undefined) {
      if (!named.has(by)) faults.add(`${by} sent ${operation}, and is neither a tool nor a declared service`);
      else if (!named.get(by)!.includes(operation)) faults.add(`${by} sent ${operation} without naming it`);
    } else if (!declared.includes(operation) && !(declared.includes("*") && operation.startsWith("GET "))) {
      faults.add(`the service ${by} sent ${operation}, which it does not declare`);
    }
  }
  const told = new Set(run.sent.map(({ operation }) => operation));
  for (const operation of run.reached) {
    if (!told.has(operation)) faults.add(`${operation} reached the lab, and the audit log has no word of it`);
  }
  return [...faults].sort();
}
