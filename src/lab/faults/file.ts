import { readFileSync } from "node:fs";
import type { FaultByName, FaultOptions } from "./definition.ts";
import { FAULTS, type FaultName } from "./index.ts";

/** A file of faults that cannot be used: `place` says where. */
export class FaultFileError extends Error {
  readonly place: string;

  constructor(place: string, message: string) {
    super(message);
    this.name = "FaultFileError";
    this.place = place;
  }
}

const KINDS: Readonly<Record<keyof FaultOptions, "number" | "string">> = {
  ms: "number",
  node: "string",
  vmid: "number",
  storage: "string",
  to: "string",
  lock: "string",
  version: "string",
  share: "number",
  seed: "number",
  text: "string",
  count: "number",
  key: "string",
};
const METHODS = ["GET", "POST", "PUT", "DELETE"];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** `line 3, column 7` of an offset. */
function lineOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split("\n");
  return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = /position (\d+)/.exec(message)?.[1];
    const at = offset === undefined ? text.trimEnd().length : Number(offset);
    throw new FaultFileError(lineOf(text, at), `this is no JSON: ${message.replace(/ in JSON at position.*$/s, "")}`);
  }
}

function readMatch(value: unknown, place: string): FaultByName["match"] {
  if (!isObject(value)) throw new FaultFileError(place, "'match' has to be an object of 'method' and 'path'");
  const match: NonNullable<FaultByName["match"]> = {};
  for (const [key, given] of Object.entries(value)) {
    if (key === "method" && METHODS.includes(given as string)) match.method = given as string;
    else if (key === "path" && typeof given === "string") {
      try {
        match.path = new RegExp(given);
      } catch (error) {
        throw new FaultFileError(place, `'match.path' is no regular expression: ${(error as Error).message}`);
      }
    } else if (key === "method") throw new FaultFileError(place, `'match.method' is one of ${METHODS.join(", ")}`);
    else if (key === "path") throw new FaultFileError(place, "'match.path' has to be a text");
    else throw new FaultFileError(place, `'match' takes no '${key}': it takes 'method' and 'path'`);
  }
  return match;
}

function readFault(value: unknown, index: number): FaultByName {
  const place = `fault ${index + 1}`;
  if (!isObject(value)) throw new FaultFileError(place, 'every fault is an object such as {"fault": "quorum-lost"}');
  const { fault: name, match, ...options } = value;
  if (typeof name !== "string") throw new FaultFileError(place, "'fault' has to name one, as a text");
  if (!Object.hasOwn(FAULTS, name))
    throw new FaultFileError(place, `there is no fault '${name}': use one of ${Object.keys(FAULTS).join(", ")}`);
  const named = `${place} (${name})`;
  const definition = FAULTS[name as FaultName];
  const taken = definition.options.map((option) => option.replace("!", ""));
  for (const [option, given] of Object.entries(options)) {
    const counts = option === "times" || option === "skip";
    if (!counts && !taken.includes(option))
      throw new FaultFileError(
        named,
        `it takes no '${option}': it takes ${[...taken, "match", "times", "skip"].join(", ")}`,
      );
    const kind = counts ? "number" : KINDS[option as keyof FaultOptions];
    const isRight = kind === "number" ? Number.isFinite(given) && (given as number) >= 0 : typeof given === "string";
    if (!isRight)
      throw new FaultFileError(named, `'${option}' has to be ${kind === "number" ? "a number from 0" : "a text"}`);
  }
  for (const option of definition.options)
    if (option.endsWith("!") && options[option.slice(0, -1)] === undefined)
      throw new FaultFileError(named, `it needs '${option.slice(0, -1)}'`);
  return {
    ...options,
    fault: name as FaultName,
    ...(match === undefined ? {} : { match: readMatch(match, named) }),
  };
}

/** The faults that a text of JSON lists; throws a `FaultFileError` that says where it is wrong and how. */
export function parseFaults(text: string): FaultByName[] {
  const list = parse(text);
  if (!Array.isArray(list)) throw new FaultFileError("line 1", "the file has to hold a JSON list of faults");
  return list.map(readFault);
}

/** The faults of a file. */
export function readFaults(path: string): FaultByName[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new FaultFileError("the file", `it cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  return parseFaults(text);
}
