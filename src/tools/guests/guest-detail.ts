import * as z from "zod";
import { incomplete } from "../arguments.ts";
import type { FoundGuest } from "./resolve.ts";

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

type Row = Readonly<Record<string, unknown>>;

/** The parts of a guest's detail that were had; a missing one stays away from the answer. */
interface GuestParts {
  status?: { data: unknown } | undefined;
  config?: { data: unknown } | undefined;
  pending?: { data: unknown } | undefined;
  snapshots?: { data: unknown } | undefined;
}

/** Puts the parts of a guest together. */
export function guestDetail(
  { cluster, guest }: FoundGuest,
  at: { node: string; vmid: number },
  parts: GuestParts,
  missing: NonNullable<GuestDetail["incomplete"]>,
): GuestDetail {
  const status = (parts.status?.data ?? {}) as Row;
  const ha = haOf(status);
  const name = (status.name ?? guest.name) as string | undefined;
  return {
    cluster: cluster.name,
    vmid: at.vmid,
    ...(name === undefined ? {} : { name }),
    node: at.node,
    status: String(status.status ?? guest.status ?? "unknown"),
    ...(typeof status.lock === "string" ? { lock: status.lock } : {}),
    ...(ha ? { ha } : {}),
    ...(parts.status ? { usage: usageOf(status) } : {}),
    ...(parts.config ? splitConfig(parts.config.data as Row) : {}),
    ...(parts.pending ? { pending: pendingOf(rowsOf(parts.pending.data)) } : {}),
    ...(parts.snapshots ? { snapshots: countSnapshots(rowsOf(parts.snapshots.data)) } : {}),
    ...(missing.length > 0 ? { incomplete: missing } : {}),
  };
}

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

function usageOf(status: Row): Record<string, unknown> {
  return Object.fromEntries(USAGE.filter((key) => status[key] !== undefined).map((key) => [key, figure(status[key])]));
}

/** A list without entries comes as null at times (pve-facts 29). */
function rowsOf(data: unknown): readonly Row[] {
  return (data ?? []) as readonly Row[];
}

/** Figures that the schema does not name come as texts at times (pve-facts 28). */
function figure(value: unknown): unknown {
  return typeof value === "string" && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
}

function haOf(status: Row): Record<string, unknown> | undefined {
  const ha = status.ha as Row | undefined;
  return ha && (ha.managed === 1 || ha.managed === true) ? { ...ha } : undefined;
}

/** The entries of `/pending` that differ from what runs. */
function pendingOf(rows: readonly Row[]): Record<string, unknown>[] {
  return rows.filter((row) => row.pending !== undefined || row.delete !== undefined).map((row) => ({ ...row }));
}

/** The list always holds the pseudo entry `current` (pve-facts 93). */
function countSnapshots(rows: readonly Row[]): number {
  return rows.filter((row) => row.name !== "current").length;
}

function splitConfig(config: Row): { config: Record<string, unknown>; digest?: string } {
  const { digest, ...rest } = config;
  return { config: rest, ...(typeof digest === "string" ? { digest } : {}) };
}
