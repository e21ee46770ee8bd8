import { ProxmoxMcpError } from "../errors/index.ts";
import type { OperationId, Params } from "../schema/operation.ts";

/** The call would take this server's own user or token, or root@pam, away or disable it. */
export class SelfProtectionError extends ProxmoxMcpError {
  constructor(operation: OperationId, what: string) {
    super({
      code: "self-protection",
      message: `${operation} would ${what}. This server never does that, whoever confirms it. Nothing was sent.`,
      next: "Do it in the Proxmox web interface, with another account.",
      data: { operation },
    });
  }
}

/**
 * What a call would do to root@pam or to this server's own user and token, if anything: deleting root@pam succeeds
 * upstream and takes its tokens along, the caller's own included (pve-facts, section 9).
 */
export function selfHarm(operation: OperationId, params: Params, tokenUser: string | undefined): string | undefined {
  const own = tokenUser?.split("!")[0];
  const ownToken = tokenUser?.split("!")[1];
  const users = new Set(["root@pam", ...(own === undefined ? [] : [own])]);
  const userid = String(params.userid ?? "");
  switch (operation) {
    case "DELETE /access/users/{userid}":
      return users.has(userid) ? `delete ${userid}` : undefined;
    case "PUT /access/users/{userid}":
      return users.has(userid) && (isOff(params.enable) || isPast(params.expire) || params.groups !== undefined)
        ? `disable ${userid}, or change the groups from which it has its rights`
        : undefined;
    case "DELETE /access/users/{userid}/token/{tokenid}":
    case "PUT /access/users/{userid}/token/{tokenid}":
    case "POST /access/users/{userid}/token/{tokenid}":
      return userid === own && params.tokenid === ownToken ? "delete or change this server's own token" : undefined;
    case "PUT /access/password":
      return users.has(userid) ? `change the password of ${userid}` : undefined;
    case "PUT /access/acl":
      return aclHarm(params, users, tokenUser);
    case "DELETE /access/domains/{realm}":
      return [...users].some((user) => user.endsWith(`@${params.realm}`))
        ? `delete the realm ${params.realm}`
        : undefined;
    case "POST /nodes/{node}/execute":
      return "run a batch of calls that nobody judges one by one";
    default:
      return undefined;
  }
}

function aclHarm(params: Params, users: ReadonlySet<string>, tokenUser: string | undefined): string | undefined {
  const named = [...items(params.users), ...items(params.tokens)];
  const strips = !isOff(params.delete ?? 0) || items(params.roles).includes("NoAccess");
  const hit = named.find((name) => users.has(name) || name === tokenUser);
  return strips && hit !== undefined ? `take rights away from ${hit}` : undefined;
}

function items(value: unknown): string[] {
  return [value ?? []]
    .flat()
    .flatMap((one) => String(one).split(/[,;\s\0]+/))
    .filter(Boolean);
}

function isOff(value: unknown): boolean {
  return value !== undefined && value !== null && /^(0|false)$/i.test(String(value));
}

/** 0 means never. */
function isPast(value: unknown): boolean {
  return value !== undefined && value !== null && Number(value) !== 0;
}
