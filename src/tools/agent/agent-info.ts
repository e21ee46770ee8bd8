import * as z from "zod";
import {
  getNodesQemuAgentGetFsinfo,
  getNodesQemuAgentGetHostName,
  getNodesQemuAgentGetOsinfo,
  getNodesQemuAgentGetTimezone,
  getNodesQemuAgentGetUsers,
  getNodesQemuAgentInfo,
  getNodesQemuAgentNetworkGetInterfaces,
  getNodesQemuConfig,
} from "../../../generated/clients/nodes-qemu.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { AgentUnavailableError } from "../../pve/agent-failure.ts";
import type { Answer } from "../../schema/operation.ts";
import { cluster, guest, incomplete } from "../arguments.ts";
import { defineTool } from "../contract.ts";
import { reasonOf, takeParts } from "../gather.ts";
import { atGuest, findGuest } from "../guests/resolve.ts";
import { guestAddresses } from "./addresses.ts";
import { ANSWERS, agentAbsence, agentStateOutput } from "./agent-state.ts";
import { guestHead, guestHeadOutput } from "./guest-head.ts";
import { type Row, resultOf, rowsOf, table, tableOutput } from "./report.ts";

/** What each part of the answer needs the agent to know. */
const COMMANDS = {
  os: "guest-get-osinfo",
  hostname: "guest-get-host-name",
  addresses: "guest-network-get-interfaces",
  filesystems: "guest-get-fsinfo",
  users: "guest-get-users",
  timezone: "guest-get-timezone",
} as const;

type Missing = { part: string; reason: string }[];

export default defineTool({
  name: "proxmox_vm_agent_info",
  title: "Show a VM from inside",
  description:
    "Show a virtual machine from inside, by its guest agent: OS, hostname, IP addresses, filesystems, users, time zone. Without an agent it says why.",
  toolset: "guests",
  class: "read",
  idempotent: true,
  input: z.strictObject({ cluster, vmid: guest }),
  output: z.object({
    ...guestHeadOutput,
    ...agentStateOutput,
    version: z.string().optional(),
    disabled: z.array(z.string()).optional().describe("Commands that the agent refuses"),
    hostname: z.string().optional(),
    os: z.record(z.string(), z.string()).optional(),
    timezone: z.string().optional(),
    addresses: tableOutput.optional().describe("Link-local ones last"),
    otherInterfaces: z.array(z.string()).optional().describe("Container bridges and the like, left out"),
    filesystems: tableOutput.optional().describe("Bytes"),
    users: tableOutput.optional(),
    incomplete,
  }),
  async run(context, input) {
    const found = await findGuest(context, input, "qemu", "proxmox_vm_agent_info");
    const { send } = found.cluster;
    return atGuest(context, found, async (at) => {
      const missing: Missing = [];
      const head = guestHead(found, at.node);
      // One question first: a dead agent costs three seconds of a worker for each (pve-facts 71, 125).
      let info: Row;
      try {
        info = resultOf(await getNodesQemuAgentInfo(send, at)) as Row;
      } catch (error) {
        if (error instanceof AgentUnavailableError) return { data: { ...head, ...agentAbsence(error) } };
        if (!(error instanceof ProxmoxMcpError) || error.code !== "agent-refused") throw error;
        missing.push({ part: "version", reason: reasonOf(error) });
        info = {};
      }
      const commands = rowsOf(info.supported_commands);
      const wanted = <T>(part: keyof typeof COMMANDS, ask: () => Promise<T>): Promise<T> | undefined => {
        if (commands.length === 0 || commands.some((one) => one.name === COMMANDS[part] && isOn(one.enabled)))
          return ask();
        missing.push({ part, reason: `the agent does not offer ${COMMANDS[part]}: disabled, or too old` });
        return undefined;
      };
      const parts = await takeParts(
        defined({
          config: getNodesQemuConfig(send, at),
          os: wanted("os", () => getNodesQemuAgentGetOsinfo(send, at)),
          hostname: wanted("hostname", () => getNodesQemuAgentGetHostName(send, at)),
          addresses: wanted("addresses", () => getNodesQemuAgentNetworkGetInterfaces(send, at)),
          filesystems: wanted("filesystems", () => getNodesQemuAgentGetFsinfo(send, at)),
          users: wanted("users", () => getNodesQemuAgentGetUsers(send, at)),
          timezone: wanted("timezone", () => getNodesQemuAgentGetTimezone(send, at)),
        }),
        missing,
      );
      const disabled = commands.filter((one) => !isOn(one.enabled)).map((one) => String(one.name));
      return {
        data: {
          ...head,
          ...ANSWERS,
          ...(info.version === undefined ? {} : { version: String(info.version) }),
          ...(disabled.length === 0 ? {} : { disabled: disabled.slice(0, MOST.commands) }),
          ...describe(parts),
          ...(missing.length === 0 ? {} : { incomplete: missing }),
        },
      };
    });
  },
});

