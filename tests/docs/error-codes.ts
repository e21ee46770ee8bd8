import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ts } from "ts-morph";

const SRC = fileURLToPath(new URL("../../src/", import.meta.url));

/** Codes of other people's errors, which pass through here and are none of ours. */
const FOREIGN = new Set(["custom"]);

/** Every code that an error of this project can carry, as the source says it, with the files that say it. */
export function errorCodes(): Map<string, Set<string>> {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.startsWith("lab/") && path !== "telemetry/otel.ts");
  const sources = files.map((path) => {
    const source = ts.createSourceFile(path, readFileSync(SRC + path, "utf8"), ts.ScriptTarget.Latest, true);
    return { path, source };
  });
  const takers = new Set(sources.flatMap(({ source }) => takersOf(source)));
  const codes = new Map<string, Set<string>>();
  for (const { path, source } of sources) {
    for (const code of codesIn(source, takers)) {
      if (/^[a-z]+(-[a-z]+)*$/.test(code) && !FOREIGN.has(code))
        codes.set(code, (codes.get(code) ?? new Set()).add(path));
    }
  }
  return codes;
}

/** Names of classes and functions whose first parameter is `code`. */
function takersOf(source: ts.SourceFile): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isTaker(node)) {
      const { parent } = node;
      if (ts.isConstructorDeclaration(node)) names.push((parent as ts.ClassDeclaration).name?.text ?? "");
      else if (ts.isFunctionDeclaration(node)) names.push(node.name?.text ?? "");
      else if (ts.isVariableDeclaration(parent)) names.push(parent.name.getText());
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names.filter(Boolean);
}

function isTaker(node: ts.Node): node is ts.SignatureDeclaration {
  return ts.isFunctionLike(node) && node.parameters[0]?.name.getText() === "code";
}

function codesIn(source: ts.SourceFile, takers: ReadonlySet<string>): string[] {
  const codes: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === "code") codes.push(...texts(node.initializer, source));
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const { kind } = node.expression;
      const takes = kind === ts.SyntaxKind.SuperKeyword || takers.has(node.expression.getText());
      if (takes && node.arguments?.[0]) codes.push(...texts(node.arguments[0], source));
    }
    // Tables whose rows begin with a code, and what is taken apart like one.
    if (
      ts.isVariableDeclaration(node) &&
      /^\[code[,:]|\[code: string/.test(`${node.name.getText()}${node.type?.getText() ?? ""}`)
    ) {
      ts.forEachChild(node, function rows(child): void {
        if (ts.isArrayLiteralExpression(child) && child.elements[0]) codes.push(...texts(child.elements[0], source));
        ts.forEachChild(child, rows);
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return codes;
}

/** The texts that an expression can be. */
function texts(node: ts.Expression, source: ts.SourceFile): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue, source), ...texts(node.whenFalse, source)];
  if (ts.isTemplateExpression(node)) {
    const [span] = node.templateSpans;
    return unionOf(span!.expression.getText(), source).map((one) => node.head.text + one + span!.literal.text);
  }
  return [];
}

/** The members of the union that a parameter of that name has for a type, where both stand in one file. */
function unionOf(parameter: string, source: ts.SourceFile): string[] {
  const type = new RegExp(`\\b${parameter}: (\\w+)`).exec(source.text)?.[1];
  const union = new RegExp(`type ${type} = ([^;]*);`).exec(source.text)?.[1] ?? "";
  return [...union.matchAll(/"([^"]+)"/g)].map(([, text]) => text!);
}
