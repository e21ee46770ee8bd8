import { ProxmoxMcpError } from "../errors/index.ts";
import type { OperationId } from "../schema/operation.ts";
import { inSpan } from "../telemetry/span.ts";
import { sudoSftpLine } from "./command-line.ts";
import { confine, type Deed } from "./confine.ts";
import { type Dial, HostDial } from "./dial.ts";
import { HostBusyError, HostConnectionLostError } from "./errors.ts";
import { type ExecResult, execOn } from "./exec.ts";
import type { Caller, GateOutcome } from "./gate.ts";
import type { HostCall, HostExec, HostRead, Hosts, HostSession, HostsOptions, HostWrite } from "./hosts.ts";
import { readFrom } from "./read-file.ts";
import { SftpSession } from "./sftp-session.ts";
import { writeTo } from "./write-file.ts";

/** What is done where nothing is meant but a connection. */
const REACH: OperationId = "RUN /nodes/{node}/reach";
const SUDO_CHECK_MS = 15_000;
/** A node that takes longer to let somebody in is not well. */
const SURVEY_MS = 10_000;

/** Opens the hosts of one cluster. */
export function connectHosts(options: HostsOptions): Hosts {
  const dial = new HostDial(options);
  const hosts = hostsBy(dial, options);
  const reach: Hosts["reach"] = (caller, node, signal) => {
    const call = { node, operation: REACH, params: { node }, ...(signal ? { signal } : {}) };
    return hosts.within(caller, call, async () => {
      const { place, release } = await dial.lease(node, caller, signal);
      release();
      return { address: place.address, port: place.port };
    });
  };
  return {
    ...hosts,
    reach,
    async survey(caller, signal) {
      const limit = AbortSignal.any([AbortSignal.timeout(SURVEY_MS), ...(signal ? [signal] : [])]);
      const nodes = await dial.nodes(caller, limit);
      return Promise.all(
        nodes.map((node) =>
          reach(caller, node, limit).then(
            () => ({ node }),
            (problem: unknown) => ({ node, problem }),
          ),
        ),
      );
    },
    close: () => dial.close(),
  };
}

/** What machines behind a dial are like. */
export interface Machines extends Pick<HostsOptions, "cluster" | "gate"> {
  windows?: boolean;
  /** As root by sudo; when absent, wherever the user who logs in is not root. */
  sudo?: boolean;
}

/** The one way to a machine: admitted and recorded before, recorded after. */
export function hostsBy(dial: Dial, machines: Machines): Pick<Hosts, "exec" | "readFile" | "writeFile" | "within"> {
  const { cluster, gate } = machines;
  const admitted = async <T>(
    caller: Caller,
    { node, operation, params, sudo = machines.sudo, signal }: HostCall,
    act: (host: HostSession & { last(): ExecResult | undefined }) => Promise<T>,
  ): Promise<T> => {
    const exit = await gate.enter({ cluster, operation, params, caller, ...(signal ? { signal } : {}) });
    const started = performance.now();
    const windows = machines.windows ?? false;
    const host = sessionOn(dial, caller, { node, operation, params, sudo, signal, windows });
    let outcome: Omit<GateOutcome, "durationMs"> = { outcome: "error", detail: "error" };
    try {
      return await inSpan(operation, { kind: "client" }, async (span) => {
        const result = await act(host);
        outcome = outcomeOf(host.last());
        if (outcome.outcome !== "ok") span.fail(outcome.outcome);
        return result;
      });
    } catch (error) {
      outcome = failureOf(error, signal);
      throw error;
    } finally {
      await exit({ ...outcome, durationMs: performance.now() - started });
    }
  };
  return {
    async exec(caller, { command, env, stdin, timeoutMs, maxBytes, ...call }) {
      confine(call.operation, call.params, call.node, { kind: "exec", command });
      return admitted(caller, call, (host) => host.exec(definedOf({ command, env, stdin, timeoutMs, maxBytes })));
    },
    async readFile(caller, { path, offset, length, maxBytes, ...call }) {
      confine(call.operation, call.params, call.node, { kind: "read", path });
      return admitted(caller, call, (host) => host.readFile(definedOf({ path, offset, length, maxBytes })));
    },
    async writeFile(caller, { path, bytes, mode, exclusive, ...call }) {
      confine(call.operation, call.params, call.node, {
        kind: "write",
        path,
        bytes,
        ...(mode === undefined ? {} : { mode }),
      });
      return admitted(caller, call, (host) => host.writeFile(definedOf({ path, bytes, mode, exclusive })));
    },
    within: admitted,
  };
}

