import { spawnSync } from "node:child_process";
import { BIN } from "../support/session.ts";
import { type Client, DOOMED, stateOf } from "./client.ts";
import type { Action, Model } from "./models/model.ts";
import type { Place } from "./place.ts";
import { withSession } from "./session.ts";
import type { Wire } from "./wire.ts";

/** Names of all virtual machines of the lab. */
const NAMES = ["web01", "legacy-app", "build01"];

export interface Seen {
  wire: Wire;
  model: Model;
  /** What is not as it should be, one line each. */
  faults: string[];
  /** What the client gave its model for the list of guests, and for the last call. */
  list: string;
  last: string;
  /** Hosts outside of this machine that the client asked for. */
  outside: readonly string[];
}

/**
 * One run of a client, whose model lists guests, destroys one without consent, asks for the plan, and destroys it with
 * the plan's number and the name as if somebody had typed it; where that is refused, once more when the operator has
 * let the plan pass.
 */
export function playScenario(client: Client, command: readonly string[], confirm: "plan" | "human"): Promise<Seen> {
  const { search } = client;
  const destroy = (args: Record<string, unknown>): Action => ({
    call: "proxmox_vm_destroy",
    args: { vmid: DOOMED.vmid, ...args },
  });
  /** A name that the model typed itself is enough. */
  const trusting = !client.canAsk && confirm === "plan";
  let planId = "";
  const typed = (): Action => destroy({ planId, confirm: DOOMED.name });
  const steps: ((place: Place, result: string) => Action)[] = [
    ...(search === undefined ? [] : [() => ({ search })]),
    () => ({ call: "proxmox_vm_list", args: {} }),
    () => destroy({}),
    () => destroy({ dryRun: true }),
    (_, dry) => {
      planId = planIn(dry);
      return typed();
    },
    ...(trusting
      ? []
      : [
          (place: Place) => {
            approve(planId, place);
            return typed();
          },
        ]),
  ];
  /** How many requests had changed something when each step was asked for. */
  const written: number[] = [];
  const env = { PROXMOX_MCP_CONFIRM: confirm };
  return withSession(
    client,
    command,
    {
      env,
      script:
        (lab, place) =>
        ({ results }) => {
          written[results.length] = lab.requests.filter(({ method }) => method !== "GET").length;
          return steps[results.length]?.(place, results.at(-1) ?? "") ?? { say: "done" };
        },
    },
    async ({ at, lab, place, model, wire: readWire }) => {
      const faults: string[] = [];
      if (confirm === "plan") faults.push(...(await listFaults(client, at)));
      const { status, errors, out } = await client.ask(at);
      if (status !== 0) faults.push(`it ended with ${status}: ${errors.slice(-500)}`);
      if (!out.includes("done")) faults.push(`it did not come to the model's last word: ${out.slice(-500)}`);
      const wire = await readWire();
      faults.push(...shownFaults(client, wire, model));

      const results = (model.turns.at(-1)?.results ?? []).slice(search === undefined ? 0 : 1);
      const [list = "", refused = "", dry = "", last = "", approved = last] = results;
      for (const name of NAMES) if (!list.includes(name)) faults.push(`the list of guests is without ${name}: ${list}`);
      if (!refused.includes(client.refusal)) faults.push(`a destructive call without consent gave: ${refused}`);
      if (!planIn(dry)) faults.push(`the dry run gave no plan: ${dry}`);
      const refusal = client.canAsk ? client.refusal : "plan-refused";
      if (!trusting && !last.includes(refusal)) faults.push(`the model's own consent gave: ${last}`);
      // The last step is the first one that somebody has consented to.
      if (written[steps.length - 1] !== 0) faults.push("something was written before there was consent");
      if (lab.state.guests.has(DOOMED.vmid)) faults.push(`with consent, the guest is still there: ${approved}`);
      return { wire, model, faults, list, last, outside: [...new Set(place.outside)] };
    },
  );
}

/** Lets a plan pass, as the operator does. */
function approve(planId: string, place: Place): void {
  spawnSync(process.execPath, [BIN, "admin", "approve", planId], {
    env: { PATH: process.env.PATH, XDG_STATE_HOME: stateOf(place) },
  });
}

/** The client's own list of servers has to have ours. */
async function listFaults(client: Client, at: Parameters<Client["list"]>[0]): Promise<string[]> {
  const { outcome, proof } = await client.list(at);
  return proof.test(outcome.out + outcome.errors) ? [] : [`its list of servers is without ours: ${outcome.out}`];
}

/** Whether the model was shown tools and instructions in the way of the client. */
function shownFaults({ shows, dialect }: Client, { tools, instructions }: Wire, { turns }: Model): string[] {
  const faults: string[] = [];
  if (tools.length < 60) faults.push(`the server listed ${tools.length} tools`);
  const first = turns.find((turn) => turn.tools.length > 0);
  const declared = new Set(first?.tools.map(({ name }) => name));
  const isShown = (name: string): boolean =>
    shows === "schemas" ? declared.has(dialect.nameOf(name)) : (first?.text.includes(dialect.nameOf(name)) ?? false);
  const missing = shows === "search" ? [] : tools.filter((name) => !isShown(name));
  if (missing.length > 0) faults.push(`the model is not shown ${missing.join(", ")}`);
  const told = JSON.stringify(instructions).slice(1, -1);
  if (!turns.some(({ text }) => text.includes(told))) faults.push("the model is not told the instructions whole");
  if (shows === "schemas") return faults;
  const found = turns.find(({ results }) => results.length === 1)?.results[0] ?? "";
  for (const name of ["proxmox_vm_list", "proxmox_vm_destroy"]) {
    if (!found.includes(name)) faults.push(`its search does not find ${name}: ${found.slice(0, 300)}`);
  }
  return faults;
}

/** The number of the plan in a result, which may be JSON in JSON. */
function planIn(result: string): string {
  return /planId\\*":\\*"([\w.-]+)/.exec(result)?.[1] ?? "";
}
