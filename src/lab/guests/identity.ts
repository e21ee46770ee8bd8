import { randomBytes, randomUUID } from "node:crypto";
import type { ClusterState } from "../state/cluster.ts";
import { parsePairs, printPairs } from "./pairs.ts";

/** The prefix of MAC addresses that a cluster hands out when its options name no other. */
const MAC_PREFIX = "BC:24:11";

/** A new MAC address below the cluster's prefix. */
export function newMac(state: ClusterState): string {
  const prefix = String(state.options.mac_prefix ?? MAC_PREFIX).toUpperCase();
  const missing = 6 - prefix.split(":").length;
  const random = [...randomBytes(missing)].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase());
  return [prefix, ...random].join(":");
}

export function newUuid(): string {
  return randomUUID();
}

const MODELS = new Set(
  (
    "e1000 e1000-82540em e1000-82544gc e1000-82545em e1000e i82551 i82557b i82559er ne2k_isa ne2k_pci pcnet rtl8139 " +
    "virtio vmxnet3"
  ).split(" "),
);

/** The members of a VM's network interface, `model` and `macaddr` among them. */
export function parseNet(text: string): Map<string, string> {
  const net = parsePairs(text, "model");
  for (const [key, value] of [...net])
    if (MODELS.has(key)) {
      net.delete(key);
      net.set("model", key);
      net.set("macaddr", value);
    }
  return net;
}

/** Writes an interface back; one without an address gets a new one (pve-facts 14). */
export function printNet(state: ClusterState, net: ReadonlyMap<string, string>): string {
  const rest = new Map(net);
  const model = `${rest.get("model")}=${rest.get("macaddr") ?? newMac(state)}`;
  rest.delete("macaddr");
  return printPairs(rest.set("model", model), "model");
}

/** An interface with a new address. */
export function withNewMac(state: ClusterState, text: string): string {
  const net = parseNet(text);
  net.delete("macaddr");
  return printNet(state, net);
}

/** An SMBIOS setting with a new UUID. */
export function withNewUuid(text: string | undefined): string {
  return printPairs(parsePairs(text ?? "", "uuid=").set("uuid", newUuid()), "uuid=");
}