/** Rows that each list of an answer has at most. */
const MOST = { commands: 60, addresses: 40, others: 40, filesystems: 40, users: 20 };

type Parts = Partial<Record<keyof typeof COMMANDS | "config", Answer | undefined>>;

function describe(parts: Parts) {
  const os = parts.os && osOf(resultOf(parts.os) as Row);
  const hostname = parts.hostname && (resultOf(parts.hostname) as Row)["host-name"];
  const timezone = parts.timezone && timezoneOf(resultOf(parts.timezone) as Row);
  const network =
    parts.addresses && guestAddresses(rowsOf(resultOf(parts.addresses)), parts.config?.data as Row | undefined);
  return {
    ...(hostname === undefined ? {} : { hostname: String(hostname) }),
    ...(os ? { os } : {}),
    ...(timezone === undefined ? {} : { timezone }),
    ...(network
      ? {
          addresses: table(["address", "interface", "nic"], network.addresses, MOST.addresses),
          ...(network.others.length === 0 ? {} : { otherInterfaces: network.others.slice(0, MOST.others) }),
        }
      : {}),
    ...(parts.filesystems ? { filesystems: filesystemsOf(rowsOf(resultOf(parts.filesystems))) } : {}),
    ...(parts.users ? { users: usersOf(rowsOf(resultOf(parts.users))) } : {}),
  };
}

const OS_KEYS = { id: "id", name: "pretty-name", version: "version", kernel: "kernel-release", machine: "machine" };

function osOf(row: Row): Record<string, string> {
  const named = { ...row, "pretty-name": row["pretty-name"] ?? row.name };
  return Object.fromEntries(
    Object.entries(OS_KEYS)
      .map(([name, key]) => [name, (named as Row)[key]] as const)
      .filter(([, value]) => typeof value === "string" && value !== "")
      .map(([name, value]) => [name, String(value)]),
  );
}

/** `UTC+02:00 (Europe/Berlin)`; the offset comes in seconds. */
function timezoneOf({ zone, offset }: Row): string {
  const seconds = Number(offset ?? 0);
  const minutes = Math.round(Math.abs(seconds) / 60);
  const clock = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");
  return `UTC${seconds < 0 ? "-" : "+"}${clock}${zone === undefined ? "" : ` (${zone})`}`;
}

/** Packages that are mounted as read-only images say nothing of space. */
const IMAGES = /^(?:squashfs|erofs)$/i;

function filesystemsOf(rows: readonly Row[]) {
  const shown = rows
    .filter((row) => !IMAGES.test(String(row.type)))
    .map((row) => ({
      mountpoint: String(row.mountpoint),
      type: row.type,
      total: figure(row["total-bytes"]),
      used: figure(row["used-bytes"]),
    }))
    .sort((a, b) => (a.mountpoint < b.mountpoint ? -1 : a.mountpoint > b.mountpoint ? 1 : 0));
  return table(["mountpoint", "type", "total", "used"], shown, MOST.filesystems);
}

/** Seconds since the epoch, at the end of the year 9999. */
const LATEST = 253_402_300_799;

function usersOf(rows: readonly Row[]) {
  const shown = rows.map((row) => {
    const seconds = Number(row["login-time"]);
    return {
      user: row.domain === undefined ? String(row.user) : `${row.domain}\\${row.user}`,
      // A guest may say anything, also what is no date.
      since: Math.abs(seconds) <= LATEST ? new Date(seconds * 1000).toISOString() : undefined,
    };
  });
  return table(["user", "since"], shown, MOST.users);
}

function figure(value: unknown): number | undefined {
  return value === undefined || value === null || !Number.isFinite(Number(value)) ? undefined : Number(value);
}

function isOn(value: unknown): boolean {
  return value === undefined || value === true || value === 1 || value === "1";
}

function defined<P extends Record<string, Promise<unknown> | undefined>>(parts: P) {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as {
    [K in keyof P]: NonNullable<P[K]>;
  };
}
