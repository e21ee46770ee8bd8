import MiniSearch from "minisearch";
import { INDEX_OPTIONS, type SearchDocument } from "../src/search/index-options.ts";
import type { OperationIr, SchemaIr } from "./ir.ts";

/** What each method does, in the words of those who search. */
const VERBS: Readonly<Record<OperationIr["method"], string>> = {
  GET: "show",
  POST: "create",
  PUT: "change",
  DELETE: "delete",
};

/** `search.json`: the operations by their words, ready to be loaded, and the commands that do the same. */
export function searchEmitter(
  commandMap: Readonly<Record<string, string>>,
  words: Readonly<Record<string, string>>,
): (ir: SchemaIr) => Map<string, string> {
  return (ir) => {
    const operations = [...ir.operations, ...ir.removed];
    const known = new Set<string>(operations.map(({ id }) => id));
    const unknown = Object.entries(commandMap).filter(([, id]) => !known.has(id));
    if (unknown.length > 0) {
      throw new Error(
        `codegen/command-map.json: no such operation:\n${unknown.map((pair) => `  ${pair.join(": ")}`).join("\n")}`,
      );
    }
    const stale = Object.keys(words).filter((id) => !known.has(id));
    if (stale.length > 0) throw new Error(`codegen/search-words.json: no such operation: ${stale.join(", ")}`);
    const index = new MiniSearch<SearchDocument>(INDEX_OPTIONS);
    index.addAll(operations.map((operation) => documentOf(operation, commandMap, words)));
    return new Map([["search.json", `${JSON.stringify({ commands: commandMap, index })}\n`]]);
  };
}

function documentOf(
  operation: OperationIr,
  commandMap: Readonly<Record<string, string>>,
  words: Readonly<Record<string, string>>,
): SearchDocument {
  const { id, method, path, summary, parameters } = operation;
  return {
    id,
    path: path.replace(/\{[^}]*\}/g, " "),
    object: `${VERBS[method]} ${path.split("/").findLast((segment) => !segment.startsWith("{")) ?? ""}`,
    summary,
    words: words[id] ?? "",
    commands: Object.keys(commandMap)
      .filter((command) => commandMap[command] === id)
      .join(" "),
    parameters: Object.keys(parameters).join(" ").replaceAll("[n]", ""),
  };
}
