import { insideOf } from "../guests/agent-inside.ts";
import { REPORTS } from "../guests/agent-reports.ts";
import type { ExecResult } from "../guests/agent-shell.ts";
import { FileTrouble } from "../guests/guest-files.ts";
import { applyPending } from "../guests/pending.ts";
import { agentConfigured, isHalted } from "../guests/status.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { LabGuest } from "../state/types.ts";
import { theGuest } from "./guests.ts";
import { type Call, flag, int, type Route, text } from "./route.ts";

/** Bytes of a file, or of what a process writes, that one answer gives at most. */
const MOST = 16 * 1_048_576;
/** Permission bits of a file that the agent makes, whatever its umask. */
const NEW_FILE_MODE = 0o666;

/** The VM, once its agent would answer; three different complaints otherwise (pve-facts 71). */
async function withAgent(call: Call): Promise<LabGuest> {
  const guest = theGuest(call, "qemu");
  if (!agentConfigured(guest)) throw die("No QEMU guest agent configured");
  if (!guest.running) throw die(`VM ${guest.vmid} is not running`);
  const inside = insideOf(call.state, guest);
  inside.calls += 1;
  const flaps = guest.traits.agentFlaps;
  const away = flaps !== undefined && Math.floor(inside.calls / flaps) % 2 === 1;
  if (guest.agent !== "running" || guest.paused || isHalted(call.state, guest) || away) {
    await call.state.timers.sleep(call.state.pace.agentMs);
    throw die("QEMU guest agent is not running");
  }
  return guest;
}

interface AgentError {
  error: { class: string; desc: string };
}

/** What an agent still does while it keeps file systems frozen. */
const FROZEN = /^(?:ping|info|sync|fsfreeze-status|fsfreeze-thaw)$/;

function refused(call: Call, guest: LabGuest, command: string): AgentError | undefined {
  if (insideOf(call.state, guest).frozen && !FROZEN.test(command)) {
    const desc = `Command guest-${command} has been disabled: the agent is in frozen state`;
    return { error: { class: "CommandNotFound", desc } };
  }
  if (!guest.traits.agentRefuses?.includes(`guest-${command}`)) return undefined;
  return { error: { class: "CommandNotFound", desc: `Command guest-${command} has been disabled` } };
}

/** The commands that check what the agent says die of its complaint. */
function mustAccept(call: Call, guest: LabGuest, command: string): void {
  const wrong = refused(call, guest, command);
  if (wrong) throw die(`Agent error: ${wrong.error.desc}`);
}

function stop(call: Call, guest: LabGuest): void {
  call.state.timers.after(call.state.pace.taskMs, () => {
    if (!guest.running || guest.traits.ignoresShutdown) return;
    call.state.powerOff(guest);
    applyPending(call.state, guest);
  });
}

/** Commands that do something, by name without `guest-`; all others only tell. */
const DEEDS: Readonly<Record<string, (call: Call, guest: LabGuest) => unknown>> = {
  "fsfreeze-status": (call, guest) => (insideOf(call.state, guest).frozen ? "frozen" : "thawed"),
  "fsfreeze-freeze": (call, guest) => {
    insideOf(call.state, guest).frozen = true;
    return 1;
  },
  "fsfreeze-thaw": (call, guest) => {
    const inside = insideOf(call.state, guest);
    const count = inside.frozen ? 1 : 0;
    inside.frozen = false;
    return count;
  },
  fstrim: () => ({ paths: [{ path: "/", trimmed: 1_073_741_824, minimum: 0 }] }),
  shutdown: (call, guest) => {
    stop(call, guest);
    return {};
  },
  "suspend-ram": (_, guest) => {
    guest.paused = true;
    return {};
  },
  "suspend-hybrid": (_, guest) => {
    guest.paused = true;
    return {};
  },
  "suspend-disk": (call, guest) => {
    stop(call, guest);
    return {};
  },
};

/** The agent's own report while it keeps file systems frozen. */
function whileFrozen(told: unknown): unknown {
  const report = told as { supported_commands: { name: string; enabled: boolean }[] };
  const commands = report.supported_commands.map((one) => ({
    ...one,
    enabled: one.enabled && FROZEN.test(one.name.replace(/^guest-/, "")),
  }));
  return { ...report, supported_commands: commands };
}

/** What a plain command answers; an agent's complaint is an answer like any other (pve-facts 72). */
function perform(call: Call, guest: LabGuest, command: string): unknown {
  const wrong = refused(call, guest, command);
  if (wrong) return wrong;
  const deed = DEEDS[command];
  if (deed) return deed(call, guest);
  const report = REPORTS[command];
  if (!report) throw die(`no such guest agent command '${command}'`);
  const told = report(guest);
  return command === "info" && insideOf(call.state, guest).frozen ? whileFrozen(told) : told;
}

/** Bytes as the server hands them out: one character each (pve-facts 74). */
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

/** What goes to the agent is encoded as bytes, one for each character (pve-facts 75). */
function requireBytes(given: string): void {
  if ([...given].some((char) => (char.codePointAt(0) ?? 0) > 255))
    throw die("Wide character in subroutine entry at /usr/share/perl5/PVE/API2/Qemu/Agent.pm line 516.");
}

/** The streams of a process that has ended; the agent keeps no more than its limit of each. */
function outputs(result: ExecResult, most: number): Record<string, unknown> {
  const streams = [
    ["out", result.out],
    ["err", result.err],
  ] as const;
  return Object.assign(
    {},
    ...streams.map(([name, bytes]) => ({
      ...(bytes.length === 0 ? {} : { [`${name}-data`]: latin1(bytes.subarray(0, most)) }),
      ...(bytes.length > most ? { [`${name}-truncated`]: 1 } : {}),
    })),
  );
}

