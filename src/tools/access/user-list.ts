import * as z from "zod";
import { getAccessDomains } from "../../../generated/clients/access-domains.ts";
import { getAccessGroups } from "../../../generated/clients/access-groups.ts";
import { getAccessTfa } from "../../../generated/clients/access-tfa.ts";
import { getAccessUsers } from "../../../generated/clients/access-users.ts";
import { cluster, type Incomplete } from "../arguments.ts";
import { type Columns, columnar, globMatches, listArguments, listOutput } from "../columnar.ts";
import type { ToolCluster } from "../context.ts";
import { defineTool } from "../contract.ts";
import { askClusters, clusterColumn, takeParts } from "../gather.ts";
import { PRINCIPAL_KINDS, PRINCIPAL_STATES, type Principal, principalsOf } from "./principal.ts";

const column = (name: keyof Principal, extra?: true) => ({
  value: (row: Principal) => row[name] as string | number | boolean | undefined,
  ...(extra ? { extra } : {}),
});

const COLUMNS = {
  cluster: column("cluster", true),
  kind: column("kind"),
  id: column("id"),
  state: column("state"),
  expires: { value: (row: Principal) => (row.expires === undefined ? undefined : isoOf(row.expires)) },
  groups: { value: (row: Principal) => (row.groups.length === 0 ? undefined : row.groups.join(",")) },
  members: column("members"),
  tfa: column("tfa"),
  privsep: column("privsep"),
  comment: column("comment"),
  name: column("name", true),
  email: column("email", true),
} satisfies Columns<Principal>;

/** Accounts that are called out one by one. */
const ATTENTION = 20;

/** The account that every cluster has, so that a list without it is not the whole. */
const ROOT = "root@pam";

const input = z.strictObject({
  cluster,
  kind: z.enum(PRINCIPAL_KINDS).optional(),
  id: z.string().optional().describe("Glob"),
  group: z.string().optional(),
  state: z.enum(PRINCIPAL_STATES).optional(),
  expiringDays: z.int().default(30),
  ...listArguments(COLUMNS),
});

export default defineTool({
  name: "proxmox_user_list",
  title: "List users, tokens, groups",
  description:
    "List users, their API tokens (never the secrets), groups, expiry and second factors (TFA); calls out accounts that expire or are locked.",
  toolset: "access",
  class: "read",
  idempotent: true,
  input,
  output: z.object({ ...listOutput, attention: z.array(z.string()).optional() }),
  async run(context, input) {
    const { answers, missing } = await askClusters(context, input.cluster, (one) => look(one, input.expiringDays));
    const gaps = [
      ...missing,
      ...answers.flatMap(({ cluster: { name }, answer }) => answer.missing.map((gap) => ({ cluster: name, ...gap }))),
    ];
    const rows = answers.flatMap(({ answer }) => answer.principals).filter((row) => fits(row, input));
    const attention = answers.flatMap(({ cluster: one, answer }) => calledOut(one, answer.principals));
    const around = attention.length > 0 ? { attention: shorten(attention) } : {};
    return {
      data: {
        ...columnar(
          COLUMNS,
          rows,
          // A user's tokens follow it, groups come last.
          (row) => [row.cluster, row.kind === "group" ? 1 : 0, row.user ?? row.id, row.id],
          input,
          gaps,
          clusterColumn(context, input.cluster),
          JSON.stringify(around).length,
        ),
        ...around,
      },
    };
  },
});

async function look(
  one: ToolCluster,
  soonDays: number,
): Promise<{ principals: Principal[]; missing: NonNullable<Incomplete> }> {
  const missing: NonNullable<Incomplete> = [];
  const users = getAccessUsers(one.send, { full: true });
  const parts = await takeParts(
    {
      users,
      groups: getAccessGroups(one.send),
      tfa: getAccessTfa(one.send),
      realms: getAccessDomains(one.send),
    },
    missing,
  );
  // Without the users there is no list.
  const { data } = await users;
  if (!(data ?? []).some(({ userid }) => userid === ROOT)) {
    missing.push({
      part: "users",
      reason: "only those that this token may see: it lacks Sys.Audit or User.Modify on /access/groups",
    });
  }
  const now = (Date.now() + (one.cluster.clockSkewMs() ?? 0)) / 1000;
  const principals = principalsOf(
    one.name,
    { users: data ?? [], groups: listed(parts.groups), tfa: listed(parts.tfa), realms: listed(parts.realms) },
    now,
    soonDays,
  );
  return { principals, missing };
}

/** The rows of a part that was had; a list without entries comes as null at times (pve-facts 29). */
function listed<T>(part: { data: T[] | null } | undefined): T[] | undefined {
  return part && (part.data ?? []);
}

function fits(row: Principal, wanted: z.output<typeof input>): boolean {
  return (
    (wanted.kind === undefined || row.kind === wanted.kind) &&
    (wanted.state === undefined || row.state === wanted.state) &&
    (wanted.id === undefined || globMatches(wanted.id, row.id)) &&
    (wanted.group === undefined ||
      row.groups.includes(wanted.group) ||
      (row.kind === "group" && row.id === wanted.group))
  );
}

/** What a person should look at; tokens that go down with their user are no news beside it. */
function calledOut(one: ToolCluster, principals: readonly Principal[]): string[] {
  const users = new Map(principals.map((row) => [row.id, row.state]));
  const own = one.cluster.config.tokenUser;
  return principals.flatMap((row) => {
    const when = row.expires === undefined ? "" : isoOf(row.expires);
    const who = row.id === own || own?.startsWith(`${row.id}!`) ? `${row.id} (this server's own)` : row.id;
    if (row.kind === "token" && row.state === users.get(row.user!) && row.state !== "expiring") return [];
    if (row.state === "expired") return [`${who} expired at ${when}.`];
    if (row.state === "expiring") return [`${who} expires at ${when}.`];
    if (row.state === "locked") return [`${who} is locked out after failed second factors.`];
    if (row.state === "orphaned") return [`${who} cannot log in: its realm does not exist.`];
    return [];
  });
}

function shorten(attention: string[]): string[] {
  if (attention.length <= ATTENTION) return attention;
  return [...attention.slice(0, ATTENTION), `${attention.length - ATTENTION} more: filter by state.`];
}

/** Seconds that a date can hold. */
const LAST = 8_640_000_000_000;

function isoOf(seconds: number): string {
  if (!(seconds <= LAST)) return "never";
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
