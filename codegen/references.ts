import { dirname, join, normalize } from "node:path/posix";
import { type ImportDeclaration, Node, type SourceFile, SyntaxKind } from "ts-morph";
import { newProject } from "./group-files.ts";

/** The operations that one module under `src/tools/` names itself, and what else it reaches. */
interface ModuleReferences {
  operations: Set<string>;
  imports: Set<string>;
  /** Name of the tool that the module defines. */
  tool?: string;
}

/** Which tools and modules name an operation. */
export interface Reference {
  tools: readonly string[];
  modules: readonly string[];
}

const CLIENT = /(?:^|\/)generated\/clients\/([^/]+)\.ts$/;

const LITERALS = [SyntaxKind.StringLiteral, SyntaxKind.NoSubstitutionTemplateLiteral] as const;

/** Client functions that an import brings in: by name, or by use of its namespace. */
function importedSymbols(file: SourceFile, declaration: ImportDeclaration): string[] {
  if (declaration.isTypeOnly()) return [];
  const names = declaration
    .getNamedImports()
    .filter((named) => !named.isTypeOnly())
    .map((named) => named.getName());
  const namespace = declaration.getNamespaceImport()?.getText();
  if (namespace === undefined) return names;
  const uses = file.getDescendantsOfKind(SyntaxKind.PropertyAccessExpression);
  return [...names, ...uses.filter((use) => use.getExpression().getText() === namespace).map((use) => use.getName())];
}

/** What `import("…")` loads. */
function lateImports(file: SourceFile): string[] {
  // Here and below: the text tells at once what most modules do not have, and a walk through all nodes takes a while.
  if (!/\bimport\s*\(/.test(file.getFullText())) return [];
  return file.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    const [specifier] = call.getArguments();
    const isImport = call.getExpression().getKind() === SyntaxKind.ImportKeyword;
    return isImport && Node.isStringLiteral(specifier) ? [specifier.getLiteralValue()] : [];
  });
}

/** The `name` in `defineTool({ name: "…" })`, or in `defineTool({ name: TOOL })` with a constant of the same module. */
function toolName(file: SourceFile): string | undefined {
  if (!file.getFullText().includes("defineTool")) return undefined;
  for (const call of file.getDescendantsOfKind(SyntaxKind.CallExpression)) {
    if (call.getExpression().getText() !== "defineTool") continue;
    const [definition] = call.getArguments();
    const property = Node.isObjectLiteralExpression(definition) ? definition.getProperty("name") : undefined;
    const given = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
    const value = Node.isIdentifier(given) ? file.getVariableDeclaration(given.getText())?.getInitializer() : given;
    if (Node.isStringLiteral(value)) return value.getLiteralValue();
    throw new Error(`${file.getBaseName()}: the name of a tool is a text, or a constant of its module that is one`);
  }
  return undefined;
}

function readModule(
  file: SourceFile,
  path: string,
  idOf: (symbol: string) => string | undefined,
  ids: ReadonlySet<string>,
): ModuleReferences {
  const found: ModuleReferences = { operations: new Set(), imports: new Set() };
  for (const declaration of file.getImportDeclarations()) {
    const specifier = declaration.getModuleSpecifierValue();
    if (CLIENT.test(specifier)) {
      for (const symbol of importedSymbols(file, declaration)) {
        const id = idOf(symbol);
        if (id !== undefined) found.operations.add(id);
      }
    } else if (specifier.startsWith(".") && !declaration.isTypeOnly()) {
      found.imports.add(normalize(join(dirname(path), specifier)));
    }
  }
  for (const specifier of lateImports(file)) {
    if (CLIENT.test(specifier)) throw new Error(`${path}: client functions are imported at the top, by name`);
    if (specifier.startsWith(".")) found.imports.add(normalize(join(dirname(path), specifier)));
  }
  const kinds = /\b[A-Z]+ \//.test(file.getFullText()) ? LITERALS : [];
  for (const kind of kinds)
    for (const literal of file.getDescendantsOfKind(kind))
      if (ids.has(literal.getLiteralText())) found.operations.add(literal.getLiteralText());
  const tool = toolName(file);
  if (tool !== undefined) found.tool = tool;
  return found;
}

function reach(from: string, modules: ReadonlyMap<string, ModuleReferences>): Set<string> {
  const seen = new Set<string>();
  const pending = [from];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    pending.push(...(modules.get(path)?.imports ?? []));
  }
  return seen;
}

/**
 * Which operations the modules under `src/tools/` name: client functions that they import, and string literals that are
 * an operation's id. A tool also has the references of the modules there that it imports, however far. `sources` is
 * by path below `src/tools/`.
 */
export function findReferences(
  sources: ReadonlyMap<string, string>,
  operations: readonly { id: string; symbol: string }[],
): { references: Map<string, Reference>; tools: string[] } {
  const bySymbol = new Map(operations.map(({ id, symbol }) => [symbol, id]));
  const ids = new Set(operations.map(({ id }) => id));
  const project = newProject();
  const modules = new Map<string, ModuleReferences>();
  for (const [path, text] of sources)
    modules.set(
      path,
      readModule(project.createSourceFile(`/${path}`, text), path, (symbol) => bySymbol.get(symbol), ids),
    );

  const found = new Map<string, { tools: Set<string>; modules: Set<string> }>();
  const entry = (id: string) => {
    const known = found.get(id) ?? { tools: new Set(), modules: new Set() };
    found.set(id, known);
    return known;
  };
  const tools: string[] = [];
  for (const [path, module] of modules) {
    for (const id of module.operations) entry(id).modules.add(path);
    if (module.tool === undefined) continue;
    tools.push(module.tool);
    for (const reached of reach(path, modules))
      for (const id of modules.get(reached)?.operations ?? []) entry(id).tools.add(module.tool);
  }
  const references = [...found].map(
    ([id, { tools, modules }]) => [id, { tools: [...tools].sort(), modules: [...modules].sort() }] as const,
  );
  return { references: new Map(references.sort(([a], [b]) => (a < b ? -1 : 1))), tools: tools.sort() };
}
