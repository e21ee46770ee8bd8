import * as z from "zod";
import { maskSecrets } from "../../access/index.ts";
import { ConsoleConnectionLostError } from "../../console/errors.ts";
import { type ExecResult, type HostCall, HostConnectionLostError } from "../../ssh/index.ts";
import { inputNotes } from "../agent/input-notes.ts";
import { fitAnswer } from "../api/fit-answer.ts";
import { cluster, dryRun, node } from "../arguments.ts";
import { changeOutput } from "../change.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool, type ToolAnswer } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { resolveNode } from "../inventory/resolve-node.ts";
import { type JobEnd, jobOutput, watchJob } from "../job-answer.ts";
import {
  argvOf,
  FAMILIES,
  guestNumbers,
  hiddenFailure,
  readOutput,
  terminalCommand,
  withoutNoise,
} from "./cli-outcome.ts";
import { endFailure, endingOf, fingerprint, MOST_OUTPUT, showStreams } from "./host-output.ts";
import { changeOnHosts } from "./on-host.ts";
import { wayTo } from "./way.ts";

const input = z.strictObject({
  cluster,
  node: node.optional().describe("Default: the guest's"),
  family: z.enum(FAMILIES),
  args: z.array(z.string()).describe("One argument each, e.g. [get,/version]"),
  stdin: z.string().optional(),
  timeoutSeconds: z
    .int()
    .min(1)
    .max(3600)
    .default(60)
    .meta({ listed: { type: "integer" } }),
  dryRun,
});

const output = z.object({
  cluster: z.string(),
  node: z.string(),
  argv: z.array(z.string()).describe("As it was run"),
  way: z.enum(["ssh", "console"]),
  exitcode: z.int().optional(),
  signal: z.int().optional(),
  data: z.unknown().optional().describe("The JSON that it wrote, in place of stdout"),
  log: z.array(z.string()).optional().describe("What its worker wrote"),
  stdout: z.string().optional(),
  stderr: z.string().optional(),
  stdoutBase64: z.string().optional(),
  stderrBase64: z.string().optional(),
  truncated: z.array(z.string()).optional(),
  job: jobOutput.optional().describe("The task that it started"),
  plan: changeOutput.plan,
});

type Output = z.input<typeof output>;
type Head = Pick<Output, "cluster" | "node" | "argv" | "way">;

/** Lines of a worker's log that an answer holds. */
const LOG_TAIL = 40;
/** A worker runs in the foreground, so that its task has ended when the command has. */
const TASK_WAIT_SECONDS = 30;

export default defineTool({
  name: "proxmox_cli_run",
  title: "Run a Proxmox command line",
  description:
    "Run a Proxmox VE command (pvesh, qm, pct, …) on a node by SSH or console, without a shell. JSON is parsed, and a failed task behind exit code 0 is a failure.",
  toolset: "hosts",
  class: "escape",
  idempotent: false,
  input,
  output,
  async run(context, given): Promise<ToolAnswer<Output>> {
    const { family, args, stdin, timeoutSeconds } = given;
    const terminal = terminalCommand(family, args);
    if (terminal !== undefined) {
      throw new ArgumentError(
        "args",
        `${family} ${terminal} needs a terminal, which there is none of here`,
        "Use proxmox_console_ticket, or proxmox_shell_run for a command inside; nothing was sent.",
      );
    }
    if (args.some((word) => word.includes("\0"))) {
      throw new ArgumentError("args", "hold a NUL character, which no command can", "Leave it out; nothing was sent.");
    }
    const at = await placeOf(context, given);
    const { way, exec } = await wayTo(at.cluster, "node", at.node, at.node);
    const argv = argvOf(family, args);
    const head: Head = { cluster: at.cluster.name, node: at.node, argv: [family, ...argv], way };
    const operation = "RUN /nodes/{node}/cli/{family}" as const;
    const params = { node: at.node, family, argv, ...(stdin === undefined ? {} : { stdinSha256: fingerprint(stdin) }) };
    try {
      const act = (call: HostCall) =>
        exec(at.cluster.caller, {
          ...call,
          command: [family, ...argv],
          ...(stdin === undefined ? {} : { stdin }),
          timeoutMs: timeoutSeconds * 1000,
          maxBytes: MOST_OUTPUT,
        });
      const calls = [{ operation, params }];
      const { plan, results } = await changeOnHosts(context, at.cluster, calls, given, act, inputNotes(stdin));
      if (plan) return { data: { ...head, plan } };
      return await answerOf(context, at.cluster, head, given, results[0]!);
    } catch (error) {
      if (!(error instanceof HostConnectionLostError || error instanceof ConsoleConnectionLostError)) throw error;
      const { code, message, next } = error;
      return { data: head, failed: { code, message, ...(next === undefined ? {} : { next }) } };
    } finally {
      at.cluster.cluster.resources.invalidate();
    }
  },
});

