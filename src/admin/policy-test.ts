import { classOfCall, exceeds, loadPolicy, placeOf, stricter } from "../access/index.ts";
import { type AccessClass, CLI_OPERATION, type OperationId, type Params } from "../schema/operation.ts";
import type { Report } from "./report.ts";

/** A call to be judged, as the operator describes it. */
export interface PolicyQuestion {
  operation?: string;
  params?: string;
  /** Family of a command on a host, in the place of an operation, and its arguments. */
  cli?: string;
  argv?: string[];
  tool?: string;
  cluster?: string;
  node?: string;
  vmid?: number;
  tag?: string[];
  pool?: string;
  storage?: string;
  principal?: string;
}

/** Says what the policy file makes of a call, and why. Answers with the exit code: 1 when it is refused. */
export async function testPolicy(
  question: PolicyQuestion,
  settings: { policyFile: string | undefined; ceiling: AccessClass },
  report: Report,
): Promise<number> {
  const { operation, params } = callOf(question);
  const needed = await classOfCall(operation, params);
  const policy = await loadPolicy(settings.policyFile);
  const { params: _, cli: _family, argv: _argv, tag, ...facts } = question;
  const { vmids, ...place } = placeOf(operation, params);
  const judge = (guest: { vmid?: number }) =>
    policy.decide({
      tool: question.cli === undefined ? "proxmox_api_call" : "proxmox_cli_run",
      cluster: "default",
      principal: "local",
      ...place,
      ...guest,
      ...facts,
      operation,
      class: needed,
      ...(tag === undefined ? {} : { tags: tag }),
    });
  // As the gate does: the strictest verdict on any guest that is named.
  const verdict = (vmids.length === 0 ? [{}] : vmids.map((vmid) => ({ vmid }))).map(judge).reduce(stricter);
  const isBeyond = exceeds(needed, settings.ceiling);
  const effect = isBeyond ? "deny" : verdict.effect;
  const because = isBeyond ? `the ceiling is ${settings.ceiling}: PROXMOX_MCP_ACCESS` : verdict.because;
  report.line(`class:   ${needed}`);
  report.line(`verdict: ${effect} (${because})`);
  report.object({ ok: effect !== "deny", class: needed, effect, because });
  return effect === "deny" ? 1 : 0;
}

/** The call that is meant: an operation of the API, or a command on a host. */
function callOf({ operation, params, cli, argv, node }: PolicyQuestion): { operation: OperationId; params: Params } {
  if ((operation === undefined) === (cli === undefined)) throw new Error("give either --operation or --cli");
  if (cli !== undefined) return { operation: CLI_OPERATION, params: { node, family: cli, argv: argv ?? [] } };
  return { operation: operation as OperationId, params: params === undefined ? {} : (JSON.parse(params) as Params) };
}
