import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { CLI_OPERATION, type OperationId, type Params } from "../schema/operation.ts";
import type { Command } from "./command-line.ts";
import { OffTheRecordError } from "./errors.ts";
import { quoteArgv } from "./quote.ts";

/** One thing that is about to be done on a host, as the transport is asked for it. */
export type Deed =
  | { kind: "exec"; command: Command }
  | { kind: "read"; path: string }
  | { kind: "write"; path: string; bytes: Uint8Array; mode?: number };

/** Operations that may only touch a file right inside of a directory called snippets: they are no escape. */
const SNIPPETS = /^RUN \/nodes\/\{node\}\/snippets\/(read|write)$/;
const SNIPPET_PATH = /^\/(?:[^/\0]+\/)*snippets\/[^/\0]+$/;
const REACH: OperationId = "RUN /nodes/{node}/reach";
const SHELL = /^RUN \/(?:guests\/\{guest\}\/shell|nodes\/\{node\}\/(?:shell|terminal|(lxc)\/\{vmid\}\/shell))$/;
const FILE = /^RUN \/(?:guests\/\{guest\}|nodes\/\{node\})\/file\/(read|write)$/;
/** What is done in a guest over SSH of its own is told of the guest, whose node is only said along. */
const GUEST = /^RUN \/guests\/\{guest\}\//;
const ACCESS: OperationId = "RUN /nodes/{node}/access/key";
/** What setting up a user of a node takes; no shell is among it. */
const ACCESS_PROGRAMS = new Set([
  "chown",
  "getent",
  "hostname",
  "install",
  "mv",
  "rm",
  "sudo",
  "test",
  "useradd",
  "userdel",
  "visudo",
]);

/**
 * Refuses a deed that is not what the gate was asked for: class, policy and consent were judged by the operation and
 * its parameters, so that a command under the name of a harmless operation would go round them.
 */
export function confine(operation: OperationId, params: Params, node: string, deed: Deed): void {
  const refuse = (why: string): never => {
    throw new OffTheRecordError(operation, why);
  };
  if (!operation.startsWith("RUN /")) refuse("it is nothing that is run on a host");
  const isGuest = GUEST.test(operation);
  const named = isGuest ? params.guest : params.node;
  if (named !== undefined && named !== node) refuse(`it names ${isGuest ? "guest" : "node"} ${named}, not ${node}`);
  if (named === undefined && (isGuest || operation.includes("{node}"))) refuse("it names no node");
  // By what policy and a person know the guest.
  if (isGuest && params.vmid === undefined) refuse("it names no VMID");
  const snippets = SNIPPETS.exec(operation)?.[1];
  const file = FILE.exec(operation)?.[1];
  if (operation === REACH) refuse("it does nothing but connect");
  if (deed.kind === "exec") {
    if (snippets || file) refuse("it runs a command");
    const shell = SHELL.exec(operation);
    if (isGuest && !shell) refuse("it runs a command");
    if (shell && !isLine(params, deed.command, shell[1] !== undefined)) refuse("it names another command");
    if (operation === CLI_OPERATION) confineArgv(params, deed.command, refuse);
    if (operation === ACCESS) confineAccess(deed.command, refuse);
    return;
  }
  if (operation === ACCESS) confineAccessFile(params, deed, refuse);
  if (isGuest && file === undefined) refuse("it is for no file");
  if (snippets !== undefined) {
    if (snippets !== deed.kind) refuse(`it means to ${deed.kind} a file`);
    if (!SNIPPET_PATH.test(deed.path) || /\/\.{1,2}(?:\/|$)/.test(deed.path)) refuse(`${deed.path} is no snippet`);
  }
  if (file !== undefined) {
    if (file !== deed.kind) refuse(`it means to ${deed.kind} a file`);
    if (params.path !== deed.path) refuse(`it names ${params.path}, not ${deed.path}`);
  }
  if (deed.kind === "write") confineBytes(params, deed, refuse);
}

/** Whether a command is the line that was judged: as it is, or given to a shell, with variables, in its container. */
function isLine({ command: line, vmid }: Params, command: Command, inContainer: boolean): boolean {
  if (typeof command === "string") return !inContainer && command === line;
  const way = inContainer ? ["pct", "exec", String(vmid), "--"] : [];
  const [before, rest] = [command.slice(0, way.length), command.slice(way.length)];
  const variables = rest[0] === "env" ? rest.slice(1, -3) : rest.slice(0, -3);
  const isEnvironment =
    rest[0] === "env" ? variables.every((one) => /^[A-Za-z_]\w*=/.test(one)) : variables.length === 0;
  return isEnvironment && isDeepStrictEqual([...before, ...rest.slice(-3)], [...way, "/bin/sh", "-c", line]);
}

const FORMS = ["json", "json-pretty", "yaml", "text"];

type Refuse = (why: string) => never;

/** The arguments that were judged are the ones that arrive. */
function confineArgv({ family, argv }: Params, command: Command, refuse: Refuse): void {
  const words = [family, ...(Array.isArray(argv) ? argv : [])].map(String);
  // The form of the output is the tool's own to choose.
  const forms = [words, ...FORMS.map((form) => [...words, "--output-format", form])];
  const isSame =
    typeof command === "string"
      ? forms.some((form) => command === quoteArgv(form))
      : forms.some((form) => isDeepStrictEqual(form, [...command]));
  if (!isSame) refuse("the command is not the family with its arguments");
}

/** sudo is only asked which version it is. */
function confineAccess(command: Command, refuse: Refuse): void {
  const [program = "", ...args] = typeof command === "string" ? [] : command;
  if (!ACCESS_PROGRAMS.has(program) || (program === "sudo" && args.join() !== "-V")) refuse("it only sets up a user");
}

/** The files of the user who is named, and of no other. */
function confineAccessFile({ user }: Params, { kind, path }: Deed & { path: string }, refuse: Refuse): void {
  const own = [`/home/${user}/.ssh/authorized_keys`, `/etc/sudoers.d/${user}.new`];
  if (!/^[a-z][a-z0-9-]*$/.test(String(user)) || !own.includes(path)) {
    refuse(`it means to ${kind} ${path}, which is not the user's`);
  }
}

/** The bytes that a person agreed to are the ones that are written. */
function confineBytes(params: Params, { bytes, mode }: Deed & { kind: "write" }, refuse: Refuse): void {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (params.sha256 !== undefined && params.sha256 !== sha256) refuse("the bytes are not the ones that it names");
  if (typeof params.bytes === "number" && params.bytes !== bytes.length)
    refuse("the size is not the one that it names");
  if (params.mode !== undefined && Number(params.mode) !== mode) refuse("the mode is not the one that it names");
}
