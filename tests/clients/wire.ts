import { readFile } from "node:fs/promises";

type Body = Record<string, unknown>;
interface Message {
  method?: string;
  params?: Body & { _meta?: Body; protocolVersion?: string; capabilities?: Body };
  result?: Body & { instructions?: string; tools?: { name: string }[] };
}

const META = "io.modelcontextprotocol/";

const OPENINGS = ["initialize", "server/discover"];

/** What client and server said to each other. */
export interface Wire {
  /** The client's first request, with the revision that it asks for. */
  opening: string;
  /** Capabilities that it declares, with their kinds. */
  declares: string;
  instructions: string;
  /** Names of the tools that the server listed. */
  tools: readonly string[];
}

/** Reads what `tap.mjs` wrote down. */
export async function readWire(file: string): Promise<Wire> {
  const lines = (await readFile(file, "utf8")).split("\n").filter(Boolean);
  const messages = lines.map((line) => [line[0], JSON.parse(line.slice(1)) as Message] as const);
  // A client that lists its servers opens them once more.
  const openings = messages.filter(([from, { method }]) => from === ">" && OPENINGS.includes(method ?? ""));
  const first = openings.at(-1)?.[1] ?? {};
  const { _meta: meta = {}, protocolVersion, capabilities } = first.params ?? {};
  const declared = (capabilities ?? meta[`${META}clientCapabilities`] ?? {}) as Body;
  const results = messages.flatMap(([from, { result }]) => (from === "<" && result ? [result] : []));
  return {
    opening: `${first.method} ${protocolVersion ?? meta[`${META}protocolVersion`]}`,
    declares: Object.entries(declared).map(describe).join(", ") || "nothing",
    instructions: results.find(({ instructions }) => instructions !== undefined)?.instructions ?? "",
    tools: results.find(({ tools }) => tools !== undefined)?.tools?.map(({ name }) => name) ?? [],
  };
}

function describe([name, value]: [string, unknown]): string {
  const kinds = Object.keys((value ?? {}) as object);
  return kinds.length === 0 ? name : `${name} (${kinds.join(", ")})`;
}
