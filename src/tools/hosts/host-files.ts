import { createHash, randomBytes } from "node:crypto";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { HostFileError, type Hosts, type HostSession } from "../../ssh/index.ts";
import type { FilePart } from "../agent/guest-file-read.ts";
import type { FileWritten } from "../agent/guest-file-write.ts";
import type { ToolContext } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import { changeOnHosts, guestHost, requireHosts } from "./on-host.ts";
import { type HostTarget, pathOf, type SshGuest } from "./target.ts";

/** Bytes of a part that is read at once. */
const MOST_READ = 4_194_304;
/** Bytes of a container's file that are brought to its node. */
const MOST_PULLED = 64 * 2 ** 20;
const STEP_MS = 120_000;
/** Where a file stays for a moment on its way: root's own, and on disk. */
const BETWEEN = "/root/.proxmox-mcp-";

type Container = Extract<HostTarget, { kind: "container" }>;

/** Reads a part of a file on a node by SFTP, or in a container by `pct pull`. */
export async function readHostFile(
  context: ToolContext,
  target: HostTarget,
  { path, offset, length }: { path: string; offset: number; length: number },
): Promise<FilePart> {
  const { cluster: one } = target;
  const { operation, params } = pathOf(target, "file/read");
  const { results } = await changeOnHosts(context, one, [{ operation, params: { ...params, path } }], {}, (call) => {
    const part = { offset, length, maxBytes: MOST_READ };
    if (target.kind === "guest") return guestHost(context, target).readFile(one.caller, { ...call, path, ...part });
    const hosts = hostsFor(target);
    if (target.kind === "node") return hosts.readFile(one.caller, { ...call, path, ...part });
    return hosts.within(one.caller, call, (host) =>
      withTemporary(host, async (temporary) => {
        await pull(host, target, path, temporary);
        return host.readFile({ path: temporary, ...part });
      }),
    );
  });
  const { bytes, size } = results[0]!;
  if (offset > 0 && bytes.length === 0) {
    throw new ArgumentError("offset", "lies at or behind the end of the file", "Begin before it.");
  }
  return { bytes, size, node: target.node, more: offset + bytes.length < size };
}

/** Writes a whole file on a node by SFTP, or in a container by `pct push`, and sees that it holds these bytes. */
export async function writeHostFile(
  context: ToolContext,
  target: HostTarget,
  file: { path: string; bytes: Uint8Array; mode?: string | undefined; owner?: string | undefined },
  input: { dryRun: boolean },
): Promise<FileWritten> {
  const { cluster: one } = target;
  const { path, bytes, mode, owner } = file;
  if (target.kind !== "container" && owner !== undefined) {
    const where = target.kind === "node" ? "on a node" : "over SSH";
    throw new ArgumentError("owner", `cannot be set ${where}`, "Use chown by proxmox_shell_run; nothing was sent.");
  }
  if (target.kind === "guest" && target.entry.os === "windows" && mode !== undefined) {
    throw new ArgumentError("mode", "means nothing to Windows", "Use icacls by proxmox_shell_run; nothing was sent.");
  }
  if (target.kind !== "guest") hostsFor(target);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const done = { node: target.node, bytes: bytes.length, sha256 };
  const { operation, params } = pathOf(target, "file/write");
  const rights =
    target.kind !== "container"
      ? mode === undefined
        ? {}
        : { mode: `0o${mode}` }
      : { ...(mode === undefined ? {} : { perms: mode }), ...(owner === undefined ? {} : { owner }) };
  const wanted = { operation, params: { ...params, path, bytes: bytes.length, sha256, ...rights } };
  const { plan } = await changeOnHosts(context, one, [wanted], input, async (call) => {
    if (target.kind !== "container") {
      const octal = mode === undefined ? {} : { mode: Number.parseInt(mode, 8) };
      const host = target.kind === "guest" ? guestHost(context, target) : hostsFor(target);
      await host.writeFile(one.caller, { ...call, path, bytes, ...octal });
      return;
    }
    await hostsFor(target).within(one.caller, call, (host) => push(host, target, file, sha256));
  });
  return plan ? { ...done, plan } : { ...done, verified: true };
}

