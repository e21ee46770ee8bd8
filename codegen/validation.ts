import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Reference } from "./references.ts";

/** The tool through which every operation is reachable; it names none. */
export const GENERIC_TOOLS: readonly string[] = [
  "proxmox_api_call",
  "proxmox_api_read",
  "proxmox_api_write",
  "proxmox_script_run",
];

/** What the layers below the tools ask on their own account, for whatever tool; `*` where any object may be read. */
export const SERVICES: Readonly<Record<string, readonly string[]>> = {
  "resource-index": ["GET /cluster/resources"],
  "task-poll": ["GET /nodes/{node}/tasks/{upid}/log", "GET /nodes/{node}/tasks/{upid}/status"],
  "lost-answer": ["GET /cluster/tasks", "GET /nodes/{node}/tasks"],
  version: ["GET /nodes/{node}/version", "GET /version"],
  "host-addresses": ["GET /cluster/status"],
  // A command's own terminal.
  console: [
    "GET /version",
    "GET /nodes/{node}/lxc/{vmid}/config",
    "GET /nodes/{node}/lxc/{vmid}/vncwebsocket",
    "GET /nodes/{node}/vncwebsocket",
    "POST /nodes/{node}/lxc/{vmid}/termproxy",
    "POST /nodes/{node}/termproxy",
  ],
  plan: ["*"],
  policy: ["GET /cluster/resources"],
  "self-protection": ["*"],
};

/** How calls of a tool or service went: the answers that clients got, and the outcomes of each operation sent. */
export interface Exercised {
  /** `ok`, or codes of errors; a service answers nobody. */
  answers?: readonly string[];
  /** Outcomes by operation; none for one that is named and was not sent. `synthetic`: only made up by the lab. */
  operations: Readonly<Record<string, readonly string[]>>;
  /** The same of what was done on hosts and in guests past the API. */
  outside?: Readonly<Record<string, readonly string[]>>;
}

export interface Exercises {
  tools: Readonly<Record<string, Exercised>>;
  generic: Readonly<Record<string, Exercised>>;
  services: Readonly<Record<string, Exercised>>;
}

/** `generated/validation.json`: what runs through a real client and the built server have exercised. */
export interface Validation {
  lab: Exercises;
  /** On a real host; only where such a run was recorded. */
  live?: Exercises;
}

export const VALIDATION_PATH = "validation.json";

/** Nothing exercised. */
export const NO_VALIDATION: Validation = { lab: { tools: {}, generic: {}, services: {} } };

/** The record in a directory; an empty one where there is none yet. */
export async function readValidation(directory: string): Promise<Validation> {
  const text = await readFile(join(directory, VALIDATION_PATH), "utf8").catch(() => undefined);
  return text === undefined ? NO_VALIDATION : (JSON.parse(text) as Validation);
}

/** Operations that each tool names, its own modules' and those of the modules that it imports. */
export function namedBy(
  references: ReadonlyMap<string, Reference>,
  tools: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, string[]>(
    tools.filter((tool) => !GENERIC_TOOLS.includes(tool)).map((tool) => [tool, []]),
  );
  for (const [id, { tools }] of references) for (const tool of tools) named.get(tool)?.push(id);
  return named;
}

/** Tools without a successful call in the record. */
export function withoutRun({ lab }: Validation, tools: readonly string[]): string[] {
  return tools.filter((tool) => !(lab.tools[tool] ?? lab.generic[tool])?.answers?.includes("ok"));
}

/** How the record differs from the tools and the operations that they name now; tools without a run are apart. */
export function staleness(validation: Validation, named: ReadonlyMap<string, readonly string[]>): string[] {
  const { tools } = validation.lab;
  const faults: string[] = [];
  for (const tool of Object.keys(tools)) if (!named.has(tool)) faults.push(`${tool} is recorded and does not exist`);
  for (const [tool, operations] of named) {
    const recorded = tools[tool]?.operations;
    if (recorded === undefined) continue;
    for (const operation of operations) {
      if (recorded[operation] === undefined) faults.push(`${tool} names ${operation}, which its record lacks`);
    }
    for (const operation of Object.keys(recorded)) {
      if (!operations.includes(operation)) faults.push(`${tool} does not name ${operation}, which its record has`);
    }
  }
  return faults;
}

/** The operations that tools, or services and generic tools, have exercised: answered `ok`, and not made up. */
export function exercisedBy(exercises: Exercises | undefined): { tools: Set<string>; apart: Set<string> } {
  const okOf = (group: Readonly<Record<string, Exercised>> = {}): string[] =>
    Object.values(group).flatMap(({ operations }) =>
      Object.keys(operations).filter((operation) => operations[operation]!.includes("ok")),
    );
  return {
    tools: new Set(okOf(exercises?.tools)),
    apart: new Set([...okOf(exercises?.generic), ...okOf(exercises?.services)]),
  };
}
