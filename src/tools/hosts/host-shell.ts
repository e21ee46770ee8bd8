import type { z } from "zod";
import { changeOnHosts, guestHost } from "./on-host.ts";
import type { ToolContext } from "../context.ts";
import type { ToolAnswer } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { inputNotes } from "../agent/input-notes.ts";
import type { commandOutput } from "../agent/run-in-guest.ts";
import type { HostCall } from "../../ssh/index.ts";
import { endFailure, endingOf, fingerprint, MOST_OUTPUT, showStreams } from "./host-output.ts";
import { type HostTarget, headOf, pathOf } from "./target.ts";
import { type Way, wayTo } from "./way.ts";

/** Runs a line of shell on a node, in a container, or in a guest with SSH of its own, and waits for its end. */
export async function runOnHost(
  context: ToolContext,
  target: HostTarget,
  input: {
    command: string;
    stdin?: string | undefined;
    env?: Readonly<Record<string, string>> | undefined;
    timeoutSeconds: number;
    dryRun: boolean;
  },
  as: "shell" | "terminal" = "shell",
): Promise<
  ToolAnswer<Partial<z.input<typeof commandOutput>> & { cluster: string; node: string; way: "ssh" | "console" }>
> {
  const { command: line, stdin, env = {}, timeoutSeconds } = input;
  const names = Object.keys(env);
  const wrong = names.find((name) => !/^[A-Za-z_]\w*$/.test(name));
  if (wrong !== undefined) {
    throw new ArgumentError(`env.${wrong}`, "is no name of a variable", "Use letters, digits and _; nothing was sent.");
  }
  if ([line, ...Object.values(env)].some((text) => text.includes("\0"))) {
    throw new ArgumentError(
      "command",
      "holds a NUL character, which no command can",
      "Leave it out; nothing was sent.",
    );
  }
  const { cluster: one } = target;
  const { way, exec } = await reach(context, target);
  const isWindows = target.kind === "guest" && target.entry.os === "windows";
  const { operation, params } = pathOf(target, as);
  const variables = names.length > 0 ? ["env", ...names.map((name) => `${name}=${env[name]}`)] : [];
  const inner = [...variables, "/bin/sh", "-c", line];
  const before = target.kind === "container" ? ["pct", "exec", String(target.guest.guest.vmid), "--"] : [];
  const command = isWindows ? { command: line, env } : { command: [...before, ...inner] };
  // What goes with the line belongs to what is confirmed, and its text may be secret.
  const goesWith = stdin !== undefined || names.length > 0 ? { inputSha256: fingerprint([stdin, env]) } : {};
  const call = { operation, params: { ...params, command: line, ...goesWith } };
  const act = (at: HostCall) =>
    exec(one.caller, {
      ...at,
      ...command,
      ...(stdin === undefined ? {} : { stdin }),
      timeoutMs: timeoutSeconds * 1000,
      maxBytes: MOST_OUTPUT,
    });
  const { plan, results } = await changeOnHosts(context, one, [call], input, act, inputNotes(stdin));
  if (plan) return { data: { ...headOf(target, way), plan } };
  const result = results[0]!;
  const { streams, artifact } = await showStreams(context, one.name, result);
  const failed = endFailure(result, timeoutSeconds);
  return {
    data: { ...headOf(target, way), ...endingOf(result), ...streams },
    ...(failed ? { failed } : {}),
    ...(artifact ? { artifact } : {}),
  };
}

/** SSH of the guest's own, or the way that leads to a node and its containers. */
async function reach(context: ToolContext, target: HostTarget): Promise<Way> {
  if (target.kind === "guest") {
    const host = guestHost(context, target);
    return { way: "ssh", exec: (caller, run) => host.exec(caller, run) };
  }
  const name = target.kind === "node" ? target.node : target.guest.guest.vmid;
  return wayTo(target.cluster, target.kind, name, target.node);
}