interface Bound extends Omit<HostCall, "sudo" | "signal"> {
  sudo: boolean | undefined;
  signal: AbortSignal | undefined;
  windows: boolean;
}

function sessionOn(dial: Dial, caller: Caller, call: Bound): HostSession & { last(): ExecResult | undefined } {
  const { node, operation, params, signal, windows } = call;
  let last: ExecResult | undefined;
  const check = (deed: Deed) => confine(operation, params, node, deed);
  const leased = async <T>(act: (lease: Awaited<ReturnType<Dial["lease"]>>, sudo: boolean) => Promise<T>) => {
    const lease = await dial.lease(node, caller, signal);
    try {
      return await act(lease, !windows && (call.sudo ?? lease.connection.username !== "root"));
    } finally {
      lease.release();
    }
  };
  const withFiles = <T>(act: (sftp: SftpSession) => Promise<T>) =>
    leased(async ({ connection }, sudo) => {
      let channel: Awaited<ReturnType<typeof connection.sftp>>;
      try {
        channel = await connection.sftp(sudo ? sudoSftpLine() : undefined);
      } catch (error) {
        // Only a command says why sudo refuses.
        if (sudo && error instanceof HostBusyError) {
          await execOn(connection, { command: ["true"], timeoutMs: SUDO_CHECK_MS, sudo });
        }
        throw error;
      }
      const sftp = new SftpSession(connection, channel);
      const abort = () => sftp.end();
      signal?.addEventListener("abort", abort, { once: true });
      try {
        return await act(sftp);
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw error;
      } finally {
        signal?.removeEventListener("abort", abort);
        sftp.end();
      }
    });
  return {
    last: () => last,
    async exec(run: HostExec) {
      check({ kind: "exec", command: run.command });
      last = undefined;
      last = await leased(({ connection }, sudo) =>
        execOn(connection, { ...run, sudo, windows, ...(signal ? { signal } : {}) }),
      );
      return last;
    },
    async readFile(read: HostRead) {
      check({ kind: "read", path: read.path });
      return withFiles((sftp) => readFrom(sftp, { ...read, path: pathOn(windows, read.path) }));
    },
    async writeFile(write: HostWrite) {
      const { path, bytes, mode } = write;
      check({ kind: "write", path, bytes, ...(mode === undefined ? {} : { mode }) });
      const wanted = { ...write, path: pathOn(windows, path), plain: windows, ...(signal ? { signal } : {}) };
      return withFiles((sftp) => writeTo(sftp, wanted));
    },
  };
}

/** A path as SFTP takes it: that of a drive of Windows begins with a slash. */
function pathOn(windows: boolean, path: string): string {
  return windows ? `/${path.replaceAll("\\", "/")}`.replace(/^\/{2,}/, "/") : path;
}

/** How what was run last ended; a file or nothing at all is well. */
function outcomeOf(result: ExecResult | undefined): Omit<GateOutcome, "durationMs"> {
  if (!result) return { outcome: "ok" };
  if (result.timedOut) return { outcome: "unknown", detail: "timeout" };
  if (result.signal !== undefined) return { outcome: "error", detail: `signal ${result.signal}` };
  return result.code === 0
    ? { outcome: "ok", status: 0 }
    : { outcome: "error", ...(result.code === undefined ? {} : { status: result.code }), detail: "exit" };
}

function failureOf(error: unknown, signal: AbortSignal | undefined): Omit<GateOutcome, "durationMs"> {
  if (signal?.aborted) return { outcome: "unknown", detail: "aborted" };
  if (error instanceof HostConnectionLostError) return { outcome: "unknown", detail: error.code };
  return { outcome: "error", detail: error instanceof ProxmoxMcpError ? error.code : "error" };
}

/** Without the keys that are not given. */
function definedOf<T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
}
