import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { ts } from "ts-morph";

/** One room of the house: which files are in it, and what it may import. */
interface Room {
  name: string;
  files: RegExp;
  /** Rooms whose files it may import, beside its own. */
  rooms: readonly string[];
  /** Packages it may import; any when absent. Node's own modules are always allowed. */
  packages?: readonly string[];
}

/** The house of docs/framework-architecture.md, leaf first. A file outside every room is not checked. */
export const ROOMS: readonly Room[] = [
  { name: "errors", files: /^src\/errors\//, rooms: [], packages: [] },
  // Spans; the library behind them is loaded where traces are asked for.
  {
    name: "telemetry",
    files: /^src\/telemetry\//,
    rooms: [],
    packages: [
      "@opentelemetry/api",
      "@opentelemetry/core",
      "@opentelemetry/exporter-trace-otlp-http",
      "@opentelemetry/resources",
      "@opentelemetry/sdk-trace-base",
    ],
  },
  { name: "schema", files: /^src\/schema\//, rooms: [], packages: ["zod"] },
  { name: "config", files: /^src\/config\//, rooms: ["errors", "schema"], packages: ["yaml", "zod"] },
  // What is kept secret, for the running server and for the operator's commands alike.
  { name: "secrets", files: /^src\/secrets\//, rooms: ["errors", "config"], packages: ["ky", "undici", "zod"] },
  { name: "facts", files: /^generated\/(manifest|wire|permissions)\.ts$/, rooms: ["schema"], packages: [] },
  { name: "schemas", files: /^generated\/schemas\//, rooms: ["schema"], packages: ["zod"] },
  { name: "clients", files: /^generated\/(clients|types)\//, rooms: ["schema"], packages: [] },
  // One queue for whatever takes turns.
  { name: "slots", files: /^src\/pve\/slots\.ts$/, rooms: [], packages: [] },
  {
    name: "pve",
    files: /^src\/pve\//,
    rooms: ["telemetry", "errors", "schema", "config", "facts", "schemas", "slots"],
  },
  // A command and what it writes, whichever way it takes to a host.
  {
    name: "commands",
    files: /^src\/ssh\/(quote|collector|command-line|confine|errors)\.ts$/,
    rooms: ["errors", "schema"],
    packages: [],
  },
  {
    name: "ssh",
    files: /^src\/ssh\//,
    rooms: ["telemetry", "errors", "schema", "config", "slots", "commands"],
    packages: ["ssh2"],
  },
  { name: "console", files: /^src\/console\//, rooms: ["errors", "schema", "pve", "commands"], packages: [] },
  {
    name: "access",
    files: /^src\/access\//,
    rooms: ["errors", "schema", "facts", "pve", "slots", "ssh", "telemetry"],
    packages: ["ioredis", "yaml", "zod"],
  },
  // What makes and removes users, rights and keys: for the operator's commands and for a tool alike.
  {
    name: "provision",
    files: /^src\/provision\//,
    rooms: ["errors", "schema", "config", "secrets", "clients", "pve", "ssh", "rights"],
    packages: [],
  },
  // The reports of the operator's commands; they stand beside `mcp`.
  {
    name: "admin",
    files: /^src\/admin\//,
    rooms: [
      "errors",
      "schema",
      "config",
      "secrets",
      "clients",
      "pve",
      "commands",
      "ssh",
      "access",
      "provision",
      "rights",
    ],
    packages: [],
  },
  // Runs a model's own JavaScript in a sandbox; what it calls is the tools' business.
  {
    name: "scripts",
    files: /^src\/scripts\//,
    rooms: ["errors"],
    packages: ["quickjs-emscripten-core", "@jitl/quickjs-singlefile-mjs-release-sync"],
  },
  // Finds operations by an operator's words; codegen builds its index.
  {
    name: "search",
    files: /^(src\/search\/|generated\/search\.json$)/,
    rooms: ["schema", "facts", "pve"],
    packages: ["minisearch"],
  },
  { name: "jobs", files: /^src\/jobs\//, rooms: ["errors", "schema", "access", "pve"], packages: [] },
  { name: "artifacts", files: /^src\/artifacts\//, rooms: ["errors", "schema", "access"], packages: [] },
  {
    name: "tools",
    files: /^src\/tools\//,
    rooms: [
      "errors",
      "schema",
      "config",
      "facts",
      "clients",
      "pve",
      "slots",
      "ssh",
      "console",
      "access",
      "jobs",
      "artifacts",
      "rights",
      "scripts",
      "search",
      "surface",
      "provision",
    ],
    packages: ["zod"],
  },
  { name: "surface", files: /^generated\/(tools|tool-facts)\.json$/, rooms: [], packages: [] },
  // How an HTTP server would stand before it listens; `mcp` and `doctor` look at the same.
  {
    name: "serving",
    files: /^src\/mcp\/http\/(addresses|refusal|tls|oidc\/(discovery|issuer-error|issuer-fetch))\.ts$/,
    rooms: ["config"],
    packages: [],
  },
  {
    name: "mcp",
    files: /^(src\/mcp\/|generated\/runbook(s|-texts)\.json$)/,
    rooms: [
      "errors",
      "telemetry",
      "schema",
      "config",
      "secrets",
      "pve",
      "ssh",
      "console",
      "access",
      "provision",
      "jobs",
      "artifacts",
      "tools",
      "surface",
      "serving",
    ],
    packages: ["@modelcontextprotocol/server", "@modelcontextprotocol/server/stdio", "jose", "zod"],
  },
  { name: "inventory", files: /^generated\/module-inventory\.json$/, rooms: [], packages: [] },
  // What the tools need of a token; `tools` and `doctor` say the same of it.
  { name: "rights", files: /^src\/doctor\/rights\//, rooms: ["schema", "facts", "inventory"], packages: [] },
  // Stands beside `mcp`, as admin does.
  {
    name: "doctor",
    files: /^src\/doctor\/(?!rights\/)/,
    rooms: [
      "errors",
      "schema",
      "config",
      "secrets",
      "facts",
      "clients",
      "pve",
      "slots",
      "ssh",
      "access",
      "tools",
      "rights",
      "serving",
    ],
    packages: [],
  },
  { name: "lab", files: /^src\/lab\//, rooms: ["facts", "contracts", "format-data"] },
];

/** Parts of `schema` that the lab may use: the types of the shared data, and the data tables behind the formats. */
const LAB_SHARES: Readonly<Record<string, RegExp>> = {
  contracts: /^src\/schema\/(facts|operation)\.ts$/,
  "format-data": /^src\/schema\/format-data\//,
};

/** Files outside the rooms that stand above all of them; no room may import them. */
const ROOF = /^(src\/(index|version|api-check)\.ts|src\/cli\/|codegen\/|scripts\/|tests\/)/;

export interface Violation {
  file: string;
  line: number;
  imports: string;
  why: string;
}

/** Every import under `root` that points against the arrows; types count as much as values. */
export function findViolations(root: string): Violation[] {
  const violations: Violation[] = [];
  for (const file of sources(root)) {
    const room = ROOMS.find((one) => one.files.test(file));
    if (!room) continue;
    const text = readFileSync(join(root, file), "utf8");
    for (const { fileName, pos } of ts.preProcessFile(text, true, true).importedFiles) {
      const why = fault(room, file, fileName, root);
      if (why) violations.push({ file, line: text.slice(0, pos).split("\n").length, imports: fileName, why });
    }
  }
  return violations.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function sources(root: string): string[] {
  return ["src", "generated"]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
    )
    .filter((path) => path.endsWith(".ts"))
    .map(slashed);
}

function fault(room: Room, file: string, specifier: string, root: string): string | undefined {
  if (specifier.startsWith("node:")) {
    return room.name === "schema" || room.name === "clients" ? `${room.name} is pure: it may not use Node` : undefined;
  }
  if (!specifier.startsWith(".")) {
    const allowed = room.packages;
    return allowed && !allowed.includes(specifier) ? `${room.name} may not import the package ${specifier}` : undefined;
  }
  const target = slashed(relative(root, resolve(root, dirname(file), specifier)));
  if (room.files.test(target)) return undefined;
  if (room.rooms.some((name) => LAB_SHARES[name]?.test(target))) return undefined;
  const other = ROOMS.find((one) => one.files.test(target));
  if (other && room.rooms.includes(other.name)) return undefined;
  if (other) return `${room.name} may not import ${other.name}`;
  return ROOF.test(target)
    ? `${room.name} may not import ${target}, which stands above it`
    : `${target} belongs to no room`;
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}

if (process.argv[1] && import.meta.url.endsWith(slashed(process.argv[1]).split("/").pop()!)) {
  const root = resolve(process.argv[2] ?? ".");
  const violations = findViolations(root);
  for (const { file, line, imports, why } of violations) console.error(`${file}:${line}: ${why} (imports ${imports})`);
  if (violations.length === 0)
    console.log(`arrows: the imports of ${sources(root).length} files all point the right way`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
