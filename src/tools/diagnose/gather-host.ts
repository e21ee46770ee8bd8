import {
  getClusterMappingPci,
  getClusterMappingPciById,
  getClusterMappingUsb,
  getClusterMappingUsbById,
} from "../../../generated/clients/cluster-mapping.ts";
import { getNodesHardwarePci } from "../../../generated/clients/nodes-hardware.ts";
import { getNodesNetwork } from "../../../generated/clients/nodes-network.ts";
import { getNodesStatus } from "../../../generated/clients/nodes-status.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { Incomplete } from "../arguments.ts";
import type { ToolCluster } from "../context.ts";
import { reasonOf } from "../gather.ts";
import type { HostFact, MappingFact, VmFacts } from "./facts.ts";
import { holds } from "./rights.ts";
import { hostDevicesOf, nicsOf, type VmConfig } from "./vm-config.ts";

type Row = Readonly<Record<string, unknown>>;
type Missing = NonNullable<Incomplete>;

/** What the node has of what the VM wants: processors and memory for a start, devices, bridges. */
export async function readHost(
  cluster: ToolCluster,
  { node }: { node: string },
  config: VmConfig,
  facts: VmFacts,
  missing: Missing,
  { stopped }: { stopped: boolean },
): Promise<void> {
  const pci = hostDevicesOf(config, "hostpci");
  const usb = hostDevicesOf(config, "usb");
  const wanted = nicsOf(config).flatMap(({ bridge }) => bridge ?? []);
  const attempt = async (part: string, needed: boolean, work: () => Promise<void>) => {
    if (!needed) return;
    try {
      await work();
    } catch (error) {
      missing.push({ part, reason: reasonOf(error) });
    }
  };
  const mapped = (devices: typeof pci) => devices.flatMap(({ mapping }) => mapping ?? []);
  await Promise.all([
    attempt("node status", stopped && !facts.template, async () => {
      facts.host = hostOf((await getNodesStatus(cluster.send, { node })).data as unknown as Row);
    }),
    attempt("bridges", wanted.length > 0, async () => {
      const bridges = await bridgesOf(cluster, node, wanted, missing);
      if (bridges) facts.bridges = bridges;
    }),
    attempt("PCI mappings", mapped(pci).length > 0, async () => {
      const { data } = await getClusterMappingPci(cluster.send, { "check-node": node });
      facts.pciMappings = await mappingsOf(rowsOf(data), mapped(pci), missing, (id) =>
        getClusterMappingPciById(cluster.send, { id }),
      );
    }),
    attempt("USB mappings", mapped(usb).length > 0, async () => {
      const { data } = await getClusterMappingUsb(cluster.send, { "check-node": node });
      facts.usbMappings = await mappingsOf(rowsOf(data), mapped(usb), missing, (id) =>
        getClusterMappingUsbById(cluster.send, { id }),
      );
    }),
    attempt(
      "PCI devices",
      pci.some(({ hosts }) => hosts.length > 0),
      async () => {
        // Classes that are hidden by default can be passed through as well.
        const { data } = await getNodesHardwarePci(cluster.send, { node, "pci-class-blacklist": "" });
        facts.pciDevices = new Set(rowsOf(data).map(({ id }) => String(id).toLowerCase()));
      },
    ),
  ]);
}

function rowsOf(data: unknown): readonly Row[] {
  return (data ?? []) as readonly Row[];
}

function hostOf(status: Row): HostFact {
  const cpu = (status.cpuinfo ?? {}) as Row;
  const memory = (status.memory ?? {}) as Row;
  const figure = (value: unknown) => (value === undefined || value === null ? undefined : Number(value));
  const free = figure(memory.available) ?? figure(memory.free);
  const [cpus, total] = [figure(cpu.cpus), figure(memory.total)];
  return {
    ...(cpu.hvm === undefined || cpu.hvm === null ? {} : { hvm: cpu.hvm !== "" && Number(cpu.hvm) !== 0 }),
    ...(cpus === undefined ? {} : { cpus }),
    ...(total === undefined ? {} : { memoryTotal: total }),
    ...(free === undefined ? {} : { memoryFree: free }),
  };
}

/**
 * The bridges of the node. The list leaves out those that the token has no right to, without a word (pve-facts 27):
 * where one is missing, the token's rights tell whether that means anything.
 */
async function bridgesOf(
  cluster: ToolCluster,
  node: string,
  wanted: readonly string[],
  missing: Missing,
): Promise<VmFacts["bridges"]> {
  const { data } = await getNodesNetwork(cluster.send, { node, type: "any_bridge" });
  if (!Array.isArray(data)) {
    missing.push({ part: "bridges", reason: "the answer is empty" });
    return undefined;
  }
  const active = new Map(
    rowsOf(data).map((row) => [String(row.iface), row.active === 1 || row.active === true || row.active === "1"]),
  );
  const hidden = wanted.filter((bridge) => !active.has(bridge));
  if (hidden.length === 0) return { all: true, active };
  const path = "/sdn/zones";
  const all = await holds(cluster, path, ["SDN.Audit", "SDN.Use", "SDN.Allocate"]);
  if (!all) {
    missing.push({
      part: `bridge ${hidden.join(", ")}`,
      reason: `not visible; without SDN.Audit on ${path} that does not mean that it is not there`,
    });
  }
  return { all, active };
}

/** Each wanted mapping as the node sees it; one that the list lacks is asked for by name, to tell hidden from absent. */
async function mappingsOf(
  rows: readonly Row[],
  wanted: readonly string[],
  missing: Missing,
  ask: (id: string) => Promise<unknown>,
): Promise<ReadonlyMap<string, MappingFact>> {
  const found = new Map<string, MappingFact>();
  for (const id of new Set(wanted)) {
    const row = rows.find((one) => one.id === id);
    if (row) {
      const checks = rowsOf(row.checks ?? row.errors);
      const complaint = checks.map(({ message }) => String(message ?? "").trim()).find((text) => text !== "");
      found.set(id, { defined: true, ...(complaint === undefined ? {} : { complaint }) });
      continue;
    }
    try {
      await ask(id);
      missing.push({ part: `mapping ${id}`, reason: "it is there, and the list with its checks does not show it" });
    } catch (error) {
      if (error instanceof ProxmoxMcpError && error.code === "not-found") found.set(id, { defined: false });
      else missing.push({ part: `mapping ${id}`, reason: reasonOf(error) });
    }
  }
  return found;
}
