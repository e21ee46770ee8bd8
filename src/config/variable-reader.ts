import { readFileSync } from "node:fs";
import { ConfigError } from "./config-error.ts";
import { Fault } from "./parsers.ts";
import { VARIABLES, type Variable, type VariableName } from "./variables.ts";

export type Environment = Readonly<Record<string, string | undefined>>;
export type Value<N extends VariableName> = ReturnType<(typeof VARIABLES)[N]["parse"]>;

/** Reads variables of the table; an empty one counts as not set. */
export interface VariableReader {
  /** The parsed value; throws `ConfigError` naming variable, fault and allowed values. */
  read<N extends VariableName>(name: N): Value<N> | undefined;
  /** The text of a secret variable that the operator named, or of the file that its `_FILE` variant names. */
  readSecret(name: string): string | undefined;
  isSet(name: VariableName): boolean;
  /** Texts of the secrets read so far. */
  readonly secrets: readonly string[];
}

export function variableReader(env: Environment): VariableReader {
  const secrets: string[] = [];
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
    isSet: (name) =>
      isGiven(name) || ((VARIABLES[name] as Variable<unknown>).secret === true && isGiven(`${name}_FILE`)),
    read<N extends VariableName>(name: N) {
      const entry: Variable<unknown> = VARIABLES[name];
      const text = entry.secret ? readSecret(name) : isGiven(name) ? env[name] : undefined;
      if (text === undefined) return undefined;
      try {
        return entry.parse(text) as Value<N>;
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
