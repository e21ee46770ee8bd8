import { guestAddresses } from "../../agent/addresses.ts";
import { type Detector, type Evidence, type NextCall, type RankedCause, STAGE } from "../cause.ts";
import { configLine, logLine, quote, settled } from "../evidence.ts";
import type { VmFacts } from "../facts.ts";
import { cloudInitDump, networkList, updateConfig } from "../next-calls.ts";
import { cloudInitKeysOf, drivesOf, hostDevicesOf, type Nic, nicsOf } from "../vm-config.ts";

const bridges: Detector<VmFacts> = (facts) => {
  const line = logLine(facts, /bridge '([^']+)' does not exist|no physical interface on bridge '([^']+)'/);
  const wanted = new Map<string, string>();
  for (const { key, bridge } of nicsOf(facts.nextConfig ?? {})) if (bridge !== undefined) wanted.set(bridge, key);
  const causes: RankedCause[] = [];
  let up = 0;
  for (const [bridge, key] of wanted) {
    const mine = line && (line.match[1] ?? line.match[2]) === bridge ? line : undefined;
    const active = facts.bridges?.active.get(bridge);
    if (active === true) {
      up += 1;
      if (mine) causes.push(settled(facts, STAGE.bridge, mine, `bridge ${bridge} is up on ${facts.node}`));
      continue;
    }
    const absent = active === undefined && facts.bridges?.all === true;
    if (active === undefined && !absent && !mine) continue;
    causes.push({
      cause: active === false ? "bridge-down" : "bridge-missing",
      severity: "blocks",
      stage: STAGE.bridge,
      what:
        active === false
          ? `Bridge ${bridge} (${key}) is configured on ${facts.node} and not up.`
          : `Bridge ${bridge} (${key}) does not exist on ${facts.node}.`,
      evidence: [
        configLine(facts, key),
        ...(facts.bridges && (active === false || absent)
          ? [
              {
                where: `GET /nodes/${facts.node}/network?type=any_bridge`,
                says: active === false ? `${bridge} not active` : `only ${names(facts.bridges.active)}`,
              },
            ]
          : []),
        ...(mine ? [quote(mine)] : []),
      ],
      next: networkList(facts, `Point ${key} to a bridge that is there, or make ${bridge} on ${facts.node}.`),
    });
  }
  if (causes.length > 0) return { causes };
  return wanted.size > 0 && up === wanted.size
    ? { fine: `bridge ${[...wanted.keys()].sort().join(", ")} up` }
    : undefined;
};

function names(known: ReadonlyMap<string, boolean>): string {
  return known.size === 0 ? "none" : [...known.keys()].sort().slice(0, 10).join(", ");
}

/** Addresses of the guest that others can reach: not its own loopback, link-local ones or those of containers inside. */
export function addressesOf(facts: VmFacts): string[] {
  return guestAddresses(facts.agent?.interfaces ?? [], facts.config)
    .addresses.filter(({ linkLocal }) => !linkLocal)
    .map(({ address }) => address);
}

/** What is wrong with a card as it is configured. */
function faultOf(facts: VmFacts, nic: Nic): Omit<RankedCause, "severity" | "stage" | "evidence"> | undefined {
  if (nic.linkDown) {
    return {
      cause: "link-down",
      what: `The cable of ${nic.key} is unplugged (link_down).`,
      next: updateConfig(facts, { [nic.key]: { link_down: 0 } }),
    };
  }
  if (nic.bridge === undefined) {
    return {
      cause: "nic-without-bridge",
      what: `${nic.key} is on no bridge, so that nothing reaches the guest from outside.`,
      next: networkList(facts, `Then set bridge= in ${nic.key}, its MAC kept.`),
    };
  }
  return undefined;
}

/** Cards that lead nowhere by their configuration. */
const nics: Detector<VmFacts> = (facts) => {
  const { config } = facts;
  if (!config || facts.template) return undefined;
  const all = nicsOf(config);
  // A card that is passed through is none of these.
  const passed = hostDevicesOf(config, "hostpci").length > 0;
  const reached = addressesOf(facts).length > 0;
  const usable = passed || all.some((nic) => faultOf(facts, nic) === undefined);
  const severity = reached || usable ? "info" : "warning";
  if (all.length === 0) {
    return {
      causes: [
        {
          cause: "no-nic",
          severity,
          stage: STAGE.address,
          what: "It has no network card.",
          evidence: [{ where: "config net0", says: "not set" }],
          next: networkList(facts, "Then proxmox_vm_update_config adds net0, e.g. virtio,bridge=vmbr0."),
        },
      ],
    };
  }
  const causes = all.flatMap((nic): RankedCause[] => {
    const fault = faultOf(facts, nic);
    return fault ? [{ ...fault, severity, stage: STAGE.address, evidence: [configLine(facts, nic.key)] }] : [];
  });
  return causes.length > 0 ? { causes } : undefined;
};

/** The agent answers, and tells of no address that others could use. */
const address: Detector<VmFacts> = (facts) => {
  if (facts.agent?.interfaces === undefined || !facts.config) return undefined;
  const found = addressesOf(facts);
  if (found.length > 0) return { fine: `addresses ${found.slice(0, 3).join(", ")}` };
  const { addresses, others } = guestAddresses(facts.agent.interfaces, facts.config);
  const evidence: Evidence[] = [
    {
      where: "agent network-get-interfaces",
      says: addresses.map(({ address, interface: on }) => `${on}: ${address}`).join("; ") || "no address on any card",
    },
    ...(others.length > 0 ? [{ where: "agent, interfaces that exist inside only", says: others.join(", ") }] : []),
  ];
  const all = nicsOf(facts.config);
  const dead = all.find((nic) => faultOf(facts, nic) !== undefined);
  const young = (facts.run?.uptime ?? 0) < BOOTING_SECONDS;
  return {
    causes: [
      {
        cause: "no-address",
        severity: young ? "info" : "warning",
        stage: STAGE.address,
        what: young
          ? "The guest has no address yet; it runs for less than two minutes."
          : "The guest runs and has no address that others could reach.",
        evidence: [...evidence, ...why(facts)],
        next: dead ? faultOf(facts, dead)!.next : nextForAddress(facts),
      },
    ],
  };
};

/** How long a guest may take to boot and get its address. */
export const BOOTING_SECONDS = 120;

function why(facts: VmFacts): Evidence[] {
  const config = facts.config ?? {};
  return Object.keys(config)
    .filter((key) => /^ipconfig\d+$/.test(key))
    .slice(0, 2)
    .map((key) => configLine(facts, key));
}

function nextForAddress(facts: VmFacts): NextCall {
  const config = facts.config ?? {};
  const configured = drivesOf(config).some(({ kind }) => kind === "cloudinit") || cloudInitKeysOf(config).length > 0;
  if (configured) return cloudInitDump(facts, "Compare what the guest was told with what it has.");
  return networkList(
    facts,
    "Look whether its bridge and VLAN lead to a DHCP server; else the guest's own network settings.",
  );
}

/** Bridges, cards and addresses. */
export const networkDetectors = { bridges, nics, address };
