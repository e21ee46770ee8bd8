import { isOn } from "../flag.ts";

type Row = Readonly<Record<string, unknown>>;

export const PRINCIPAL_KINDS = ["user", "token", "group"] as const;

/** How an account stands; `orphaned` is one whose realm is gone. */
export const PRINCIPAL_STATES = ["ok", "expiring", "expired", "disabled", "locked", "orphaned"] as const;

export type PrincipalState = (typeof PRINCIPAL_STATES)[number];

/** A user, one of its tokens, or a group. */
export interface Principal {
  cluster: string;
  kind: (typeof PRINCIPAL_KINDS)[number];
  /** `user@realm`, `user@realm!token` or the group's name. */
  id: string;
  user?: string;
  state?: PrincipalState;
  /** Seconds since the epoch; absent when it never does. */
  expires?: number;
  groups: readonly string[];
  members?: number;
  tfa?: string;
  privsep?: boolean;
  comment?: string;
  name?: string;
  email?: string;
}

/** What the accounts of a cluster are made from; a part that could not be read is absent. */
export interface AccessParts {
  users: readonly Row[];
  groups?: readonly Row[] | undefined;
  tfa?: readonly Row[] | undefined;
  realms?: readonly Row[] | undefined;
}

const DAY = 86_400;

/** All users with their tokens, and all groups. `now` is in seconds; `soon` is how many days ahead counts as expiring. */
export function principalsOf(cluster: string, parts: AccessParts, now: number, soon: number): Principal[] {
  const factors = parts.tfa && new Map(parts.tfa.map((row) => [String(row.userid), row]));
  const realms = parts.realms && new Map(parts.realms.map((row) => [String(row.realm), row]));
  const accounts = parts.users.flatMap((row): Principal[] => {
    const id = String(row.userid);
    const realm = id.slice(id.lastIndexOf("@") + 1);
    const own = factors?.get(id);
    const locked = [row, own ?? {}].some(
      (one) => isOn(one["totp-locked"]) || Number(one["tfa-locked-until"] ?? 0) > now,
    );
    const state = realms && !realms.has(realm) ? "orphaned" : stateOf(row, now, soon, locked);
    const tfa = factors && secondFactors(own, realms?.get(realm));
    const name = [row.firstname, row.lastname].filter(Boolean).join(" ");
    return [
      {
        cluster,
        kind: "user",
        id,
        user: id,
        state,
        ...expiresOf(row),
        groups: listOf(row.groups),
        ...(tfa === undefined ? {} : { tfa }),
        ...textsOf(row),
        ...(name === "" ? {} : { name }),
        ...(typeof row.email === "string" ? { email: row.email } : {}),
      },
      ...tokensOf(cluster, id, state, row.tokens, now, soon),
    ];
  });
  const groups = (parts.groups ?? []).map(
    (row): Principal => ({
      cluster,
      kind: "group",
      id: String(row.groupid),
      groups: [],
      members: listOf(row.users).length,
      ...textsOf(row),
    }),
  );
  return [...accounts, ...groups];
}

/** A token is no better off than its user. */
function tokensOf(
  cluster: string,
  user: string,
  userState: PrincipalState,
  tokens: unknown,
  now: number,
  soon: number,
): Principal[] {
  const usable = userState === "ok" || userState === "expiring" || userState === "locked";
  return (Array.isArray(tokens) ? (tokens as Row[]) : []).map((row) => ({
    cluster,
    kind: "token",
    id: `${user}!${row.tokenid}`,
    user,
    state: usable ? stateOf(row, now, soon, false) : userState,
    ...expiresOf(row),
    groups: [],
    privsep: row.privsep === undefined || isOn(row.privsep),
    ...textsOf(row),
  }));
}

function stateOf(row: Row, now: number, soon: number, locked: boolean): PrincipalState {
  if (row.enable !== undefined && row.enable !== null && !isOn(row.enable)) return "disabled";
  const { expires } = expiresOf(row);
  if (expires !== undefined && expires <= now) return "expired";
  if (locked) return "locked";
  return expires !== undefined && expires <= now + soon * DAY ? "expiring" : "ok";
}

/** 0 is never. */
function expiresOf(row: Row): { expires?: number } {
  const expires = Number(row.expire ?? 0);
  return expires > 0 ? { expires } : {};
}

function textsOf(row: Row): { comment?: string } {
  return typeof row.comment === "string" && row.comment !== "" ? { comment: row.comment } : {};
}

function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === "string" ? value.split(/[,; ]+/).filter((part) => part !== "") : [];
}

/** Kinds of the factors that are switched on; what a realm demands of all its users comes along. */
function secondFactors(own: Row | undefined, realm: Row | undefined): string {
  const entries = Array.isArray(own?.entries) ? (own.entries as Row[]) : [];
  const kinds = entries.filter(({ enable }) => enable === undefined || isOn(enable)).map(({ type }) => String(type));
  const demanded = /(?:^|type=)(\w+)/.exec(String(realm?.tfa ?? ""))?.[1];
  const all = [...new Set(kinds), ...(demanded === undefined ? [] : [`${demanded} (realm)`])];
  return all.length === 0 ? "none" : all.join(", ");
}
