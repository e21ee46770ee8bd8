import * as z from "zod";
import { typedUsages } from "../../doctor/rights/usages.ts";
import { loginCheck } from "../../provision/checks.ts";
import { type Enrolment, prepareEnrolment } from "../../provision/enroll.ts";
import { grantsFor } from "../../provision/grants.ts";
import { ACCESS_OPERATION, type RootHost } from "../../provision/host-steps.ts";
import { namesOf } from "../../provision/names.ts";
import { apiLine, type PveWay } from "../../provision/pve-way.ts";
import { carryOut } from "../../provision/steps.ts";
import type { OperationId } from "../../schema/operation.ts";
import { NoHostIdentityError } from "../../ssh/index.ts";
import { cluster, dryRun, node } from "../arguments.ts";
import { changeOutput } from "../change.ts";
import type { ToolCluster } from "../context.ts";
import { defineTool, type ToolAnswer } from "../contract.ts";
import { resolveNode } from "../inventory/resolve-node.ts";

const input = z.strictObject({
  cluster,
  node: node.optional(),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,30}$/, "takes 2 to 31 lower-case letters, digits and hyphens")
    .optional()
    .meta({ listed: { type: "string" } }),
  access: z.enum(["read", "mutate", "destructive"]).default("read"),
  expireDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .meta({ listed: { type: "integer" } }),
  dryRun,
});

const output = z.object({
  cluster: z.string(),
  node: z.string(),
  token: z.string(),
  expires: z.string().optional(),
  grants: z.record(z.string(), z.string()).describe("Privileges by ACL path"),
  sshUser: z.string(),
  fingerprint: z.string().optional().describe("Of the new SSH key"),
  stored: z.array(z.string()).describe("Names in the secret store"),
  place: z.string(),
  plan: changeOutput.plan,
});

type Output = z.input<typeof output>;

/** What is sent, and what takes it back when a later step fails. */
const READS: readonly OperationId[] = ["GET /access/users", "GET /access/roles", "GET /access/acl"];
const MAKES: readonly OperationId[] = [
  "POST /access/roles",
  "POST /access/users",
  "POST /access/users/{userid}/token/{tokenid}",
  "PUT /access/acl",
];
const CHECKS: readonly OperationId[] = ["GET /version", "GET /access/permissions"];
const TAKES_BACK: readonly OperationId[] = [
  "DELETE /access/users/{userid}/token/{tokenid}",
  "DELETE /access/users/{userid}",
  "DELETE /access/roles/{roleid}",
];
const SENDS = new Set<OperationId>([...READS, ...MAKES, ...CHECKS, ...TAKES_BACK]);

/** Requests of the API, and none but those that the plan may hold. */
function wayOf({ send }: ToolCluster): PveWay {
  return {
    send: (operation, params, options) => {
      if (!SENDS.has(operation)) throw new Error(`${operation} is no part of this`);
      return send(operation, params, options);
    },
    line: apiLine,
  };
}

export default defineTool({
  name: "proxmox_bootstrap_node_access",
  title: "Make access to a node",
  description:
    "Create a least-privilege API token, and an SSH user with a key on a node; the secrets go to the secret store only.",
  toolset: "access",
  class: "escape",
  idempotent: false,
  input,
  output,
  async run(context, given): Promise<ToolAnswer<Output>> {
    const { cluster: one, node: at } = await resolveNode(context, given);
    const { hosts, ownWays } = one;
    // Who may not use it is told that by the credentials.
    if (!hosts && ownWays) throw new NoHostIdentityError(at);
    const { store, expectedHostKeys, connect, login, keep } = await one.credentials();
    if (!hosts) throw new NoHostIdentityError(at);
    const names = namesOf(given.name ?? `mcp-${at.toLowerCase().replace(/[^a-z0-9-]/g, "-")}`.slice(0, 31));
    const { expireDays: days } = given;
    const expire =
      days === undefined ? undefined : await context.pin("expire", () => Math.floor(Date.now() / 1000) + days * 86_400);
    const pins = await expectedHostKeys(at);
    const enrolment = (host?: RootHost): Enrolment => ({
      names,
      store,
      keep,
      token: {
        way: wayOf(one),
        secret: { cluster: one.name, kind: "token", node: at },
        grants: (known) => grantsFor({ usages: typedUsages(), ceiling: given.access, known }),
        expire,
        connect,
      },
      login: host && {
        host,
        secret: { cluster: one.name, kind: "ssh", node: at },
        reach: "cli",
        expectedHostKeys: pins,
        connect: login,
      },
    });
    const planned = await prepareEnrolment(enrolment());
    const call = {
      operation: ACCESS_OPERATION,
      params: { node: at, user: names.sshUser, key: "ed25519, made by this server" },
    };
    const calls = [call, ...planned.steps.flatMap(({ request }) => request ?? []), loginCheck(at)];
    const head = {
      cluster: one.name,
      node: at,
      token: planned.outcome.tokenName!,
      ...(expire === undefined ? {} : { expires: new Date(expire * 1000).toISOString() }),
      grants: Object.fromEntries(
        (planned.outcome.grants ?? []).map(({ path, privileges }) => [path, privileges.join(" ")]),
      ),
      sshUser: names.sshUser,
      place: store.place,
    };
    if (given.dryRun) return { data: { ...head, stored: [], plan: await one.plan(calls) } };
    await one.intend(calls);
    const outcome = await hosts.within(one.caller, { node: at, ...call, signal: context.signal }, async (session) => {
      const { steps, outcome: made } = await prepareEnrolment(enrolment({ node: at, session }));
      await carryOut(steps, { done: (what) => context.progress(what), signal: context.signal });
      return made;
    });
    return {
      data: { ...head, fingerprint: outcome.fingerprint!, stored: outcome.stored.map(({ secret }) => secret) },
    };
  },
});
