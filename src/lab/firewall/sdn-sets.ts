import { type Call, checkOf } from "../routes/route.ts";
import type { ClusterState } from "../state/cluster.ts";

/** Sets that each running virtual network brings along: suffix and comment. */
const PER_VNET: readonly [suffix: string, comment: (vnet: string) => string][] = [
  ["all", (vnet) => `Subnets of ${vnet}`],
  ["gateway", (vnet) => `Gateways of ${vnet}`],
  ["no-gateway", (vnet) => `Subnets of ${vnet} without its gateways`],
  ["dhcp", (vnet) => `Addresses that DHCP gives out in ${vnet}`],
];

/** Address sets that follow from the software-defined network, by name with comment; a caller's are those he may see. */
export function sdnSets(state: ClusterState, call?: Call): Map<string, string | undefined> {
  const { sdn } = state.datacenter;
  const check = call && checkOf(call);
  const sets = new Map<string, string | undefined>();
  for (const [vnet, { zone }] of Object.entries(sdn.runningOf("vnets"))) {
    if (check?.any(`/sdn/zones/${String(zone)}/${vnet}`, ["SDN.Audit", "SDN.Allocate"], true) === false) continue;
    for (const [suffix, comment] of PER_VNET) sets.set(`${vnet}-${suffix}`, comment(vnet));
  }
  for (const { vmid } of sdn.ips)
    if (vmid !== undefined && check?.all(`/vms/${vmid}`, ["VM.Audit"], true) !== false)
      sets.set(`guest-ipam-${vmid}`, undefined);
  return sets;
}
