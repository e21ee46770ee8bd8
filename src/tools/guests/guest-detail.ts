import * as z from "zod";
import { incomplete } from "../arguments.ts";

const record = z.record(z.string(), z.unknown());

/** What proxmox_vm_get and proxmox_lxc_get answer with. */
export const guestDetailOutput = z.object({
  cluster: z.string(),
  vmid: z.int(),
  name: z.string().optional(),
  node: z.string(),
  status: z.string().describe("running or stopped; unknown when its node is offline"),
  lock: z.string().optional(),
  ha: record.optional().describe("HA state, when it is managed"),
  agent: z.boolean().optional().describe("The agent option is on"),
  usage: record.optional().describe("Sizes in bytes, uptime in seconds"),
  config: record.optional(),
  digest: z.string().optional(),
  pending: z.array(record).optional().describe("Changes that wait for the next start"),
  snapshots: z.int().optional(),
  addresses: z.array(record).optional(),
  incomplete,
});

export type GuestDetail = z.output<typeof guestDetailOutput>;

const USAGE = [
  "cpu",
  "cpus",
  "mem",
  "maxmem",
  "disk",
  "maxdisk",
  "swap",
  "maxswap",
  "uptime",
  "pid",
  "qmpstatus",
  "netin",
  "netout",
];

type Row = Readonly<Record<string, unknown>>;

/** The measured part of a guest's status. */
export function usageOf(status: Row): Record<string, unknown> {
  return Object.fromEntries(USAGE.filter((key) => status[key] !== undefined).map((key) => [key, status[key]]));
}

/** Its HA state, when HA manages it. */
export function haOf(status: Row): Record<string, unknown> | undefined {
  const ha = status.ha as Row | undefined;
  return ha && (ha.managed === 1 || ha.managed === true) ? { ...ha } : undefined;
}

/** The entries of `/pending` that differ from what runs. */
export function pendingOf(rows: readonly Row[]): Record<string, unknown>[] {
  return rows.filter((row) => row.pending !== undefined || row.delete !== undefined).map((row) => ({ ...row }));
}

/** The configuration without its digest, which stands apart. */
export function splitConfig(config: Row): { config: Record<string, unknown>; digest?: string } {
  const { digest, ...rest } = config;
  return { config: rest, ...(typeof digest === "string" ? { digest } : {}) };
}
