import * as z from "zod";
import { postNodesQemuConfig } from "../../../generated/clients/nodes-qemu.ts";
import type { PostNodesQemuConfigParams } from "../../../generated/types/nodes-qemu.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { RequestError } from "../../pve/errors.ts";
import { Slots } from "../../pve/slots.ts";
import { type Change, change, changeOutput } from "../change.ts";
import type { ToolContext } from "../context.ts";
import type { ToolAnswer } from "../contract.ts";
import { writeWithDigest } from "../digest-loop.ts";
import { atGuest, type FoundGuest } from "../guests/resolve.ts";
import { diffOutput } from "../plan.ts";
import type { ConfigEdit, CurrentConfig } from "./config-edit.ts";
import { setBySsh } from "./set-by-ssh.ts";
import { differences, type OptionChange, readConfig, readPending } from "./config-state.ts";

/** What every tool answers with that changes a VM's configuration. */
export const configOutput = z.object({
  cluster: z.string(),
  vmid: z.int(),
  name: z.string().optional(),
  node: z.string(),
  changed: diffOutput.optional().describe("What became different, as read afterwards"),
  pending: diffOutput
    .optional()
    .describe("Waits until the VM is stopped and started, or rebooted by proxmox_vm_action"),
  ...changeOutput,
});

type ConfigAnswer = z.input<typeof configOutput>;

interface State {
  at: { node: string; vmid: number };
  current: CurrentConfig;
  digest?: string;
  edit: ConfigEdit;
}

interface Written extends Pick<Change, "data"> {
  failed?: { code: string; message: string; next?: string };
  state: State;
  found?: { changed: ConfigAnswer["changed"]; pending: OptionChange[] };
}

interface ChangeInput {
  dryRun: boolean;
  waitSeconds: number;
}

/** One change of a VM's configuration at a time, from the reading to the end of the task. */
const turns = new Map<string, Slots>();

/**
 * Changes a VM's configuration as `edit` says, which is asked anew whenever the configuration was read anew. The answer
 * tells what became different and what waits for the next start, as read afterwards; so does a failure, as part of a
 * change may have been kept (pve-facts 18, 20).
 */
export async function changeConfig(
  context: ToolContext,
  found: FoundGuest,
  edit: (current: CurrentConfig, at: { node: string; vmid: number }) => ConfigEdit | Promise<ConfigEdit>,
  input: ChangeInput,
): Promise<ToolAnswer<ConfigAnswer>> {
  const { cluster: one, guest } = found;
  const key = `${one.name} ${guest.vmid}`;
  const slots = turns.get(key) ?? new Slots(1);
  turns.set(key, slots);
  const leave = await slots.acquire(context.signal);
  try {
    const written = await writeWithDigest<State, Written>({
      what: `VM ${guest.vmid}`,
      read: () =>
        atGuest(context, found, async (at) => {
          const read = await readConfig(one.send, at);
          return { at, ...read, edit: await edit(read.current, at) };
        }),
      touched: ({ current, edit: { touched } }) => Object.fromEntries(touched.map((name) => [name, current[name]])),
      write: (state) => write(context, found, state, input),
      stale: ({ data, failed }) => failed !== undefined && STALE.test(data.job?.exitstatus ?? failed.message),
      once: one.caller.grant !== undefined,
    });
    const { state, data, failed, found: outcome } = written;
    return {
      data: {
        cluster: one.name,
        vmid: guest.vmid,
        ...(guest.name === undefined ? {} : { name: guest.name }),
        node: state.at.node,
        ...(outcome ? { changed: outcome.changed, pending: outcome.pending } : {}),
        ...data,
      },
      ...(failed ? { failed } : {}),
    };
  } finally {
    leave();
  }
}

/** How a worker ends that compares the digest itself, as it does from 9.2 on. */
const STALE = /checksum mismatch|detected modified configuration/;

