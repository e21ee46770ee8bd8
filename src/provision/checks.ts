import { getAccessPermissions } from "../../generated/clients/access-permissions.ts";
import { getVersion } from "../../generated/clients/version.ts";
import { holdOf, type Rights } from "../doctor/rights/rights.ts";
import { CLI_OPERATION, type OperationId, type Params, type Send } from "../schema/operation.ts";
import type { Hosts } from "../ssh/index.ts";
import { ProvisionError } from "./errors.ts";
import type { Grant } from "./grants.ts";

type Caller = Parameters<Hosts["exec"]>[0];

/** Tries a token with live calls: it is taken, and it holds what it was given. */
export async function checkToken(send: Send, name: string, grants: readonly Grant[]): Promise<void> {
  await getVersion(send);
  const rights = ((await getAccessPermissions(send)).data ?? {}) as Rights;
  const lacking = grants.flatMap((grant) => {
    const hold = holdOf(rights, grant);
    return hold.extent === "all"
      ? []
      : [`${hold.extent === "none" ? hold.missing.join(", ") : "some"} on ${grant.path}`];
  });
  if (lacking.length > 0) {
    throw new ProvisionError({
      code: "rights-missing",
      message: `${name} is taken, and lacks what it was given: ${lacking.join("; ")}.`,
      next: "Does its user hold it too? A separated token has no more than its user.",
      data: { token: name, lacking },
    });
  }
}

/** What a token holds, path by path, to be compared with another's. */
export async function rightsOf(send: Send): Promise<Rights> {
  return ((await getAccessPermissions(send)).data ?? {}) as Rights;
}

/** What the check of a login is to the gate. */
export function loginCheck(node: string): { operation: OperationId; params: Params } {
  return { operation: CLI_OPERATION, params: { node, family: "pvesh", argv: CHECK } };
}

const CHECK = ["get", "/version", "--output-format", "json"];

/** Tries a key with a live login, and the rules of sudo with a command that only reads. */
export async function checkLogin(hosts: Hosts, caller: Caller, node: string): Promise<void> {
  const result = await hosts.exec(caller, {
    node,
    ...loginCheck(node),
    command: ["pvesh", ...CHECK],
    timeoutMs: 60_000,
  });
  if (result.code === 0) return;
  throw new ProvisionError({
    code: "login-check-failed",
    message: `The new user logs in on ${node}, and pvesh ended with ${result.code ?? "no exit code"}: ${result.stderr.trim().slice(0, 300)}.`,
    next: "Look at the node's sudo log, and begin again.",
  });
}
