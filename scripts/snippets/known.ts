import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { commandLine } from "../../src/cli/commands.ts";
import { isVariable } from "../../src/config/all-variables.ts";
import { matchPath } from "../../src/pve/route.ts";
import { TOOL_MODULES } from "../../src/tools/registry.ts";

/** What documents may name. */
export interface Known {
  /** npm scripts, and what each runs. */
  scripts: Readonly<Record<string, string>>;
  program: Command;
  isVariable(name: string): boolean;
  isTool(name: string): boolean;
  /** Whether the API of Proxmox VE has, or had, the operation. */
  isOperation(method: string, path: string): boolean;
  /** Whether the repository has the file. */
  isFile(path: string): boolean;
  /** The text of a file of the repository. */
  read(path: string): string;
}

/** What this repository has. */
export function knownOf(root: string): Known {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Pick<Known, "scripts">;
  const live = new Set(variablesOfTheLiveRun(root));
  return {
    scripts,
    program: commandLine(),
    isVariable: (name) => isVariable(name) || live.has(name),
    isTool: (name) => Object.hasOwn(TOOL_MODULES, name),
    isOperation: (method, path) => matchPath(method, path).entry !== undefined,
    // What a build makes counts as there.
    isFile: (path) => existsSync(join(root, path)) || path === "dist/index.js",
    read: (path) => readFileSync(join(root, path), "utf8"),
  };
}

/** Variables of `npm run test:live`, which the server does not read. */
function variablesOfTheLiveRun(root: string): string[] {
  const folder = join(root, "scripts/live");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .flatMap((path) => readFileSync(join(folder, path), "utf8").match(/\bPROXMOX_LIVE_[A-Z_]+\b/g) ?? []);
}

/** Names of variables in a text that nothing reads. A name cut short by `…` is good when some variable begins so. */
export function unknownVariables(text: string, known: Known, all: readonly string[]): string[] {
  const found = text.matchAll(/(?<![A-Za-z0-9_…])(PROXMOX_[A-Z0-9_]*[A-Z0-9_])(…)?/g);
  const unknown = [...found].flatMap(([, name, cut]) => {
    const whole = name!.replace(/_$/, "");
    const isGood = cut || name!.endsWith("_") ? all.some((one) => one.startsWith(name!)) : known.isVariable(name!);
    return isGood ? [] : [whole];
  });
  return [...new Set(unknown)];
}
