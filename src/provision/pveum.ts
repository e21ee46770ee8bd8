import { classifyFailure } from "../pve/failure.ts";
import type { Answer, OperationId, Params } from "../schema/operation.ts";
import { CLI_OPERATION } from "../schema/operation.ts";
import type { ExecResult, Hosts } from "../ssh/index.ts";
import { quoteArgv } from "../ssh/index.ts";
import { RemoteCommandError } from "./errors.ts";
import type { PveWay } from "./pve-way.ts";

type Caller = Parameters<Hosts["exec"]>[0];

const COMMAND_MS = 60_000;
const JSON_FORMAT = ["--output-format", "json"];

/** Commands of `pveum`: the words, what stands at fixed places, and whether they can answer in JSON. */
const COMMANDS: Readonly<Record<OperationId, readonly [words: string, places: readonly string[], json: boolean]>> = {
  "GET /access/users": ["user list", [], true],
  "POST /access/users": ["user add", ["userid"], false],
  "DELETE /access/users/{userid}": ["user delete", ["userid"], false],
  "GET /access/users/{userid}/token": ["user token list", ["userid"], true],
  "POST /access/users/{userid}/token/{tokenid}": ["user token add", ["userid", "tokenid"], true],
  "DELETE /access/users/{userid}/token/{tokenid}": ["user token remove", ["userid", "tokenid"], false],
  "GET /access/roles": ["role list", [], true],
  "POST /access/roles": ["role add", ["roleid"], false],
  "DELETE /access/roles/{roleid}": ["role delete", ["roleid"], false],
  "GET /access/acl": ["acl list", [], true],
};

const VERBS: Readonly<Record<string, string>> = { GET: "get", POST: "create", PUT: "set", DELETE: "delete" };

/** The command that does on a node what a request does over the API; as root@pam, whatever the request is. */
function pveumArgv(operation: OperationId, params: Params): { family: "pveum" | "pvesh"; argv: string[] } {
  if (operation === "PUT /access/acl") {
    const { path, delete: removes, ...rest } = params;
    return { family: "pveum", argv: ["acl", removes ? "delete" : "modify", String(path), ...optionsOf(rest)] };
  }
  const known = COMMANDS[operation];
  if (known) {
    const [words, places, json] = known;
    const rest = Object.fromEntries(Object.entries(params).filter(([name]) => !places.includes(name)));
    const at = places.map((name) => String(params[name]));
    return {
      family: "pveum",
      argv: [...words.split(" "), ...at, ...optionsOf(rest), ...(json ? JSON_FORMAT : [])],
    };
  }
  const [method, template] = operation.split(" ") as [string, string];
  const inPath = new Set<string>();
  const path = template.replace(/\{([^}]+)\}/g, (_, name: string) => {
    inPath.add(name);
    return String(params[name]);
  });
  const rest = Object.fromEntries(Object.entries(params).filter(([name]) => !inPath.has(name)));
  return { family: "pvesh", argv: [VERBS[method]!, path, ...optionsOf(rest), ...JSON_FORMAT] };
}

function optionsOf(params: Params): string[] {
  return Object.entries(params).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, String(value === true ? 1 : value === false ? 0 : value)],
  );
}

/** Proxmox VE by its commands on a node, over SSH as root. */
export function pveumWay(hosts: Hosts, at: { cluster: string; node: string; caller: Caller }): PveWay {
  const { cluster, node, caller } = at;
  return {
    async send<T>(operation: OperationId, params: object = {}): Promise<Answer<T>> {
      const { family, argv } = pveumArgv(operation, params as Params);
      const result = await hosts.exec(caller, {
        node,
        operation: CLI_OPERATION,
        params: { node, family, argv },
        command: [family, ...argv],
        timeoutMs: COMMAND_MS,
      });
      if (result.code !== 0) throw failureOf(result, { cluster, node, operation, line: `${family} ${argv.join(" ")}` });
      return { data: dataOf(result.stdout) as T };
    },
    line(operation, params) {
      const { family, argv } = pveumArgv(operation, params);
      return quoteArgv([family, ...argv]);
    },
  };
}

function failureOf(
  { code, stderr }: ExecResult,
  { cluster, node, operation, line }: { cluster: string; node: string; operation: OperationId; line: string },
): Error {
  const said = stderr
    .split("\n")
    .filter((one) => one.trim() !== "" && !/^perl: warning|^\s+(?:LANGUAGE|LC_|LANG)|^\s+are supported/.test(one))
    .join(" ");
  // The API's own words, which its classes of errors are told by.
  const judged = classifyFailure({ cluster, operation }, { status: 500, reason: said });
  return ["not-found", "already-exists"].includes(judged.code)
    ? judged
    : new RemoteCommandError(node, line.split(" --")[0]!, code, said);
}

function dataOf(stdout: string): unknown {
  const text = stdout.trim();
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
