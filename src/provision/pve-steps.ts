import { getAccessAcl, putAccessAcl } from "../../generated/clients/access-acl.ts";
import { deleteAccessRolesByRoleid, getAccessRoles, postAccessRoles } from "../../generated/clients/access-roles.ts";
import {
  deleteAccessUsersByUserid,
  deleteAccessUsersTokenByTokenid,
  getAccessUsers,
  getAccessUsersToken,
  postAccessUsers,
  postAccessUsersTokenByTokenid,
} from "../../generated/clients/access-users.ts";
import type { TokenAuth } from "../config/cluster-config.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import type { Send } from "../schema/operation.ts";
import { ProvisionError } from "./errors.ts";
import type { Grant } from "./grants.ts";
import type { Names } from "./names.ts";
import { lineOf, type PveWay, type Request, requestOf } from "./pve-way.ts";
import type { Step } from "./steps.ts";

/** An entry of the access control list. */
interface AclEntry {
  path: string;
  type: string;
  ugid: string;
  roleid: string;
  propagate: boolean;
}

type Row = Readonly<Record<string, unknown>>;

/** What of Proxmox VE's access control matters here, as it is now. */
export interface AccessState {
  users: ReadonlyMap<string, Row>;
  roles: ReadonlyMap<string, Row>;
  acl: readonly AclEntry[];
  /** Every privilege that this version knows. */
  known: ReadonlySet<string>;
}

/** Reads users, roles and the access control list. */
export async function readAccess({ send }: PveWay): Promise<AccessState> {
  const [users, roles, acl] = [
    (await getAccessUsers(send)).data as unknown as Row[],
    (await getAccessRoles(send)).data as unknown as Row[],
    (await getAccessAcl(send)).data as unknown as Row[],
  ];
  const all = roles.find(({ roleid }) => roleid === "Administrator")?.privs;
  return {
    users: new Map(users.map((row) => [String(row.userid), row])),
    roles: new Map(roles.map((row) => [String(row.roleid), row])),
    acl: acl.map(({ path, type, ugid, roleid, propagate }) => ({
      path: String(path),
      type: String(type),
      ugid: String(ugid),
      roleid: String(roleid),
      propagate: Number(propagate) === 1 || propagate === true,
    })),
    known: new Set(
      String(all ?? "")
        .split(/[,\s]+/)
        .filter(Boolean),
    ),
  };
}

/** Names of a user's tokens. */
export async function tokenIds({ send }: PveWay, userid: string): Promise<Row[]> {
  return ((await getAccessUsersToken(send, { userid })).data ?? []) as unknown as Row[];
}

/** A step of one request, taken back by another one. */
async function stepOf(way: PveWay, what: string, request: Request, back?: Request): Promise<Step> {
  return {
    what,
    lines: [await lineOf(way, request)],
    request: await requestOf(request),
    do: async () => void (await request(way.send)),
    ...(back === undefined
      ? {}
      : {
          undo: () => removed(way, back),
          undoOver: (send: Send) => removed({ send }, back),
          undoLines: [await lineOf(way, back)],
        }),
  };
}

/** Removes what may be gone already. */
export async function removed({ send }: Pick<PveWay, "send">, request: Request): Promise<void> {
  try {
    await request(send);
  } catch (error) {
    if (!(error instanceof ProxmoxMcpError) || error.code !== "not-found") throw error;
  }
}

export interface PveStepsOptions {
  names: Names;
  grants: readonly Grant[];
  tokenId: string;
  /** Seconds since the epoch. */
  expire?: number | undefined;
  /** Gets the token as soon as it is made. */
  made(token: TokenAuth): void;
}

/** Roles, a user, its token, and what both may do: a token that is separated has no more than its user (pve-facts 36). */
export async function pveSteps(way: PveWay, options: PveStepsOptions): Promise<Step[]> {
  const { names, grants, tokenId, expire, made } = options;
  const { userid, comment } = names;
  const steps: Step[] = [];
  for (const { path, below, privileges } of grants) {
    const roleid = names.role(path, below);
    steps.push(
      await stepOf(
        way,
        `role ${roleid}`,
        (send) => postAccessRoles(send, { roleid, privs: privileges.join(",") }),
        (send) => deleteAccessRolesByRoleid(send, { roleid }),
      ),
    );
  }
  steps.push(
    await stepOf(
      way,
      `user ${userid}`,
      (send) => postAccessUsers(send, { userid, comment }),
      (send) => deleteAccessUsersByUserid(send, { userid }),
    ),
    await tokenStep(way, { userid, tokenId, comment, expire, privsep: true, made }),
  );
  for (const { path, below } of grants) {
    steps.push(
      await aclStep(way, { path, below, role: names.role(path, below), users: userid, tokens: `${userid}!${tokenId}` }),
    );
  }
  return steps;
}

export interface TokenWanted {
  userid: string;
  tokenId: string;
  comment: string;
  /** Seconds since the epoch. */
  expire: number | undefined;
  /** It has rights of its own, and not its user's. */
  privsep: boolean;
  /** Gets the token as soon as it is made. */
  made(token: TokenAuth): void;
}

/** A new token; its secret is told once, in the answer. */
export async function tokenStep(
  way: PveWay,
  { userid, tokenId: tokenid, comment, expire, privsep, made }: TokenWanted,
): Promise<Step> {
  const request: Request = (send) =>
    postAccessUsersTokenByTokenid(send, {
      userid,
      tokenid,
      privsep: privsep ? 1 : 0,
      comment,
      ...(expire === undefined ? {} : { expire }),
    });
  const step = await stepOf(way, `token ${userid}!${tokenid}`, request, (send) =>
    deleteAccessUsersTokenByTokenid(send, { userid, tokenid }),
  );
  return {
    ...step,
    async do() {
      const { value } = ((await request(way.send)).data ?? {}) as { value?: unknown };
      if (typeof value !== "string" || value === "") {
        throw new ProvisionError({ code: "no-secret", message: "The answer to the new token holds no secret." });
      }
      const [user, realm] = [userid.slice(0, userid.lastIndexOf("@")), userid.slice(userid.lastIndexOf("@") + 1)];
      made({ user, realm, id: tokenid, secret: value, ...(expire === undefined ? {} : { expire }) });
    },
  };
}

/** One entry of the access control list, for a user, a token, or both. */
export function aclStep(
  way: PveWay,
  { path, below, role, users, tokens }: { path: string; below: boolean; role: string; users?: string; tokens?: string },
): Promise<Step> {
  const whom = { ...(users === undefined ? {} : { users }), ...(tokens === undefined ? {} : { tokens }) };
  const entry = { path, roles: role, ...whom, propagate: below ? (1 as const) : (0 as const) };
  return stepOf(
    way,
    `rights on ${path}`,
    (send) => putAccessAcl(send, entry),
    (send) => putAccessAcl(send, { path, roles: role, ...whom, delete: 1 }),
  );
}
