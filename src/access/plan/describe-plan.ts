import { type AccessClass, BATCH_OPERATION, type OperationId, type Params, type Send } from "../../schema/operation.ts";
import { worse } from "../access-class.ts";
import { callsWithin } from "../batch.ts";
import type { Verdict } from "../gate.ts";
import { readOnce } from "../read-once.ts";
import { consentParams, redactParams } from "../redact.ts";
import { consequencesOf } from "./consequences.ts";
import { type Identity, identify } from "./identity.ts";
import type { PlannedRequest, Plans } from "./plans.ts";
import { type PrivilegeReport, privilegesFor } from "./privileges.ts";

/** What a call would do, for the person or the model that decides. */
export interface PlanDescription {
  requests: { operation: OperationId; params: Record<string, unknown> }[];
  class: string;
  /** False when this server would refuse it whoever confirms it. */
  allowed: boolean;
  refusal?: string;
  privileges?: PrivilegeReport;
  consequences?: string[];
  /** With `confirm`, the way to carry it out. */
  planId?: string;
  /** What a person has to type. */
  confirm?: string;
  expiresAt?: string;
}

export interface PlanSources {
  principal: string;
  cluster: string;
  /** Reads only. */
  send: Send;
  judge(operation: OperationId, params: Params): Promise<Verdict>;
  plans: Plans | undefined;
  /** What the tool chose freely. */
  pins?: Readonly<Record<string, unknown>>;
}

/** Describes the requests of one call and, where they change anything, seals a plan of them. Nothing but GETs is sent. */
export async function describePlan(from: PlanSources, calls: readonly PlannedRequest[]): Promise<PlanDescription> {
  const verdicts: Verdict[] = [];
  for (const { operation, params } of calls) verdicts.push(await from.judge(operation, params));
  const refusal = verdicts.find((verdict) => verdict.refusal)?.refusal;
  const confirm = verdicts.some((verdict) => verdict.confirm);
  const told = refusal ? calls : calls.flatMap((call) => toldOf(from.cluster, call));
  const worst = verdicts.map((verdict) => verdict.class).reduce(worse);
  const head: PlanDescription = {
    requests: told.map(({ operation, params }) => ({ operation, params: shownParams(params) })),
    class: worst,
    allowed: refusal === undefined,
    ...(refusal === undefined ? {} : { refusal: refusal.message }),
  };
  if (refusal || (worst === "read" && !confirm)) return head;
  const send = readOnce(from.send);
  const [privileges, consequences, identities] = await Promise.all([
    privilegesOf(send, calls),
    CONSENTED.includes(worst) ? consequencesOfAll(send, told) : undefined,
    from.plans && identifyAll(send, calls, confirm),
  ]);
  const body: PlanDescription = {
    ...head,
    ...(privileges ? { privileges } : {}),
    ...(consequences ? { consequences } : {}),
  };
  if (!from.plans || !identities) return body;
  const { principal, cluster, pins } = from;
  const sealed = from.plans.make({ principal, cluster, calls, ...(pins ? { pins } : {}) }, identities);
  return { ...body, ...sealed, ...(confirm ? { confirm: identities[0]!.name } : {}) };
}

/** A batch is told call by call, as commands that are masked in its text are not in theirs. */
function toldOf(cluster: string, call: PlannedRequest): PlannedRequest[] {
  if (call.operation !== BATCH_OPERATION) return [call];
  return [{ ...call, params: { node: call.params.node } }, ...callsWithin(cluster, call)];
}

/** Characters of one argument of a command in a plan. */
const LONGEST_WORD = 1000;

/** The parameters as a plan shows them: a person may have nothing else to decide by, so a command is not masked. */
function shownParams(params: Params): Record<string, unknown> {
  const shown = redactParams(params);
  if (params.command === undefined) return shown;
  const cut = (word: unknown) =>
    typeof word === "string" && word.length > LONGEST_WORD
      ? `${word.slice(0, LONGEST_WORD)}… [cut: ${word.length} characters in all]`
      : word;
  const { command } = consentParams({ command: params.command });
  return { ...shown, command: Array.isArray(command) ? command.map(cut) : cut(command) };
}

/** Classes that a person decides on, and should know the consequences of. */
const CONSENTED: readonly AccessClass[] = ["destructive", "escape"];

/** What all of the requests need, told once where several need the same. */
async function privilegesOf(send: Send, calls: readonly PlannedRequest[]): Promise<PrivilegeReport | undefined> {
  try {
    const reports = await Promise.all(calls.map(({ operation, params }) => privilegesFor(send, operation, params)));
    const missing = unique(reports.flatMap((report) => report.missing ?? []));
    const held = reports.map((report) => report.held);
    return {
      needs: unique(reports.map((report) => report.needs)).join("; "),
      ...(held.includes(false) ? { held: false } : held.includes(undefined) ? {} : { held: true }),
      ...(missing.length > 0 ? { missing } : {}),
    };
  } catch {
    return undefined;
  }
}

async function consequencesOfAll(send: Send, calls: readonly PlannedRequest[]): Promise<string[]> {
  const found: string[] = [];
  for (const { operation, params } of distinctObjects(calls))
    found.push(...(await consequencesOf(send, operation, params)));
  return unique(found);
}

/** Several requests to one guest, such as the parts of a file, are told of once. */
function distinctObjects(calls: readonly PlannedRequest[]): PlannedRequest[] {
  return [...new Map(calls.map((call) => [`${call.operation} ${objectOf(call)}`, call])).values()];
}

/** Undefined when they cannot be read, and a call that nobody has to confirm can do without its plan being sealed. */
async function identifyAll(
  send: Send,
  calls: readonly PlannedRequest[],
  confirm: boolean,
): Promise<Identity[] | undefined> {
  const known = new Map<string, Promise<Identity>>();
  const all = Promise.all(
    calls.map((call) => {
      const object = objectOf(call);
      const identity = known.get(object) ?? madeBefore(calls, call) ?? identify(send, call.operation, call.params);
      known.set(object, identity);
      return identity;
    }),
  );
  return confirm ? all : all.catch(() => undefined);
}

/** A guest that an earlier request of the plan makes is not there to be read yet: it will have the name it is given. */
function madeBefore(calls: readonly PlannedRequest[], call: PlannedRequest): Promise<Identity> | undefined {
  const kind = /^\w+ \/nodes\/\{node\}\/(qemu|lxc)\/\{vmid\}/.exec(call.operation)?.[1];
  const maker = calls
    .slice(0, calls.indexOf(call))
    .find(
      ({ operation, params }) =>
        operation === `POST /nodes/{node}/${kind}` && Number(params.vmid) === Number(call.params.vmid),
    );
  if (kind === undefined || maker === undefined) return undefined;
  const { name, hostname, vmid } = maker.params;
  return Promise.resolve({ kind: "guest", name: String(name ?? hostname ?? vmid) });
}

/** Names the object whose identity a request has: the values in its path. */
function objectOf({ operation, params }: PlannedRequest): string {
  const path = operation.slice(operation.indexOf(" ") + 1);
  const guest = /^\/nodes\/\{node\}\/(qemu|lxc)\/\{vmid\}/.exec(path)?.[0];
  const snapshot = path.includes("{snapname}") ? ` ${String(params.snapname)}` : "";
  return (guest ?? path).replace(/\{([^}]+)\}/g, (_, name: string) => String(params[name])) + (guest ? snapshot : "");
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
