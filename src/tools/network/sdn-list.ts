import * as z from "zod";
import {
  getClusterSdnControllers,
  getClusterSdnVnets,
  getClusterSdnVnetsSubnets,
  getClusterSdnZones,
} from "../../../generated/clients/cluster-sdn.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { cluster, type Incomplete } from "../arguments.ts";
import { type Columns, columnar, listArguments, listOutput } from "../columnar.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { askClusters, clusterColumn, reasonOf, takeParts } from "../gather.ts";
import { SDN_KINDS, type SdnKind, type SdnObject, sdnObject, zoneStates } from "./sdn-object.ts";

const column = (name: keyof SdnObject, extra?: true) => ({
  value: (row: SdnObject) => row[name],
  ...(extra ? { extra } : {}),
});

const COLUMNS = {
  cluster: column("cluster", true),
  kind: column("kind"),
  id: column("id"),
  type: column("type"),
  zone: column("zone"),
  vnet: column("vnet"),
  state: { value: (row: SdnObject) => row.state ?? "applied" },
  settings: column("settings"),
  changes: column("changes"),
  nodes: column("nodes"),
} satisfies Columns<SdnObject>;

/** Vnets whose subnets are asked for: the API has them by vnet only. */
const VNETS = 100;

/** Problems that are named one by one. */
const PROBLEMS = 20;

export default defineTool({
  name: "proxmox_sdn_list",
  title: "List SDN objects",
  description:
    "List the software-defined network: zones, vnets, subnets, controllers; what runs, what waits to be applied, and each zone's state on the nodes.",
  toolset: "network",
  class: "read",
  idempotent: true,
  input: z.strictObject({
    cluster,
    kind: z.enum(SDN_KINDS).optional(),
    zone: z.string().optional(),
    ...listArguments(COLUMNS),
  }),
  output: z.object({
    ...listOutput,
    waiting: z.int().describe("Objects with changes that are not applied yet"),
    problems: z.array(z.string()).optional(),
    unavailable: z.array(z.object({ cluster: z.string(), reason: z.string() })).optional(),
  }),
  async run(context, input) {
    const { answers, missing } = await askClusters(context, input.cluster, (one) => look(context, one, input));
    const gaps = [
      ...missing,
      ...answers.flatMap(({ cluster: { name }, answer }) => answer.missing.map((gap) => ({ cluster: name, ...gap }))),
    ];
    const rows = answers.flatMap(({ answer }) => answer.objects);
    const problems = answers.flatMap(({ answer }) => answer.problems);
    const unavailable = answers.flatMap(({ cluster: { name }, answer }) =>
      answer.unavailable === undefined ? [] : [{ cluster: name, reason: answer.unavailable }],
    );
    return {
      data: {
        ...columnar(
          COLUMNS,
          rows,
          (row) => [row.cluster, SDN_KINDS.indexOf(row.kind), row.id],
          input,
          gaps,
          clusterColumn(context, input.cluster),
        ),
        waiting: rows.filter(({ state }) => state !== undefined).length,
        ...(problems.length > 0 ? { problems: firstOf(problems) } : {}),
        ...(unavailable.length > 0 ? { unavailable } : {}),
      },
    };
  },
});

function firstOf(problems: readonly string[]): string[] {
  const more = problems.length - PROBLEMS;
  return more > 0 ? [...problems.slice(0, PROBLEMS), `and ${more} more: set zone`] : [...problems];
}

interface Look {
  objects: SdnObject[];
  problems: string[];
  missing: NonNullable<Incomplete>;
  /** Why this host has no software-defined network at all. */
  unavailable?: string;
}

async function look(context: ToolContext, one: ToolCluster, input: { kind?: SdnKind; zone?: string }): Promise<Look> {
  const wants = (...kinds: SdnKind[]) => input.kind === undefined || kinds.includes(input.kind);
  const missing: NonNullable<Incomplete> = [];
  // Its failure is caught here and now, as nobody waits for it while the others fail.
  const states = one.cluster.resources.get(one.caller, { signal: context.signal }).then(
    (snapshot) => zoneStates(snapshot, input.zone),
    (error: unknown) => {
      missing.push({ part: "state of the zones on the nodes", reason: reasonOf(error) });
      return { texts: new Map<string, string>(), problems: [] };
    },
  );
  const pending = { pending: true };
  const asked: Partial<Record<"zones" | "vnets" | "controllers", Promise<{ data: unknown }>>> = {
    ...(wants("zone") ? { zones: getClusterSdnZones(one.send, pending) } : {}),
    ...(wants("vnet", "subnet") ? { vnets: getClusterSdnVnets(one.send, pending) } : {}),
    // A controller belongs to no zone.
    ...(wants("controller") && (input.zone === undefined || input.kind === "controller")
      ? { controllers: getClusterSdnControllers(one.send, pending) }
      : {}),
  };
  let parts: Partial<Record<keyof typeof asked, { data: unknown } | undefined>>;
  try {
    parts = await takeParts(asked as Record<string, Promise<{ data: unknown }>>, missing);
  } catch (error) {
    if (!isAbsent(error)) throw error;
    return { objects: [], problems: [], missing: [], unavailable: `no SDN on this host: ${error.message}` };
  }
  const rows = (kind: SdnKind, answer: { data: unknown } | undefined) =>
    ((answer?.data ?? []) as Record<string, unknown>[]).map((row) => sdnObject(one.name, kind, row));
  const vnets = rows("vnet", parts.vnets).filter(({ zone }) => input.zone === undefined || zone === input.zone);
  const subnets = wants("subnet") ? await subnetsOf(one, vnets, missing) : [];
  const { texts, problems } = await states;
  const zones = rows("zone", parts.zones)
    .filter(({ id }) => input.zone === undefined || id === input.zone)
    .map((zone) => ({ ...zone, ...(texts.has(zone.id) ? { nodes: texts.get(zone.id)! } : {}) }));
  return {
    objects: [...zones, ...(wants("vnet") ? vnets : []), ...subnets, ...rows("controller", parts.controllers)],
    problems,
    missing,
  };
}

/** A host without the packages of the software-defined network does not know its paths. */
function isAbsent(error: unknown): error is ProxmoxMcpError {
  return error instanceof ProxmoxMcpError && error.code === "not-implemented";
}

async function subnetsOf(
  one: ToolCluster,
  vnets: readonly SdnObject[],
  missing: NonNullable<Incomplete>,
): Promise<SdnObject[]> {
  const there = vnets.filter(({ state }) => state !== "deleted");
  for (const { id } of vnets.filter(({ state }) => state === "deleted")) {
    missing.push({ part: `subnets of ${id}`, reason: "the vnet waits for its deletion, and cannot be asked any more" });
  }
  if (there.length > VNETS) {
    missing.push({ part: "subnets", reason: `of ${there.length} vnets, only the first ${VNETS} were asked: set zone` });
  }
  const lists = await Promise.all(
    there.slice(0, VNETS).map(async ({ id, zone }) => {
      try {
        const { data } = await getClusterSdnVnetsSubnets(one.send, { vnet: id, pending: true });
        return (data ?? []).map((row) =>
          sdnObject(one.name, "subnet", { vnet: id, ...(zone === undefined ? {} : { zone }), ...row }),
        );
      } catch (error) {
        missing.push({ part: `subnets of ${id}`, reason: reasonOf(error) });
        return [];
      }
    }),
  );
  return lists.flat();
}
