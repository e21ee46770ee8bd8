import { BATCH_OPERATION, type OperationId, type Params, type Send } from "../schema/operation.ts";
import { selfHarm } from "./self-protection.ts";

/** Calls of the API that `selfHarm` judges, as `pvesh` is given them. */
const PATHS: readonly OperationId[] = [
  "PUT /access/users/{userid}",
  "DELETE /access/users/{userid}",
  "PUT /access/users/{userid}/token/{tokenid}",
  "POST /access/users/{userid}/token/{tokenid}",
  "DELETE /access/users/{userid}/token/{tokenid}",
  "PUT /access/password",
  "POST /access/tfa/{userid}",
  "PUT /access/tfa/{userid}/{id}",
  "DELETE /access/tfa/{userid}/{id}",
  "PUT /access/acl",
  "DELETE /access/groups/{groupid}",
  "PUT /access/roles/{roleid}",
  "DELETE /access/roles/{roleid}",
  "PUT /access/domains/{realm}",
  "DELETE /access/domains/{realm}",
  "POST /access/domains/{realm}/sync",
  "PUT /cluster/jobs/realm-sync/{id}",
  "POST /cluster/jobs/realm-sync/{id}",
  BATCH_OPERATION,
];

const VERBS: Readonly<Record<string, string>> = { set: "PUT", create: "POST", delete: "DELETE" };

/** What commands of `pveum` are in the API, old names and all; `token add` over an existing name changes nothing. */
const COMMANDS: Readonly<Record<string, OperationId>> = {
  "user modify": "PUT /access/users/{userid}",
  "user delete": "DELETE /access/users/{userid}",
  "user token modify": "PUT /access/users/{userid}/token/{tokenid}",
  "user token remove": "DELETE /access/users/{userid}/token/{tokenid}",
  "user token delete": "DELETE /access/users/{userid}/token/{tokenid}",
  "user tfa delete": "DELETE /access/tfa/{userid}/{id}",
  "user tfa unlock": "PUT /access/tfa/{userid}/{id}",
  "group delete": "DELETE /access/groups/{groupid}",
  "role modify": "PUT /access/roles/{roleid}",
  "role delete": "DELETE /access/roles/{roleid}",
  "acl modify": "PUT /access/acl",
  "acl delete": "PUT /access/acl",
  "realm modify": "PUT /access/domains/{realm}",
  "realm delete": "DELETE /access/domains/{realm}",
  "realm sync": "POST /access/domains/{realm}/sync",
  passwd: "PUT /access/password",
  usermod: "PUT /access/users/{userid}",
  userdel: "DELETE /access/users/{userid}",
  groupdel: "DELETE /access/groups/{groupid}",
  rolemod: "PUT /access/roles/{roleid}",
  roledel: "DELETE /access/roles/{roleid}",
  aclmod: "PUT /access/acl",
  acldel: "PUT /access/acl",
};

/** Options that decide; each may be shortened as far as it stays unlike the others of its command. */
const OPTIONS = [
  "enable",
  "expire",
  "groups",
  "users",
  "tokens",
  "roles",
  "delete",
  "append",
  "tfa",
  "full",
  "purge",
  "remove-vanished",
  "userid",
  "tokenid",
  "groupid",
  "roleid",
  "realm",
  "id",
  "path",
];

/**
 * What a command of one of the families would do to root@pam or to this server's own user and token, if anything
 * (pve-facts, section 9). Every reading of the arguments that does harm counts: commands and options may be shortened,
 * and an argument may be an option's value or stand for itself. What runs in a shell cannot be seen through.
 */
export async function argvHarm(
  { family, argv }: Params,
  tokenUser: string | undefined,
  send: Send,
): Promise<string | undefined> {
  const words = [argv ?? []].flat().map(String);
  for (const { operation, params } of readingsOf(
    String(family ?? "")
      .split("/")
      .pop()!,
    words,
  )) {
    if (operation === BATCH_OPERATION) return "run a batch of calls that nobody judges one by one";
    const harm = await selfHarm(operation, params, tokenUser, send);
    if (harm !== undefined) return harm;
  }
  return undefined;
}

interface Reading {
  operation: OperationId;
  params: Params;
}

function readingsOf(family: string, words: readonly string[]): Reading[] {
  if (family === "pvesh") return ofPvesh(words);
  return family === "pveum" ? ofPveum(words) : [];
}

function ofPvesh(words: readonly string[]): Reading[] {
  const methods = words.flatMap((word) =>
    Object.keys(VERBS).flatMap((verb) => (word !== "" && verb.startsWith(word) ? VERBS[verb]! : [])),
  );
  const options = optionsOf(words);
  return words.flatMap((word) => {
    const parts = word.split("/").filter(Boolean);
    return PATHS.flatMap((operation): Reading[] => {
      const [method, path] = operation.split(" ") as [string, string];
      const found = methods.includes(method) ? match(path, parts) : undefined;
      return found ? [{ operation, params: { ...options, ...found } }] : [];
    });
  });
}

function match(path: string, parts: readonly string[]): Record<string, string> | undefined {
  const names = path.split("/").filter(Boolean);
  if (names.length !== parts.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, name] of names.entries()) {
    const variable = /^\{(.+)\}$/.exec(name)?.[1];
    if (variable === undefined && name !== parts[index]) return undefined;
    if (variable !== undefined) found[variable] = parts[index]!;
  }
  return found;
}

function ofPveum(words: readonly string[]): Reading[] {
  const options = optionsOf(words);
  const plain = words.filter((word) => !word.startsWith("-"));
  return Object.entries(COMMANDS).flatMap(([name, operation]): Reading[] => {
    const names = name.split(" ");
    if (!names.every((one, index) => isShort(one, plain[index]))) return [];
    const rest = plain.slice(names.length);
    const [first, second] = [...operation.matchAll(/\{([^}]+)\}/g)].map(([, variable]) => variable!);
    const variable = first ?? (operation === "PUT /access/password" ? "userid" : undefined);
    if (variable === undefined) return [{ operation, params: options }];
    const values = rest.length > 0 ? rest : [undefined];
    return values.flatMap((value) => {
      const others = second === undefined ? [undefined] : [...rest, undefined];
      return others.map((other) => ({
        operation,
        params: {
          ...options,
          ...(value === undefined ? {} : { [variable]: value }),
          ...(other === undefined ? {} : { [second!]: other }),
        },
      }));
    });
  });
}

/** First words that are commands as they stand, and no shortened others. */
const WHOLE = new Set(["user", "group", "role", "acl", "realm"]);

function isShort(name: string, word: string | undefined): boolean {
  return name === word || (word !== undefined && !WHOLE.has(word) && name.startsWith(word));
}

/** Options by name, with `-x v`, `--x v` and `--x=v`; the one without a value is on. */
function optionsOf(words: readonly string[]): Record<string, string> {
  const options: Record<string, string> = {};
  for (const [index, word] of words.entries()) {
    const [, given, value] = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (given === undefined) continue;
    const next = words[index + 1];
    const its = value ?? (next === undefined || /^--?[A-Za-z]/.test(next) ? "1" : next);
    const meant = OPTIONS.filter((name) => name.startsWith(given.toLowerCase()));
    for (const name of meant.length > 0 ? meant : [given]) options[name] = its;
  }
  return options;
}