async function write(
  context: ToolContext,
  { cluster: one }: FoundGuest,
  state: State,
  input: ChangeInput,
): Promise<Written> {
  const { at, edit, digest } = state;
  if (Object.keys(edit.params).length === 0) {
    const warnings = [...edit.warnings, "Nothing had to be changed."];
    return { state, data: { warnings }, ...(input.dryRun ? {} : { found: { changed: [], pending: [] } }) };
  }
  const params: PostNodesQemuConfigParams = { ...at, ...edit.params, ...(digest === undefined ? {} : { digest }) };
  const notes = { diff: edit.diff, warnings: edit.warnings };
  let result: Change;
  try {
    result = edit.asRoot
      ? await setBySsh(context, one, at, state, input)
      : await change(context, one, (send) => postNodesQemuConfig(send, params), input, notes);
  } catch (error) {
    return { state, ...(await partOf(one.send, state, error)) };
  }
  const { data, failed, done } = result;
  if (input.dryRun) return { state, data };
  if (!failed && !done) {
    const open = "The task still runs: once job_wait says how it ended, proxmox_vm_get shows what is pending.";
    return { state, data: { ...data, warnings: [...(data.warnings ?? []), open] } };
  }
  const outcome = await outcomeOf(one.send, state);
  if (failed) return { state, data, failed: withParts(failed, outcome), ...(outcome ? { found: outcome } : {}) };
  return {
    state,
    data: { ...data, ...warningsOf(data.warnings ?? [], state, outcome) },
    ...(outcome ? { found: outcome } : {}),
  };
}

type Outcome = NonNullable<Written["found"]>;

/** What the configuration has become; nothing when it cannot be read. */
async function outcomeOf(
  send: FoundGuest["cluster"]["send"],
  { at, current, edit }: State,
): Promise<Outcome | undefined> {
  try {
    const { next, pending } = await readPending(send, at);
    const changed = differences(current, next, edit.touched);
    const keys = new Set([...edit.touched, ...changed.map(({ key }) => key)]);
    return { changed, pending: pending.filter(({ key }) => keys.has(key)) };
  } catch (error) {
    if (error instanceof ProxmoxMcpError) return undefined;
    throw error;
  }
}

/** A refusal after which part of the change is there all the same; the refusal itself when nothing is (pve-facts 20). */
async function partOf(
  send: FoundGuest["cluster"]["send"],
  state: State,
  error: unknown,
): Promise<Omit<Written, "state">> {
  const answered = error instanceof RequestError && (error.status !== undefined || error.code === "outcome-unknown");
  if (!answered || error.code === "digest-mismatch") throw error;
  const outcome = await outcomeOf(send, state);
  if (!outcome || outcome.changed?.length === 0) throw error;
  const { code, message, next } = error;
  return { data: {}, failed: withParts({ code, message, ...(next ? { next } : {}) }, outcome), found: outcome };
}

/** A root token is not root (pve-facts 37). */
const NEEDS_ROOT = /only root(?:@pam)? can /;
const ROOT_ONLY =
  "No API token is root@pam. A host device can be given by a resource mapping instead: proxmox_pci_mapping_list, proxmox_vm_pci_attach.";

function withParts(
  failed: NonNullable<Written["failed"]>,
  outcome: Outcome | undefined,
): NonNullable<Written["failed"]> {
  if (!outcome) return { ...failed, next: `${failed.next ?? ""} What became of the change could not be read.`.trim() };
  const kept = outcome.changed?.map(({ key }) => key) ?? [];
  const what =
    kept.length === 0
      ? "Nothing of the change was kept."
      : `Kept all the same: ${kept.join(", ")} (data.changed; what waits for the next start is in data.pending).`;
  const next = NEEDS_ROOT.test(failed.message) ? ROOT_ONLY : failed.next;
  return { ...failed, message: failed.message.replace(/[^.]$/, "$&."), next: `${what} ${next ?? ""}`.trim() };
}

/** Masked when it is read, and put in order when it is written: no difference to be seen means nothing. */
const REWRITTEN: ReadonlySet<string> = new Set(["cipassword", "tags"]);

/** An option that should have changed and did not was written by somebody else too, or is one that Proxmox keeps. */
function warningsOf(given: readonly string[], { edit }: State, outcome: Outcome | undefined): { warnings?: string[] } {
  const warnings = [...given];
  if (!outcome) warnings.push("The task ended well, but what became of the configuration could not be read.");
  const changed = new Set(outcome?.changed?.map(({ key }) => key));
  const missed = outcome ? edit.diff.filter(({ key }) => !REWRITTEN.has(key) && !changed.has(key)) : [];
  if (missed.length > 0) {
    const keys = missed.map(({ key }) => key).join(", ");
    warnings.push(`The task ended well, but ${keys} is as before: look again before acting.`);
  }
  return warnings.length === 0 ? {} : { warnings };
}