/** The hosts of the cluster that a node or a container is of. */
function hostsFor(target: Exclude<HostTarget, SshGuest>): Hosts {
  return requireHosts(target.cluster, target.kind, target.kind === "node" ? target.node : target.guest.guest.vmid);
}

async function push(
  host: HostSession,
  target: Container,
  { path, bytes, mode, owner }: Parameters<typeof writeHostFile>[2],
  sha256: string,
): Promise<void> {
  const old = await look(host, target, path);
  const [user, group] = (owner ?? old?.owner ?? "root:root").split(":");
  const rights = ["--perms", mode ?? old?.mode ?? "0644", "--user", user!, "--group", group ?? user!];
  await withTemporary(host, async (temporary) => {
    await host.writeFile({ path: temporary, bytes, mode: 0o600 });
    await step(host, target, ["pct", "push", idOf(target), temporary, path, ...rights]);
  });
  await withTemporary(host, async (temporary) => {
    await step(host, target, ["pct", "pull", idOf(target), path, temporary, "--perms", "0600"]);
    const there = await host.readFile({ path: temporary, maxBytes: bytes.length + 1 });
    if (createHash("sha256").update(there.bytes).digest("hex") === sha256) return;
    throw new HostFileError(
      "write-failed",
      target.node,
      path,
      "holds something else than what was written",
      "Look at free space in the container, and at who else writes the file; then write it again.",
    );
  });
}

async function pull(host: HostSession, target: Container, path: string, temporary: string): Promise<void> {
  const there = await look(host, target, path);
  if (there !== undefined && there.size > MOST_PULLED) {
    throw new HostFileError(
      "file-too-large",
      target.node,
      path,
      `has ${there.size} bytes; ${MOST_PULLED} at most are brought out of a container`,
      "Read a part of it with proxmox_shell_run, e.g. by head or tail.",
    );
  }
  await step(host, target, ["pct", "pull", idOf(target), path, temporary, "--perms", "0600"]);
}

/** Size and rights of a file in a container; nothing where it is not there, or the container has no `stat`. */
async function look(host: HostSession, target: Container, path: string) {
  const asked = ["pct", "exec", idOf(target), "--", "stat", "-L", "-c", "%s %a %u:%g", "--", path];
  const { code, stdout } = await host.exec({ command: asked, timeoutMs: STEP_MS });
  const [, size, mode, owner] = /^(\d+) ([0-7]+) (\d+:\d+)\s*$/.exec(stdout) ?? [];
  return code === 0 && size !== undefined ? { size: Number(size), mode: mode!, owner: owner! } : undefined;
}

async function step(host: HostSession, target: Container, command: readonly string[]): Promise<void> {
  const { code, signal, timedOut, stderr } = await host.exec({ command, timeoutMs: STEP_MS });
  if (code === 0) return;
  const why = stderr.trim().split("\n").at(-1) || (timedOut ? "it took too long" : `it ended with ${signal ?? code}`);
  throw new ProxmoxMcpError({
    code: /No such file/i.test(stderr) ? "file-not-found" : "file-transfer-failed",
    message: `pct ${command[1]} of container ${idOf(target)} failed: ${why.slice(0, 300)}`,
    next: "The container has to run, and the directory has to be there.",
    data: { node: target.node, vmid: target.guest.guest.vmid },
  });
}

/** A name of its own on the node, of which nothing is left. */
async function withTemporary<T>(host: HostSession, act: (path: string) => Promise<T>): Promise<T> {
  const path = `${BETWEEN}${randomBytes(12).toString("hex")}`;
  try {
    return await act(path);
  } finally {
    await host.exec({ command: ["rm", "-f", path], timeoutMs: STEP_MS }).catch(() => undefined);
  }
}

const idOf = ({ guest }: Container): string => String(guest.guest.vmid);
