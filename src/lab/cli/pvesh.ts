import { Refusal } from "../refusal.ts";
import type { Process, Program } from "../shell/process.ts";
import { complain, complainOfLocale, deathCode, followWorker, splitArguments } from "./command-line.ts";
import { LOCAL_PATHS, nodeInPath } from "./paths.ts";
import { perlJson, printTable } from "./table.ts";

const METHODS: Readonly<Record<string, string>> = { get: "GET", set: "PUT", create: "POST", delete: "DELETE" };
const FORMAT_OPTIONS = ["output-format", "human-readable", "quiet", "noborder", "noheader", "noproxy"] as const;
const UPID = /^UPID:/;

/** Children of a path, with what can be done on each. */
async function list(process: Process, path: string): Promise<number> {
  const data = (await process.machine.api("GET", path)).data;
  if (!Array.isArray(data)) throw new Refusal(500, `no 'ls' for '${path}'`);
  for (const row of data as Record<string, unknown>[]) {
    const name = row.subdir ?? row.name ?? row.node ?? row.vmid ?? row.storage ?? row.userid ?? row.id ?? row.poolid;
    if (name !== undefined) process.out(`Dr---        ${name}\n`);
  }
  return 0;
}

/** Carries a call out here: the log of a worker comes before the answer, which is its UPID (pve-facts 112). */
async function carryOut(
  process: Process,
  method: string,
  path: string,
  params: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const { data } = await process.machine.api(method, path, params);
  // Whether the worker failed is nobody's business: the command itself went well.
  if (typeof data === "string" && UPID.test(data)) await followWorker(process, data, "silent");
  return data;
}

/** What another node's pvesh writes is read as one text; one that is no JSON, for a log before it, is the answer itself. */
async function carryOutThere(
  process: Process,
  method: string,
  path: string,
  params: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const chunks: string[] = [];
  const there: Process = { ...process, out: (text) => chunks.push(Buffer.from(text as string).toString("utf8")) };
  const data = await carryOut(there, method, path, params);
  const printed = data === null || data === undefined ? "" : `${perlJson(data, false)}\n`;
  const whole = `${chunks.join("")}${printed}`.replaceAll("\n", "");
  try {
    return JSON.parse(whole);
  } catch {
    return whole;
  }
}

/** `pvesh get|set|create|delete|ls PATH [--name value …] [--output-format json]`. */
export const pvesh: Program = async (process) => {
  complainOfLocale(process);
  const { args, err, user, machine } = process;
  const [verb = "", ...after] = args;
  const { positional, options } = splitArguments(after);
  const usage = `pvesh ${verb} <api_path> [OPTIONS] [FORMAT_OPTIONS]`;
  if (user !== "root") {
    err("please run as root\n");
    return 255;
  }
  const method = verb === "ls" ? "GET" : METHODS[verb];
  if (method === undefined) {
    err(`ERROR: unknown command 'pvesh ${verb}'\nUSAGE: pvesh <COMMAND> [ARGS] [OPTIONS]\n`);
    return 255;
  }
  if (positional.length !== 1) {
    err(`400 ${positional.length === 0 ? "not enough" : "too many"} arguments\n${usage}\n`);
    return 255;
  }
  const path = `/${positional[0]!.replace(/^\/+|\/+$/g, "")}`;
  const format = String(options["output-format"] ?? "text");
  const quiet = options.quiet !== undefined;
  for (const name of FORMAT_OPTIONS) delete options[name];
  try {
    if (verb === "ls") return await list(process, path);
    const node = LOCAL_PATHS.test(path) ? undefined : nodeInPath(path);
    const away = node !== undefined && node !== "localhost" && node !== machine.node && machine.state.nodes.has(node);
    const data = await (away ? carryOutThere : carryOut)(process, method, path, options);
    if (!quiet) printTable(process, data, format);
    return 0;
  } catch (error) {
    if (error instanceof Refusal && error.status === 501) {
      err(`No '${verb}' handler defined for '${path}'\n`);
      return deathCode("");
    }
    return complain(process, error, usage);
  }
};
