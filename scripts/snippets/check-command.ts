import type { Command, Option } from "commander";
import type { Known } from "./known.ts";

/** Programs that any machine has; what they are given is not looked at. */
const ORDINARY = new Set(
  (
    "cd export unset set echo printf cat head tail less grep sed jq tee sort true test mkdir mktemp rm cp mv ln chmod chown install " +
    "umask ls find env kill id pwd sleep source . git openssl ssh-keygen curl tar sudo time date command export read if then fi"
  ).split(" "),
);

/** What is wrong with a command of a document, in one sentence; undefined when nothing is. */
export function faultOf(words: readonly string[], known: Known, excused: boolean): string | undefined {
  const [program = "", ...rest] = words;
  if (program === "") return undefined;
  if (program === "proxmox-mcp") return commandFault(rest, known.program);
  if (program === "npx") return npxFault(rest, known, excused);
  if (program === "npm") return npmFault(rest, known);
  // Clients of MCP are given the server's own command line after two dashes.
  if (/^(claude|codex|gemini)$/.test(program) && words.includes("--")) {
    return faultOf(words.slice(words.indexOf("--") + 1), known, excused);
  }
  if (program === "node") return nodeFault(rest, known);
  if (program === "bash" || program === "sh") return fileFault(rest.find((word) => !word.startsWith("-")) ?? "", known);
  if (/^(\.\/)?(scripts|deploy)\//.test(program)) return fileFault(program, known);
  if (ORDINARY.has(program) || excused || /^[<$]/.test(program)) return undefined;
  return `${program} is no program that a test can run here: mark the section, **Needs …**`;
}

function npmFault(words: readonly string[], known: Known): string | undefined {
  const plain = words.filter((word) => !/^--(silent|global|workspaces)$|^-[gys]$/.test(word));
  const [verb = "", name = "", ...rest] = plain;
  if (verb === "test" || verb === "t") return scriptFault("test", plain.slice(1), known);
  if (verb === "run") return scriptFault(name, rest, known);
  return [
    "ci",
    "i",
    "install",
    "pack",
    "publish",
    "deprecate",
    "dist-tag",
    "version",
    "view",
    "audit",
    "uninstall",
    "rm",
    "sbom",
    "login",
  ].includes(verb)
    ? undefined
    : `npm has no use for ${verb} here`;
}

function scriptFault(name: string, rest: readonly string[], known: Known): string | undefined {
  const runs = known.scripts[name];
  if (runs === undefined) return `package.json has no script ${name}`;
  const given = rest[0] === "--" ? rest.slice(1) : rest;
  const own = /src\/index\.ts ?(.*)$/.exec(runs)?.[1];
  if (own !== undefined) return commandFault([...own.split(" ").filter(Boolean), ...given], known.program);
  const sources = [...runs.matchAll(/\S+\.ts\b/g)].map(([path]) => known.read(path)).join("\n");
  if (sources === "") return undefined;
  const unknown = given.find((word) => /^--\w/.test(word) && !hasFlag(sources, word.split("=")[0]!));
  return unknown && `npm run ${name} knows no ${unknown.split("=")[0]}`;
}

/** A script says its flags as texts, as options of commander, or as those of `parseArgs`. */
function hasFlag(source: string, flag: string): boolean {
  const key = flag.slice(2);
  return source.includes(flag) || new RegExp(`["']?${key}["']?: \\{ type:`).test(source);
}

function npxFault(words: readonly string[], known: Known, excused: boolean): string | undefined {
  const [name = "", ...rest] = words.filter((word) => !/^(-y|--yes|-p|--package=.*)$/.test(word));
  const bare = name.replace(/@[\w.-]+$/, "");
  if (bare === "") return undefined;
  if (bare === "proxmox-mcp") return commandFault(rest, known.program);
  if (bare === "tsx") return fileFault(rest.find((word) => !word.startsWith("-")) ?? "", known);
  if (bare === "vitest") {
    const missing = rest.filter((word) => word.includes("/")).find((path) => !known.isFile(path));
    return missing && `${missing} does not exist`;
  }
  const { devDependencies = {} } = JSON.parse(known.read("package.json")) as { devDependencies?: object };
  const isInstalled = Object.keys(devDependencies).some((one) => one === bare || one.split("/").pop() === bare);
  if (isInstalled || bare === "tsc" || excused) return undefined;
  return `npx ${bare} is no dependency of this project: mark the section, **Needs …**`;
}

function nodeFault(words: readonly string[], known: Known): string | undefined {
  const at = words.findIndex((word) => !word.startsWith("-"));
  const path = words[at];
  if (path === undefined || words.some((word) => /^(-e|-p|--eval|--print)$/.test(word))) return undefined;
  if (path.endsWith("dist/index.js")) return commandFault(words.slice(at + 1), known.program);
  return fileFault(path, known);
}

function fileFault(path: string, known: Known): string | undefined {
  if (path === "" || /^[/~$<]/.test(path) || known.isFile(path.replace(/^\.\//, ""))) return undefined;
  return `${path} does not exist`;
}

/** What the command line of `proxmox-mcp` would refuse. Brackets of a synopsis are taken off. */
function commandFault(given: readonly string[], program: Command): string | undefined {
  const words = given.flatMap((word) => (word === "…" || word === "..." ? [] : [word.replace(/^\[|\]$/g, "")]));
  let command = program;
  let path = "proxmox-mcp";
  let operands = 0;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === "--help" || word === "-h" || (word === "--version" && command === program)) continue;
    if (/^--?[a-z]/.test(word)) {
      const [flag, inline] = word.split("=") as [string, string?];
      const option = command.options.find((one) => one.long === flag || one.short === flag);
      if (!option) return `${path} has no option ${flag}`;
      if (!option.required && !option.optional) continue;
      const value = inline ?? words[++at];
      if (value === undefined && option.required) return `${path} ${flag} wants a value`;
      const fault = choiceFault(option, value ?? "", `${path} ${flag}`);
      if (fault) return fault;
      while (option.variadic && words[at + 1] !== undefined && !words[at + 1]!.startsWith("-")) at++;
      continue;
    }
    const next = command.commands.find((one) => one.name() === word);
    if (next) {
      command = next;
      path = `${path} ${word}`;
    } else if (command.commands.length > 0) return `${path} has no command ${word}`;
    else if (++operands > command.registeredArguments.length) return `${path} takes no ${word}`;
  }
  return undefined;
}

function choiceFault({ argChoices }: Option, value: string, where: string): string | undefined {
  if (!argChoices || /^[A-Z<]/.test(value)) return undefined;
  const unknown = value.split(/[|/]/).find((one) => !argChoices.includes(one));
  return unknown === undefined ? undefined : `${where} does not take ${unknown}`;
}