type Given = z.output<typeof input>;

/** The node to run on: `qm`, `pct` and `vzdump` know the guests of their own node only (pve-facts 115). */
async function placeOf(context: ToolContext, { cluster: on, node: wanted, family, args }: Given) {
  const one = context.cluster(on);
  const numbers = guestNumbers(family, args);
  const { guests } = await one.cluster.resources.get(one.caller, {
    signal: context.signal,
    ...(numbers.length > 0 ? { maxAgeMs: 0 } : {}),
  });
  const guest = numbers.map((vmid) => guests.get(vmid)).find((found) => found !== undefined);
  if (wanted !== undefined && guest !== undefined && guest.node !== wanted) {
    throw new ArgumentError(
      "node",
      `is ${wanted}, and guest ${guest.vmid} is on ${guest.node}: ${family} knows the guests of its own node only`,
      `Leave node out, or set it to ${guest.node}; nothing was sent.`,
    );
  }
  const place = wanted ?? guest?.node;
  return resolveNode(context, { cluster: one.name, ...(place === undefined ? {} : { node: place }) });
}

/** What a command wrote and how it really ended. */
async function answerOf(
  context: ToolContext,
  one: ToolCluster,
  head: Head,
  { family, timeoutSeconds }: Given,
  result: ExecResult,
): Promise<ToolAnswer<Output>> {
  const argv = head.argv.slice(1);
  const reading = result.truncated.stdout ? { upids: [] } : readOutput(family, argv, result.stdout);
  const { data: json, log = [], upids } = reading;
  const hasJson = json !== undefined;
  const quiet = { ...result, stderr: withoutNoise(result.stderr) };
  const shown = await showStreams(
    context,
    one.name,
    hasJson ? { ...quiet, stdout: "", stdoutBytes: new Uint8Array() } : quiet,
  );
  const streams: Partial<typeof shown.streams> = { ...shown.streams };
  if (hasJson) delete streams.stdout;
  let { artifact } = shown;
  const truncated = [...(streams.truncated ?? [])];
  const fitted = hasJson ? fitAnswer(json, { offset: 0 }) : undefined;
  if (fitted?.shown) {
    const { count, of, unit } = fitted.shown;
    truncated.push(`data: the first ${count} of ${of} ${unit}`);
    artifact ??= await keep(context, one.name, maskSecrets(JSON.stringify(json)), "data.json", "application/json");
  }
  if (log.length > LOG_TAIL) {
    truncated.push(`log: the last ${LOG_TAIL} of ${log.length} lines`);
    artifact ??= await keep(context, one.name, maskSecrets(log.join("\n")), "log.txt", "text/plain");
  }
  const { job, failed: taskFailed }: Partial<JobEnd> = upids.length > 0 ? await judgeTasks(context, one, upids) : {};
  const failed =
    endFailure(result, timeoutSeconds) ??
    taskFailed ??
    hiddenFailure(family, argv, { stdout: result.stdout, stderr: result.stderr, data: json });
  return {
    data: {
      ...head,
      ...endingOf(result),
      ...(fitted ? { data: fitted.data } : {}),
      ...(log.length > 0 ? { log: log.slice(-LOG_TAIL).map((line) => line.slice(0, 300)) } : {}),
      ...streams,
      ...(truncated.length > 0 ? { truncated } : {}),
      ...(job ? { job } : {}),
    },
    ...(failed ? { failed } : {}),
    ...(artifact ? { artifact } : {}),
  };
}

/** The task that a command started: the first that did not end well, else the last. */
async function judgeTasks(context: ToolContext, one: ToolCluster, upids: readonly string[]): Promise<Partial<JobEnd>> {
  let end: JobEnd | undefined;
  for (const upid of upids) {
    end = await watchJob(context, one, upid, TASK_WAIT_SECONDS);
    if (end.failed) break;
  }
  return end ?? {};
}

function keep(context: ToolContext, on: string, data: string, name: string, mimeType: string) {
  return context.artifacts.put({ name, mimeType, data, cluster: on }).catch(() => undefined);
}
