import { getNodesQemuConfig, getNodesQemuPending } from "../../../generated/clients/nodes-qemu.ts";
import type { Send } from "../../schema/operation.ts";
import type { CurrentConfig } from "./config-edit.ts";
import { shownValue } from "./shown-value.ts";

type At = { node: string; vmid: number };

/** One option before and after; nothing where it comes or goes. */
export interface OptionChange {
  key: string;
  from?: string;
  to?: string;
}

/** A configuration as it will be at the next start, and its digest. */
export async function readConfig(send: Send, at: At): Promise<{ current: CurrentConfig; digest?: string }> {
  const { digest, ...config } = (await getNodesQemuConfig(send, at)).data as Record<string, unknown>;
  return { current: texts(config), ...(typeof digest === "string" ? { digest } : {}) };
}

/** A configuration as it will be at the next start, and what of it waits until then. */
export async function readPending(send: Send, at: At): Promise<{ next: CurrentConfig; pending: OptionChange[] }> {
  const rows = ((await getNodesQemuPending(send, at)).data ?? []) as readonly Readonly<Record<string, unknown>>[];
  const next: Record<string, string> = {};
  const pending: OptionChange[] = [];
  for (const { key, value, pending: waiting, delete: goes } of rows) {
    if (typeof key !== "string" || key === "digest") continue;
    const now = value === undefined || value === null ? undefined : String(value);
    const isGoing = goes !== undefined && goes !== null && Number(goes) > 0;
    const then = isGoing ? undefined : waiting === undefined || waiting === null ? now : String(waiting);
    if (then !== undefined) next[key] = then;
    if (isGoing || (waiting !== undefined && waiting !== null)) pending.push(rowOf(key, now, then));
  }
  return { next, pending: pending.sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

function rowOf(key: string, from: string | undefined, to: string | undefined): OptionChange {
  return {
    key,
    ...(from === undefined ? {} : { from: shownValue(key, from) }),
    ...(to === undefined ? {} : { to: shownValue(key, to) }),
  };
}

function texts(config: Readonly<Record<string, unknown>>): CurrentConfig {
  const entries = Object.entries(config).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}

/** Options that Proxmox changes along with others. */
const ALONG = /^(?:unused\d+|boot|bootdisk|machine)$/;

/** What became different between two readings, in the options named and in those that Proxmox changes along with them. */
export function differences(before: CurrentConfig, after: CurrentConfig, named: readonly string[]): OptionChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((key) => before[key] !== after[key] && (named.includes(key) || ALONG.test(key)))
    .sort()
    .map((key) => rowOf(key, before[key], after[key]));
}
