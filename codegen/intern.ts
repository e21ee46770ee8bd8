import type { Fact, OperationFacts } from "../src/schema/facts.ts";
import type { OperationIr, SchemaIr } from "./ir.ts";

/** Numbers equal facts once. */
class Interner {
  readonly facts: Fact[] = [];
  private readonly numbers = new Map<string, number>();

  number(fact: Fact): number {
    const key = JSON.stringify(fact);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    this.facts.push(fact);
    this.numbers.set(key, this.facts.length - 1);
    return this.facts.length - 1;
  }

  table(table: Readonly<Record<string, Fact>>): Record<string, number> {
    const names = Object.keys(table).sort();
    return Object.fromEntries(names.map((name) => [name, this.number(table[name]!)]));
  }
}

function operationFacts(operation: OperationIr, interner: Interner): OperationFacts {
  const { variants, families } = operation;
  return {
    parameters: interner.table({ ...operation.removedParameters, ...operation.parameters }),
    ...(Object.keys(families).length > 0 ? { families } : {}),
    ...(operation.open ? { open: true as const } : {}),
    ...(variants
      ? {
          variants: {
            ...variants,
            options: Object.fromEntries(
              Object.entries(variants.options).map(([name, table]) => [name, interner.table(table)]),
            ),
          },
        }
      : {}),
    returns: interner.number(operation.returns),
  };
}

/** The facts of all operations, each distinct one once. */
export function internFacts(ir: SchemaIr): {
  facts: readonly Fact[];
  operations: Readonly<Record<string, OperationFacts>>;
} {
  const interner = new Interner();
  const operations = [...ir.operations, ...ir.removed].map(
    (operation) => [operation.id, operationFacts(operation, interner)] as const,
  );
  return { facts: interner.facts, operations: Object.fromEntries(operations) };
}
