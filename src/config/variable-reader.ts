import { readFileSync } from "node:fs";
import { ConfigError } from "./config-error.ts";
import { Fault } from "./parsers.ts";
import type { Variable } from "./variable.ts";
import { VARIABLES } from "./variables.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables by name. */
type VariableTable = Readonly<Record<string, Variable<unknown>>>;

/** Reads variables of a table; an empty one counts as not set. */
export interface VariableReader<T extends VariableTable = typeof VARIABLES> {
  /** The parsed value; throws `ConfigError` naming variable, fault and allowed values. */
  read<N extends keyof T & string>(name: N): ReturnType<T[N]["parse"]> | undefined;
  /** The text of a secret variable that the operator named, or of the file that its `_FILE` variant names. */
  readSecret(name: string): string | undefined;
  isSet(name: keyof T & string): boolean;
  /** The same environment by another table. */
  of<U extends VariableTable>(table: U): VariableReader<U>;
  /** Texts of the secrets read so far. */
  readonly secrets: readonly string[];
}

export function variableReader(env: Environment): VariableReader {
  return readerOf(env, VARIABLES, []);
}

function readerOf<T extends VariableTable>(env: Environment, table: T, secrets: string[]): VariableReader<T> {
  const isGiven = (name: string) => (env[name] ?? "") !== "";
  const keep = (text: string) => {
    secrets.push(text.trim());
    return text;
  };
  const readSecret = (name: string): string | undefined => {
    if (!isGiven(`${name}_FILE`)) return isGiven(name) ? keep(env[name]!) : undefined;
    if (isGiven(name)) throw new ConfigError(name, `is set together with ${name}_FILE`, "one of the two");
    return keep(readSecretFile(`${name}_FILE`, env[`${name}_FILE`]!));
  };
  return {
    secrets,
    readSecret,
    of: (other) => readerOf(env, other, secrets),
    isSet: (name) => isGiven(name) || (table[name]!.secret === true && isGiven(`${name}_FILE`)),
    read<N extends keyof T & string>(name: N) {
      const entry = table[name]!;
      const text = entry.secret ? readSecret(name) : isGiven(name) ? env[name] : undefined;
      if (text === undefined) return undefined;
      try {
        return entry.parse(text) as ReturnType<T[N]["parse"]>;
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        const at = isGiven(name) ? name : `${name}_FILE`;
        throw new ConfigError(
          at,
          `${isGiven(name) ? "" : "names a file whose content "}${error.message}`,
          entry.allowed,
        );
      }
    },
  };
}

const ALLOWED = "a path of a readable file that holds the secret and nothing else";
/** No secret is longer; a wrong path may name anything. */
const LONGEST = 65_536;

function readSecretFile(setting: string, path: string): string {
  const fail = (fault: string): never => {
    throw new ConfigError(setting, `names ${path}, which ${fault}`, ALLOWED);
  };
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return fail(`cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  if (bytes.length > LONGEST) return fail(`is larger than a secret (${bytes.length} bytes)`);
  const text = bytes.toString("utf8").replace(/(\r?\n)+$/, "");
  return text === "" ? fail("is empty") : text;
}
