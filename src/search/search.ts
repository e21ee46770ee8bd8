import MiniSearch from "minisearch";
import searchData from "../../generated/search.json" with { type: "json" };
import { findOperation, matchPath } from "../pve/route.ts";
import { lazy } from "../schema/lazy.ts";
import type { AccessClass, ManifestEntry, OperationId } from "../schema/operation.ts";
import { INDEX_OPTIONS, type SearchDocument } from "./index-options.ts";
import { curiosity } from "./words.ts";

/** Tools by their names, as they are searched. */
export type ToolEntries = Readonly<
  Record<string, { class: AccessClass; summary: string; arguments: readonly string[] }>
>;

/** An operation or a tool that fits a question. */
export interface Hit {
  id: string;
  class: AccessClass;
  summary: string;
  /** Which versions have it, where not all do. */
  versions?: string;
}

const operations = lazy(() => MiniSearch.loadJS<SearchDocument>(searchData.index as never, INDEX_OPTIONS));

/** The tools of this program, by the same words. */
function indexTools(tools: ToolEntries): MiniSearch<SearchDocument> {
  const index = new MiniSearch<SearchDocument>(INDEX_OPTIONS);
  index.addAll(
    Object.entries(tools).map(([id, { summary, arguments: names }]) => ({
      id,
      path: "",
      object: id.replaceAll("_", " "),
      summary,
      words: "",
      commands: "",
      parameters: names.join(" "),
    })),
  );
  return index;
}

const METHODS = ["GET", "POST", "PUT", "DELETE"] as const;

/** What operators hardly ever mean counts less: paths that only list others, what only old hosts have, inner workings. */
function worth(id: string): number {
  const entry = findOperation(id as OperationId);
  if (!entry) return 1;
  if (/\/(mtunnel|mtunnelwebsocket|dbus-vmstate)$/.test(id)) return 0.3;
  return (entry.directory ? 0.5 : 1) * (entry.until === undefined ? 1 : 0.6);
}

/** How much more a reading operation counts for a question that asks for what is. */
const READING = 0.15;

/** Operations, and the tools given, the likeliest first. */
export function search(question: string, limit: number, tools: ToolEntries = {}): Hit[] {
  const exact = [...byPath(question), ...byCommand(question)];
  const reading = 1 + curiosity(question) * READING;
  const boostDocument = (id: string) => worth(id) * (id.startsWith("GET ") ? reading : 1);
  const found = operations().search(question, { boostDocument });
  const hasTools = Object.keys(tools).length > 0;
  const ranked = [...found, ...(hasTools ? indexTools(tools).search(question) : [])].sort((a, b) => b.score - a.score);
  const ids = new Set<string>([...exact, ...ranked.map(({ id }) => String(id))]);
  return [...ids].slice(0, limit).map((id) => hitOf(id, tools));
}

/** The operations of a path that a question holds, those of the method that it names first. */
function byPath(question: string): OperationId[] {
  const path = /(?:^|\s)(\/[\w/{}.:@!-]*)/.exec(question)?.[1]?.replace(/^\/api2\/(json|extjs)(?=\/)/, "");
  if (path === undefined || path === "/") return [];
  const named = METHODS.find((method) => new RegExp(`\\b${method}\\b`, "i").test(question));
  const methods = named === undefined ? METHODS : [named, ...METHODS.filter((method) => method !== named)];
  return methods.flatMap((method) => {
    const { entry } = matchPath(method, path) as { entry?: ManifestEntry };
    return entry ? [entry.id] : [];
  });
}

/** Words of a command that is looked up. */
const LONGEST_COMMAND = 5;

/** What the longest command does that the question begins with; a common word such as `reboot` is one only by itself. */
function byCommand(question: string): OperationId[] {
  const words = question.trim().toLowerCase().split(/\s+/);
  for (let count = Math.min(words.length, LONGEST_COMMAND); count > 0; count--) {
    const command = words.slice(0, count).join(" ");
    if (Object.hasOwn(searchData.commands, command) && (count > 1 || words.length === 1)) {
      return [searchData.commands[command as keyof typeof searchData.commands] as OperationId];
    }
  }
  return [];
}

function hitOf(id: string, tools: ToolEntries): Hit {
  const entry = findOperation(id as OperationId);
  if (!entry) return { id, class: tools[id]!.class, summary: tools[id]!.summary };
  const { since, until } = entry;
  const versions = [since && `since ${since}`, until && `until ${until}`].filter(Boolean).join(", ");
  return { id, class: entry.class, summary: entry.summary, ...(versions === "" ? {} : { versions }) };
}
