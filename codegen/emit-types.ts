import {
  type IndexSignatureDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
  type StatementStructures,
  StructureKind,
} from "ts-morph";
import type { Fact } from "../src/schema/facts.ts";
import { banner } from "./banner.ts";
import { byGroup, newProject, textOf } from "./group-files.ts";
import type { OperationIr, SchemaIr } from "./ir.ts";
import { typeStem } from "./names.ts";
import { familyKey, propertyName, TypeWriter } from "./type-text.ts";

type Facts = Readonly<Record<string, Fact>>;
interface Members {
  properties: OptionalKind<PropertySignatureStructure>[];
  indexSignatures: OptionalKind<IndexSignatureDeclarationStructure>[];
}

function remarks(fact: Fact): string[] {
  const parts = [];
  if (fact.since) parts.push(`Since ${fact.since}.`);
  if (fact.deprecated) parts.push("@deprecated");
  return parts.length > 0 ? [parts.join(" ")] : [];
}

/** Collects the interfaces of one group; equal key tables share one interface. */
class GroupTypes {
  readonly statements: StatementStructures[] = [];
  private readonly keyNames = new Map<string, string>();
  private readonly taken = new Set<string>();

  private interface(name: string, members: Members): void {
    this.statements.push({ kind: StructureKind.Interface, name, isExported: true, ...members });
  }

  private alias(name: string, type: string): void {
    this.statements.push({ kind: StructureKind.TypeAlias, name, isExported: true, type });
  }

  private members(facts: Facts, writerOf: (name: string) => TypeWriter): Members {
    const members: Members = { properties: [], indexSignatures: [] };
    for (const [name, fact] of Object.entries(facts)) {
      const key = familyKey(name);
      const type = writerOf(name).type(fact);
      if (key !== undefined)
        members.indexSignatures.push({
          keyName: "key",
          keyType: key,
          returnType: `${type} | undefined`,
          docs: remarks(fact),
        });
      else
        members.properties.push({
          name: propertyName(name),
          type,
          hasQuestionToken: fact.optional === true,
          docs: remarks(fact),
        });
    }
    return members;
  }

  /** The interface of a property string's keys: `NetKeys`, or with the operation's name where that is taken. */
  private keys(parameter: string, stem: string, keys: Facts): string {
    const content = JSON.stringify(keys);
    const known = this.keyNames.get(content);
    if (known !== undefined) return known;
    const short = `${typeStem(parameter.replace(/\[n\]$/, "").replace(/[^A-Za-z0-9]+(.?)/g, (_, next: string) => next.toUpperCase()))}Keys`;
    const name = this.taken.has(short) ? `${stem}${short}` : short;
    if (this.taken.has(name)) throw new Error(`two different key tables would be ${name}`);
    this.taken.add(name);
    this.keyNames.set(content, name);
    const resolved = Object.fromEntries(Object.entries(keys).map(([key, fact]) => [key, this.resolved(fact, keys)]));
    const writer = new TypeWriter("parameter", () => "string");
    this.interface(
      name,
      this.members(resolved, () => writer),
    );
    return name;
  }

  /** An alias has the type of the key that it stands for. */
  private resolved(fact: Fact, keys: Facts): Fact {
    const target = fact.alias === undefined ? undefined : keys[fact.alias];
    if (fact.type !== undefined || target === undefined)
      return fact.alias === undefined ? fact : { ...fact, type: "string", optional: true };
    const { defaultKey: _, ...rest } = target;
    return { ...rest, optional: true };
  }

  parameters(operation: OperationIr): void {
    const stem = typeStem(operation.symbol);
    const name = `${stem}Params`;
    const writerOf = (parameter: string) => new TypeWriter("parameter", (keys) => this.keys(parameter, stem, keys));
    const { variants, open } = operation;
    const common = Object.fromEntries(
      Object.entries(operation.parameters).filter(([parameter]) => parameter !== variants?.property),
    );
    if (!variants && !open && Object.keys(common).length === 0) {
      this.alias(name, "Record<string, never>");
      return;
    }
    const members = this.members(common, writerOf);
    if (open) members.indexSignatures.push({ keyName: "key", keyType: "string", returnType: "unknown" });
    if (!variants) {
      this.interface(name, members);
      return;
    }
    this.interface(`${name}Common`, members);
    const alternatives = Object.entries(variants.options).map(([value, table]) => {
      const fields = Object.entries(table).map(
        ([field, fact]) => `${propertyName(field)}${fact.optional ? "?" : ""}: ${writerOf(field).type(fact)}`,
      );
      return `{ ${[`${propertyName(variants.property)}${variants.optional ? "?" : ""}: ${JSON.stringify(value)}`, ...fields].join("; ")} }`;
    });
    this.alias(name, `${name}Common & (${alternatives.join(" | ")})`);
  }

  result({ symbol, returns }: OperationIr): void {
    const name = `${typeStem(symbol)}Result`;
    const writer = new TypeWriter("result", () => "string");
    const item = returns.type === "array" ? returns.items : returns;
    const isList = returns.type === "array";
    if (item?.type !== "object" || !item.properties) {
      this.alias(name, writer.type(returns));
      return;
    }
    const members = this.members(item.properties, () => writer);
    members.indexSignatures.push({ keyName: "key", keyType: "string", returnType: "unknown" });
    this.interface(isList ? `${name}Item` : name, members);
    if (isList) this.alias(name, `${name}Item[]`);
  }
}

/** `types/<group>.ts`: interfaces for the parameters and the result of each operation. */
export function emitTypes(ir: SchemaIr): Map<string, string> {
  const project = newProject();
  const files = new Map<string, string>();
  for (const [group, operations] of byGroup(ir.operations)) {
    const types = new GroupTypes();
    for (const operation of operations) {
      types.parameters(operation);
      types.result(operation);
    }
    const file = project.createSourceFile(`types/${group}.ts`, { statements: types.statements });
    files.set(`types/${group}.ts`, banner(ir.version) + textOf(file));
  }
  return files;
}