async function exec(call: Call): Promise<{ data: unknown }> {
  const guest = await withAgent(call);
  mustAccept(call, guest, "exec");
  const given = call.params.command;
  const command = Array.isArray(given) ? given.map(String) : [String(given ?? "")];
  const input = text(call, "input-data") ?? "";
  requireBytes(input);
  return { data: { pid: insideOf(call.state, guest).start(guest, command, Buffer.from(input, "latin1")) } };
}

async function execStatus(call: Call): Promise<{ data: unknown }> {
  const guest = await withAgent(call);
  mustAccept(call, guest, "exec-status");
  const pid = int(call, "pid") ?? 0;
  const result = insideOf(call.state, guest).poll(pid);
  if (result === undefined) throw die(`Agent error: PID ${pid} does not exist`);
  if (result === "running") return { data: { exited: 0 } };
  return {
    data: {
      exited: 1,
      ...(result.signal === undefined ? { exitcode: result.exitcode } : { signal: result.signal }),
      ...outputs(result, guest.traits.agentKeeps ?? MOST),
    },
  };
}

/** What opening a file gives, or the agent's complaint. */
function opened<T>(name: string, mode: string, open: () => T): T {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof FileTrouble)) throw error;
    throw die(`Agent error: failed to open file '${name}' (mode: '${mode}'): ${error.message}`);
  }
}

async function fileRead(call: Call): Promise<{ data: unknown }> {
  const guest = await withAgent(call);
  mustAccept(call, guest, "file-open");
  const name = text(call, "file") ?? "";
  const file = opened(name, "rb", () => insideOf(call.state, guest).files.read(name).bytes);
  const from = int(call, "offset") ?? 0;
  const most = guest.traits.agentKeeps ?? MOST;
  const limit = Math.min(int(call, "count") ?? most, most);
  const bytes = file.subarray(from, from + limit);
  const plain = call.params.decode === undefined || flag(call, "decode");
  return {
    data: {
      content: plain ? latin1(bytes) : Buffer.from(bytes).toString("base64"),
      "bytes-read": bytes.length,
      // Only a reading that comes short of what was asked for meets the end of the file.
      ...(bytes.length === limit ? { truncated: 1 } : {}),
    },
  };
}

async function fileWrite(call: Call): Promise<{ data: unknown }> {
  const content = text(call, "content") ?? "";
  const encode = call.params.encode === undefined || flag(call, "encode");
  if (encode) requireBytes(content);
  const guest = await withAgent(call);
  mustAccept(call, guest, "file-open");
  const bytes = encode ? Buffer.from(content, "latin1") : Buffer.from(content, "base64");
  const name = text(call, "file") ?? "";
  opened(name, "wb", () => insideOf(call.state, guest).files.write(name, bytes, NEW_FILE_MODE));
  return { data: null };
}

const USERS = new Set(["root", "debian"]);

async function setPassword(call: Call): Promise<{ data: unknown }> {
  const guest = await withAgent(call);
  mustAccept(call, guest, "set-user-password");
  const name = text(call, "username") ?? "";
  if (!USERS.has(name)) throw die("Agent error: child process has failed to set user password");
  insideOf(call.state, guest).passwords.set(name, text(call, "password") ?? "");
  return { data: { result: {} } };
}

const base = "/nodes/{node}/qemu/{vmid}/agent";

const READING =
  "get-fsinfo get-host-name get-memory-block-info get-memory-blocks get-osinfo get-time get-timezone get-users get-vcpus info network-get-interfaces".split(
    " ",
  );
const DOING =
  "fsfreeze-freeze fsfreeze-status fsfreeze-thaw fstrim ping shutdown suspend-disk suspend-hybrid suspend-ram".split(
    " ",
  );
const OTHERS = ["exec", "exec-status", "file-read", "file-write", "set-user-password"];

function path(any: readonly string[]): { path: string; any: readonly string[] } {
  return { path: "/vms/{vmid}", any: [...any, "VM.GuestAgent.Unrestricted"] };
}

function plain(method: "GET" | "POST", name: string): Route {
  const privilege = /^(?:fsfreeze-(?:freeze|thaw)|fstrim)$/.test(name)
    ? ["VM.GuestAgent.FileSystemMgmt"]
    : /^(?:shutdown|suspend)/.test(name)
      ? ["VM.PowerMgmt"]
      : ["VM.GuestAgent.Audit"];
  return {
    id: `${method} ${base}/${name}`,
    permission: path(privilege),
    run: async (call) => {
      const guest = await withAgent(call);
      return { data: { result: perform(call, guest, name) } };
    },
  };
}

/** What a guest's agent answers. */
export const agentRoutes: readonly Route[] = [
  {
    id: `GET ${base}`,
    run: () => {
      return { data: [...READING, ...DOING, ...OTHERS].sort().map((name) => ({ name })) };
    },
  },
  {
    id: `POST ${base}`,
    run: async (call) => {
      const command = text(call, "command") ?? "";
      if (!READING.includes(command) && !DOING.includes(command))
        throw parameterRefusal({ command: `unknown command '${command}'` });
      const guest = await withAgent(call);
      return { data: { result: perform(call, guest, command) } };
    },
  },
  ...READING.map((name) => plain("GET", name)),
  ...DOING.map((name) => plain("POST", name)),
  { id: `POST ${base}/exec`, permission: path([]), run: exec },
  { id: `GET ${base}/exec-status`, permission: path([]), run: execStatus },
  { id: `GET ${base}/file-read`, permission: path(["VM.GuestAgent.FileRead"]), run: fileRead },
  { id: `POST ${base}/file-write`, permission: path(["VM.GuestAgent.FileWrite"]), run: fileWrite },
  { id: `POST ${base}/set-user-password`, permission: path([]), run: setPassword },
];
