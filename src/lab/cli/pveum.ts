import { type CommandLine, FORMATS, family, type Verb } from "./command-line.ts";

/** A list as JSON or a table (pve-facts 116). */
function list(path: string, columns: readonly string[], args: readonly string[] = []): Verb {
  return {
    args,
    run: async (line) => {
      const data = await line.call("GET", filled(path, line), line.params);
      return line.print(data, columns);
    },
  };
}

/** A change that says nothing when it went well. */
function change(method: string, path: string, args: readonly string[]): Verb {
  return {
    args,
    run: async (line) => {
      const data = await line.call(method, filled(path, line), line.params);
      return line.print(data);
    },
  };
}

function filled(path: string, line: CommandLine): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => line.take(name) ?? "");
}

/** Access entries take their path as an argument, and are deleted by saying so. */
function acl(deletes: boolean): Verb {
  return {
    args: ["path"],
    run: async (line) => {
      const names: Readonly<Record<string, string>> = {
        user: "users",
        role: "roles",
        group: "groups",
        token: "tokens",
      };
      const params = Object.fromEntries(Object.entries(line.params).map(([key, value]) => [names[key] ?? key, value]));
      await line.call("PUT", "/access/acl", { ...params, ...(deletes ? { delete: "1" } : {}) });
      return 0;
    },
  };
}

/** `pveum`: users, tokens, roles and rights of the whole cluster. */
export const pveum = family(
  "pveum",
  {
    "user list": list("/access/users", ["userid", "comment", "email", "enable", "expire", "groups"]),
    "user add": change("POST", "/access/users", ["userid"]),
    "user modify": change("PUT", "/access/users/{userid}", ["userid"]),
    "user delete": change("DELETE", "/access/users/{userid}", ["userid"]),
    "user token": {
      args: ["verb", "userid", "tokenid?"],
      run: async (line) => {
        const verb = line.take("verb");
        const [userid, tokenid] = [line.take("userid"), line.take("tokenid")];
        const path = `/access/users/${userid}/token${tokenid === undefined ? "" : `/${tokenid}`}`;
        const methods: Readonly<Record<string, string>> = {
          list: "GET",
          add: "POST",
          modify: "PUT",
          delete: "DELETE",
          remove: "DELETE",
        };
        const method = methods[verb ?? ""];
        if (method === undefined || (method !== "GET" && tokenid === undefined))
          throw new Error("400 not enough arguments");
        const data = await line.call(method, path, line.params);
        return line.print(data);
      },
    },
    "group list": list("/access/groups", ["groupid", "comment", "users"]),
    "group add": change("POST", "/access/groups", ["groupid"]),
    "group delete": change("DELETE", "/access/groups/{groupid}", ["groupid"]),
    "role list": list("/access/roles", ["roleid", "privs", "special"]),
    "role add": change("POST", "/access/roles", ["roleid"]),
    "role modify": change("PUT", "/access/roles/{roleid}", ["roleid"]),
    "role delete": change("DELETE", "/access/roles/{roleid}", ["roleid"]),
    "acl list": list("/access/acl", ["path", "type", "ugid", "roleid", "propagate"]),
    "acl modify": acl(false),
    "acl delete": acl(true),
    "realm list": list("/access/domains", ["realm", "type", "comment", "tfa"]),
  },
  FORMATS,
);
