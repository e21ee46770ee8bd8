import { ACCESS_CLASSES } from "../src/schema/operation.ts";
import type { OperationIr } from "./ir.ts";
import { replaceBlock, worstOf } from "./readme.ts";
import type { SurfaceTool } from "./surface.ts";

/** What is known of commands and tools. */
interface CommandFacts {
  /** Command line to operation: `command-map.json`. */
  commands: Readonly<Record<string, string>>;
  /** Command line to the typed tool that does the same, where there is one: `command-tools.json`. */
  typed: Readonly<Record<string, string>>;
  operations: readonly OperationIr[];
  tools: readonly SurfaceTool[];
  /** Operations that each tool names. */
  named: ReadonlyMap<string, readonly string[]>;
}

/** `docs/proxmox/command-map.md` with its table as the code has it; throws where the two lists do not fit the code. */
export function emitCommandMap(text: string, facts: CommandFacts): string {
  const stale = Object.keys(facts.typed).filter((command) => !Object.hasOwn(facts.commands, command));
  if (stale.length > 0) throw new Error(`codegen/command-tools.json: no such command: ${stale.join(", ")}`);
  const families = new Map<string, string[]>();
  for (const command of Object.keys(facts.commands)) {
    const family = command.split(" ")[0]!;
    families.set(family, [...(families.get(family) ?? []), command]);
  }
  const known = [...families].filter(([family, { length }]) => length > 1 || /^(pve|vzdump|qm)/.test(family));
  const others = [...families].filter((one) => !known.includes(one)).flatMap(([, commands]) => commands);
  const tables = [...known.sort(([a], [b]) => a.localeCompare(b)), ["Other programs", others] as const].map(
    ([family, commands]) => {
      const title = family === "Other programs" ? family : `\`${family}\``;
      const rows = [...commands].sort().map((command) => rowOf(command, facts));
      return [`### ${title}`, "", "| command | operation | class | tool |", "|---|---|---|---|", ...rows].join("\n");
    },
  );
  return replaceBlock(text, "commands", tables.join("\n\n"), "docs/proxmox/command-map.md");
}

function rowOf(command: string, { commands, typed, operations, tools, named }: CommandFacts): string {
  const operation = operations.find(({ id }) => id === commands[command])!;
  const name = typed[command];
  if (name !== undefined) {
    const tool = tools.find((one) => one.name === name);
    if (!tool) throw new Error(`codegen/command-tools.json: ${command}: there is no tool ${name}`);
    checkFit(command, operation, tool, named.get(name) ?? []);
  }
  const cells = [
    `\`${command}\``,
    `\`${operation.id}\``,
    operation.class,
    name ? `\`${name}\`` : genericFor(operation),
  ];
  const until = operation.until === undefined ? "" : ` (until ${operation.until})`;
  return `| ${cells[0]} | ${cells[1]}${until} | ${cells[2]} | ${cells[3]} |`;
}

function genericFor({ flags, class: access, method }: OperationIr): string {
  if (flags.noToken) return "none: Proxmox takes it from no API token";
  return method === "GET" && access === "read" ? "`proxmox_api_read`" : "`proxmox_api_write`";
}

/** A tool does what a command does when it names the operation; what only reads may get the same in another way. */
function checkFit(
  command: string,
  { id, method, class: access }: OperationIr,
  tool: SurfaceTool,
  named: readonly string[],
): void {
  const worst = worstOf(tool.annotations);
  const reaches = ACCESS_CLASSES.indexOf(worst) >= ACCESS_CLASSES.indexOf(access);
  if (reaches && (named.includes(id) || (method === "GET" && worst === "read"))) return;
  throw new Error(`codegen/command-tools.json: ${command}: ${tool.name} does not call ${id}`);
}
