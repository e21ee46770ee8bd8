import * as z from "zod";
import type { GuestResource, ResourceSnapshot } from "../../pve/cluster.ts";
import { cluster, node } from "../arguments.ts";
import { type Columns, columnar, globMatches, type ListAnswer, listArguments } from "../columnar.ts";
import type { ToolContext } from "../context.ts";
import { askClusters, clusterColumn } from "../gather.ts";
import { nodeGaps } from "../inventory/resolve-node.ts";
import type { GuestKind } from "./resolve.ts";

/** A guest as a row of a list. */
export interface GuestRow {
  cluster: string;
  guest: GuestResource;
}

/** A column of a guest list; an extra one is shown only when asked for. */
export const column = (value: (guest: GuestResource) => string | number | boolean | undefined, extra?: true) => ({
  value: ({ guest }: GuestRow) => value(guest),
  ...(extra ? { extra } : {}),
});

const COLUMNS = {
  cluster: { value: (row: GuestRow) => row.cluster, extra: true as const },
  vmid: column((guest) => guest.vmid),
  name: column((guest) => guest.name),
  node: column((guest) => guest.node),
  status: column((guest) => guest.status),
  maxcpu: column((guest) => guest.maxcpu),
  cpu: column((guest) => (guest.cpu === undefined ? undefined : Math.round(guest.cpu * 1000) / 1000)),
  maxmem: column((guest) => guest.maxmem),
  tags: column((guest) => guest.tags),
  // Long numbers cost the most: with this one too, 200 guests would not fit an answer.
  mem: column((guest) => guest.mem, true),
  maxdisk: column((guest) => guest.maxdisk, true),
  uptime: column((guest) => guest.uptime, true),
  pool: column((guest) => guest.pool, true),
  lock: column((guest) => guest.lock, true),
  hastate: column((guest) => guest.hastate, true),
  template: column((guest) => guest.template === true, true),
} satisfies Columns<GuestRow>;

/** What every list of guests can be narrowed by. */
export const guestFilters = {
  cluster,
  node: node.optional(),
  tag: z.string().optional(),
  pool: z.string().optional(),
  name: z.string().optional().describe("Glob, e.g. web-*"),
};

/** Arguments of the two guest lists. */
export const guestListInput = z.strictObject({
  ...guestFilters,
  status: z.enum(["running", "stopped", "paused", "suspended", "unknown"]).optional(),
  template: z.boolean().default(false).describe("List templates instead of guests"),
  ...listArguments(COLUMNS),
});

/** The guests of one kind that the resource index shows. */
export function listGuests(
  context: ToolContext,
  kind: GuestKind,
  input: z.output<typeof guestListInput>,
): Promise<ListAnswer> {
  return listFittingGuests(context, COLUMNS, kind, input);
}

/** What a list of guests is asked for. */
export interface GuestFilter {
  cluster?: string;
  node?: string;
  status?: string;
  tag?: string;
  pool?: string;
  name?: string;
  template: boolean;
}

/** One page of the guests that fit; one upstream request a cluster at most. */
export async function listFittingGuests(
  context: ToolContext,
  columns: Columns<GuestRow>,
  kind: GuestKind,
  input: GuestFilter & { fields?: readonly string[]; limit: number; cursor?: string },
): Promise<ListAnswer> {
  const { answers, missing } = await askClusters(context, input.cluster, (one) =>
    one.cluster.resources.get(one.caller, { signal: context.signal }),
  );
  const gaps = [...missing, ...nodeGaps(answers, input.node, missing.length === 0)];
  const parts = answers.map(({ cluster: { name }, answer }) => guestRows(name, answer, kind, input.template));
  // The same array as long as the snapshot is the same, whose order columnar knows by then.
  const all = parts.length === 1 ? parts[0]! : parts.flat();
  const rows = FILTERS.some((name) => input[name] !== undefined) ? all.filter(({ guest }) => fits(guest, input)) : all;
  return columnar(
    columns,
    rows,
    (row) => [row.cluster, row.guest.vmid],
    input,
    gaps,
    clusterColumn(context, input.cluster),
  );
}

const shown = new WeakMap<ResourceSnapshot, Map<string, readonly GuestRow[]>>();

/** All guests of a kind as rows, or all templates; made once for a snapshot. */
function guestRows(
  cluster: string,
  snapshot: ResourceSnapshot,
  kind: GuestKind,
  template: boolean,
): readonly GuestRow[] {
  const kinds = shown.get(snapshot) ?? new Map<string, readonly GuestRow[]>();
  shown.set(snapshot, kinds);
  const key = `${kind} ${template}`;
  const rows =
    kinds.get(key) ??
    [...snapshot.guests.values()]
      .filter((guest) => guest.type === kind && (guest.template === true) === template)
      .map((guest): GuestRow => ({ cluster, guest }));
  kinds.set(key, rows);
  return rows;
}

const FILTERS = ["node", "status", "pool", "tag", "name"] as const satisfies readonly (keyof GuestFilter)[];

function fits(guest: GuestResource, input: GuestFilter): boolean {
  return (
    (input.node === undefined || guest.node === input.node) &&
    (input.status === undefined || guest.status === input.status) &&
    (input.pool === undefined || guest.pool === input.pool) &&
    (input.tag === undefined || (guest.tags ?? "").split(/[;, ]+/).includes(input.tag)) &&
    (input.name === undefined || globMatches(input.name, guest.name ?? ""))
  );
}
