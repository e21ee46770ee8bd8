import type { Fact } from "../../src/schema/facts.ts";
import { banner } from "../banner.ts";
import type { OperationIr, SchemaIr } from "../ir.ts";
import { toZod } from "./adapter.ts";
import { toObjectSchema } from "./json-schema.ts";

type Table = Readonly<Record<string, Fact>>;

/** Writes an expression that occurs more than once in a module a single time, as a memoised thunk. */
class Shared {
  private readonly counts = new Map<string, number>();
  private readonly names = new Map<string, string>();
  private counting = true;

  readonly intern = (expression: string): string => {
    if (this.counting) this.counts.set(expression, (this.counts.get(expression) ?? 0) + 1);
    if (this.counting || (this.counts.get(expression) ?? 0) < 2) return expression;
    return `${this.nameOf(expression)}()`;
  };

  /** The thunk of an expression, whatever its count. */
  readonly thunk = (expression: string): string => (this.counting ? expression : this.nameOf(expression));

  private nameOf(expression: string): string {
    const known = this.names.get(expression);
    if (known !== undefined) return known;
    const name = `s${this.names.size + 1}`;
    this.names.set(expression, name);
    return name;
  }

  /** From now on expressions seen more than once get names. */
  settle(): void {
    this.counting = false;
  }

  get declarations(): string {
    return [...this.names].map(([expression, name]) => `const ${name} = lazy(() => ${expression});\n`).join("");
  }
}

/** An object expression's inside, `{...}`. */
function shapeOf(table: Table, shared: Shared): string {
  return toZod(toObjectSchema(table), shared.intern).slice("z.strictObject(".length, -")".length);
}

function expressionOf(operation: OperationIr, shared: Shared): string {
  const entries = Object.entries(operation.parameters);
  const isFamily = (name: string): boolean => name.endsWith("[n]");
  const plain = Object.fromEntries(entries.filter(([name]) => !isFamily(name)));
  const families = entries.filter(([name]) => isFamily(name));
  let expression: string;
  if (families.length > 0) {
    const members = families.map(([name, fact]) => {
      const family = name.slice(0, -"[n]".length);
      const { properties = {} } = toObjectSchema({ [name]: fact });
      return `${family}: { count: ${operation.families[family]}, schema: ${shared.thunk(toZod(properties[name]!))} }`;
    });
    expression = `indexed(${shapeOf(plain, shared)}, { ${members.join(", ")} })`;
  } else if (operation.variants) {
    const { property, options } = operation.variants;
    const choices = Object.entries(options).map(
      ([name, table]) => `${JSON.stringify(name)}: ${shapeOf(table, shared)}`,
    );
    expression = `variants(${JSON.stringify(property)}, ${shapeOf(plain, shared)}, { ${choices.join(", ")} })`;
  } else {
    expression = toZod(toObjectSchema(plain, operation.open), shared.intern);
  }
  const requires = Object.fromEntries(entries.flatMap(([name, { requires }]) => (requires ? [[name, requires]] : [])));
  return Object.keys(requires).length === 0 ? expression : `requiring(${expression}, ${JSON.stringify(requires)})`;
}

function moduleText(version: string, operations: readonly OperationIr[]): string {
  const shared = new Shared();
  for (const operation of operations) expressionOf(operation, shared);
  shared.settle();
  const exports = operations
    .map(
      (operation) =>
        `/** Parameters of ${operation.id}. */\nexport const ${operation.symbol} = lazy(() => ${expressionOf(operation, shared)});\n`,
    )
    .join("\n");
  const body = `${shared.declarations}\n${exports}`;
  const helpers = ["indexed", "requiring", "variants"].filter((name) => body.includes(`${name}(`));
  return [
    banner(version),
    /\bz\./.test(body) ? 'import * as z from "zod";\n' : "",
    'import { lazy } from "../../src/schema/lazy.ts";\n',
    helpers.length > 0 ? `import { ${helpers.join(", ")} } from "../../src/schema/operation-schema.ts";\n` : "",
    /\bp\./.test(body) ? 'import * as p from "../../src/schema/parameter.ts";\n' : "",
    "\n",
    body,
  ].join("");
}

/** `schemas/<group>.ts`, one memoised schema thunk per operation, and `schemas/index.ts`, which loads a group. */
export function emitSchemas(ir: SchemaIr): Map<string, string> {
  const groups = new Map<string, OperationIr[]>();
  for (const operation of [...ir.operations, ...ir.removed]) {
    groups.set(operation.group, [...(groups.get(operation.group) ?? []), operation]);
  }
  const names = [...groups.keys()].sort();
  const files = new Map(names.map((name) => [`schemas/${name}.ts`, moduleText(ir.version, groups.get(name)!)]));
  const loaders = names.map((name) => `  ${JSON.stringify(name)}: () => import("./${name}.ts"),\n`).join("");
  files.set(
    "schemas/index.ts",
    `${banner(ir.version)}import type { ZodType } from "zod";

/** A group's schema thunks by symbol. */
export type SchemaModule = Readonly<Record<string, () => ZodType>>;

/** Loads the schemas of one group. */
export const schemaGroups: Readonly<Record<string, () => Promise<SchemaModule>>> = {
${loaders}};
`,
  );
  return files;
}
