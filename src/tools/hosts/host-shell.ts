import type { z } from "zod";
import { changeOnHosts, guestHost, requireHosts } from "./on-host.ts";
import type { ToolContext } from "../context.ts";
import type { ToolAnswer } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import type { commandOutput } from "../agent/run-in-guest.ts";
import { endFailure, endingOf, fingerprint, MOST_OUTPUT, showStreams } from "./host-output.ts";
import { type HostTarget, headOf, pathOf } from "./target.ts";

/** Runs a line of shell on a node, by `pct exec` in a container, or in a guest with SSH of its own, and waits for its end. */
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
): Promise<ToolAnswer<Partial<z.input<typeof commandOutput>> & { cluster: string; node: string }>> {
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
  const hosts =
    target.kind === "guest"
      ? guestHost(context, target)
      : requireHosts(one, target.kind, target.kind === "node" ? target.node : target.guest.guest.vmid);
  const isWindows = target.kind === "guest" && target.entry.os === "windows";
  const { operation, params } = pathOf(target, "shell");
  const variables = names.length > 0 ? ["env", ...names.map((name) => `${name}=${env[name]}`)] : [];
  const inner = [...variables, "/bin/sh", "-c", line];
  const way = target.kind === "container" ? ["pct", "exec", String(target.guest.guest.vmid), "--"] : [];
  const command = isWindows ? { command: line, env } : { command: [...way, ...inner] };
  // What goes with the line belongs to what is confirmed, and its text may be secret.
  const goesWith = stdin !== undefined || names.length > 0 ? { inputSha256: fingerprint([stdin, env]) } : {};
  const call = { operation, params: { ...params, command: line, ...goesWith } };
  const { plan, results } = await changeOnHosts(context, one, [call], input, (at) =>
    hosts.exec(one.caller, {
      ...at,
      ...command,
      ...(stdin === undefined ? {} : { stdin }),
      timeoutMs: timeoutSeconds * 1000,
      maxBytes: MOST_OUTPUT,
    }),
  );
  if (plan) return { data: { ...headOf(target), plan } };
  const result = results[0]!;
  const { streams, artifact } = await showStreams(context, one.name, result);
  const failed = endFailure(result, timeoutSeconds);
  return {
    data: { ...headOf(target), ...endingOf(result), ...streams },
    ...(failed ? { failed } : {}),
    ...(artifact ? { artifact } : {}),
  };
}
