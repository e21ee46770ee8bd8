import * as z from "zod";
import { getNodesQemuConfig } from "../../../generated/clients/nodes-qemu.ts";
import { getVersion } from "../../../generated/clients/version.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { dryRun } from "../arguments.ts";
import { change, changeOutput } from "../change.ts";
import type { ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { atGuest } from "../guests/resolve.ts";
import { findTarget, type Machine, machineArguments, targetOutput } from "../hosts/target.ts";
import { ASK, type ConsoleKind, HOW, type Place, viewerFile, websocketUrl } from "./offer.ts";

/** Seconds in which the waiting end gives up, and for which the ticket itself holds (pve-facts 82, 85). */
const OPEN_WITHIN = 10;
const TICKET_LIFETIME = 40;

const output = z.object({
  ...targetOutput,
  kind: z.string(),
  websocket: z.string().optional().describe("URL, ticket included"),
  user: z.string().optional(),
  ticket: z.string().optional(),
  password: z.string().optional(),
  port: z.int().optional().describe("5900 to 5999, at the endpoint in the URL"),
  viewer: z.string().optional().describe("For SPICE: a virt-viewer file"),
  openWithinSeconds: z.int().optional(),
  ticketValidSeconds: z.int().optional(),
  upid: z.string().optional(),
  how: z.string().optional(),
  plan: changeOutput.plan,
  warnings: changeOutput.warnings,
});

type ConsoleAnswer = z.input<typeof output>;

export default defineTool({
  name: "proxmox_console_ticket",
  title: "Get a console ticket",
  description:
    "Get a ticket for a console (terminal, VNC or SPICE) of a node, VM or container, with the websocket URL; it is to be opened within seconds.",
  toolset: "guests",
  class: "escape",
  idempotent: false,
  input: z.strictObject({ ...machineArguments, kind: z.enum(["terminal", "vnc", "spice"]), dryRun }),
  output,
  async run(context, input) {
    const target = await findTarget(context, input);
    const { send } = target.cluster;
    if (input.kind === "terminal") await requireTerminals(target);
    const ask = async (node: string) => {
      const place: Place = { kind: target.kind, node, vmid: vmidOf(target), proxy: proxyOf(target) };
      const warnings = await warningsFor(send, target, place, input.kind);
      const request = (over: typeof send) => ASK[target.kind][input.kind](over, place);
      const { data, answers } = await change(context, target.cluster, request, input, { warnings }).catch(
        (error: unknown): never => {
          throw explained(error, input.kind);
        },
      );
      const head: ConsoleAnswer = { ...headOf(target, node), kind: input.kind, ...data };
      return input.dryRun ? head : { ...head, ...offerOf(place, input.kind, answers[0]) };
    };
    return { data: target.kind === "node" ? await ask(target.node) : await whereItIs(context, target, ask) };
  },
});

function whereItIs<T>(
  context: ToolContext,
  target: Extract<Machine, { guest: unknown }>,
  ask: (node: string) => Promise<T>,
): Promise<T> {
  return atGuest(context, target.guest, ({ node }) => ask(node));
}

function vmidOf(target: Machine): number {
  return target.kind === "node" ? 0 : target.guest.guest.vmid;
}

function headOf(target: Machine, node: string): Pick<ConsoleAnswer, "cluster" | "vmid" | "name" | "node"> {
  if (target.kind === "node") return { cluster: target.cluster.name, node };
  const { vmid, name } = target.guest.guest;
  return { cluster: target.cluster.name, vmid, ...(name === undefined ? {} : { name }), node };
}

/** The host by which this server reaches the cluster: the one that a client most likely reaches too. */
function proxyOf({ cluster }: Machine): string {
  return new URL(cluster.cluster.config.endpoints[0]!).hostname.replace(/^\[(.*)\]$/, "$1");
}

/** Before 9.1 a terminal is handed out to a token and then refuses its name (pve-facts 85). */
async function requireTerminals({ cluster, kind }: Machine): Promise<void> {
  const version = String((await getVersion(cluster.send)).data.version ?? "");
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (version === "" || major > 9 || (major === 9 && minor >= 1)) return;
  throw new ProxmoxMcpError({
    code: "console-refused",
    message: `Terminals refuse API tokens before Proxmox VE 9.1, and this is ${version}. Nothing was sent.`,
    next: kind === "vm" ? "Take kind vnc." : "A person can log in through the web interface, or by SSH.",
    data: { version },
  });
}

/** What would make a console that nothing is seen in. */
async function warningsFor(
  send: Machine["cluster"]["send"],
  target: Machine,
  { kind, node, vmid }: Place,
  console: ConsoleKind,
): Promise<string[]> {
  if (target.kind === "node")
    return console === "terminal" ? ["It asks for a login: an API token is never root@pam itself."] : [];
  if (target.guest.guest.status === "stopped") return ["The guest is not running: the console closes at once."];
  if (kind !== "vm" || console !== "terminal") return [];
  const config = await getNodesQemuConfig(send, { node, vmid }).catch((error: unknown) => {
    if (error instanceof ProxmoxMcpError && error.code !== "not-found") return undefined;
    throw error;
  });
  const keys = Object.entries((config?.data ?? {}) as Readonly<Record<string, unknown>>);
  const hasSerial = config === undefined || keys.some(([key, value]) => /^serial\d$/.test(key) && value === "socket");
  return hasSerial ? [] : ["The VM has no serial port of type socket: the terminal closes at once. Take kind vnc."];
}

function offerOf(
  place: Place,
  kind: ConsoleKind,
  answer: Awaited<ReturnType<typeof change>>["answers"][number] | undefined,
) {
  const data = answer?.data as Readonly<Record<string, unknown>> | string | null | undefined;
  if (typeof data !== "object" || data === null) {
    throw new ProxmoxMcpError({
      code: "ticket-lost",
      message: "The answer with the ticket was lost.",
      next: "Call again: nobody can use the first one, and its console ends by itself.",
    });
  }
  if (kind === "spice") return { viewer: viewerFile(data), how: HOW.spice };
  const { user, ticket, port, upid, password } = data;
  return {
    websocket: websocketUrl(answer?.endpoint ?? "", place, String(port), String(ticket)),
    user: String(user),
    ticket: String(ticket),
    ...(password === undefined ? {} : { password: String(password) }),
    port: Number(port),
    openWithinSeconds: OPEN_WITHIN,
    ticketValidSeconds: TICKET_LIFETIME,
    upid: String(upid),
    how: HOW[kind],
  };
}

/** Refusals whose words do not say what to do. */
function explained(error: unknown, kind: ConsoleKind): unknown {
  if (!(error instanceof ProxmoxMcpError)) return error;
  const next = /does not look like a valid user name/.test(error.message)
    ? "Proxmox hands this console of a node out to persons only, not to API tokens: take kind terminal."
    : /no spice port/.test(error.message)
      ? "The VM's display is not SPICE (vga: qxl): take kind vnc."
      : undefined;
  if (next === undefined) return error;
  return new ProxmoxMcpError({ code: "console-refused", message: error.message, next, data: { ...error.data, kind } });
}
