import { type StatementStructures, StructureKind } from "ts-morph";
import { banner } from "./banner.ts";
import { byGroup, newProject, textOf } from "./group-files.ts";
import type { OperationIr, SchemaIr } from "./ir.ts";
import { typeStem } from "./names.ts";

/** Whether a call needs no parameter at all. */
function canOmitParams({ parameters, variants }: OperationIr): boolean {
  return !variants && Object.values(parameters).every((fact) => fact.optional === true);
}

function docOf({ id, summary, flags, since }: OperationIr): string {
  if (summary.includes("*/")) throw new Error(`${id}: the summary would end its comment`);
  const sentence = `${summary.replace(/\.$/, "")}.`;
  return [sentence, since ? ` Since ${since}.` : "", flags.deprecated ? " @deprecated" : ""].join("");
}

function functionOf(operation: OperationIr): StatementStructures {
  const stem = typeStem(operation.symbol);
  return {
    kind: StructureKind.Function,
    name: operation.symbol,
    isExported: true,
    docs: [docOf(operation)],
    parameters: [
      { name: "send", type: "Send" },
      { name: "params", type: `T.${stem}Params`, ...(canOmitParams(operation) ? { initializer: "{}" } : {}) },
      { name: "options", type: "SendOptions", hasQuestionToken: true },
    ],
    returnType: `Promise<Answer<T.${stem}Result>>`,
    statements: [`return send(${JSON.stringify(operation.id)}, params, options);`],
  };
}

/** `clients/<group>.ts`: one function per operation over an injected `Send`. */
export function emitClients(ir: SchemaIr): Map<string, string> {
  const project = newProject();
  const files = new Map<string, string>();
  for (const [group, operations] of byGroup(ir.operations)) {
    const imports: StatementStructures[] = [
      {
        kind: StructureKind.ImportDeclaration,
        isTypeOnly: true,
        namedImports: ["Answer", "Send", "SendOptions"],
        moduleSpecifier: "../../src/schema/operation.ts",
      },
      {
        kind: StructureKind.ImportDeclaration,
        isTypeOnly: true,
        namespaceImport: "T",
        moduleSpecifier: `../types/${group}.ts`,
      },
    ];
    const file = project.createSourceFile(`clients/${group}.ts`, {
      statements: [...imports, ...operations.map(functionOf)],
    });
    files.set(`clients/${group}.ts`, banner(ir.version) + textOf(file));
  }
  return files;
}
