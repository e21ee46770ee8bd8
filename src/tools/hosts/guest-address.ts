import { getNodesLxcConfig, getNodesLxcInterfaces } from "../../../generated/clients/nodes-lxc.ts";
import { getNodesQemuAgentNetworkGetInterfaces, getNodesQemuConfig } from "../../../generated/clients/nodes-qemu.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { Cluster } from "../../pve/cluster.ts";
import type { Send } from "../../schema/operation.ts";
import { guestAddresses } from "../agent/addresses.ts";
import { type Row, resultOf, rowsOf } from "../agent/report.ts";
import type { ToolContext } from "../context.ts";
import { reasonOf } from "../gather.ts";
import { atGuest, type FoundGuest } from "../guests/resolve.ts";

/** Nobody says where the guest is. */
class GuestAddressError extends ProxmoxMcpError {
  constructor({ guest }: FoundGuest, entry: string, why: string) {
    super({
      code: "guest-address-unknown",
      message: `The address of guest ${guest.vmid} is not known: ${why}. Nothing was sent to it.`,
      next: `Let the operator set address of ${entry} in PROXMOX_SHELL_SSH_GUESTS_FILE${guest.type === "qemu" ? ", or install the guest agent" : ""}.`,
      data: { vmid: guest.vmid },
    });
  }
}

/** Milliseconds for which what a guest told is believed. */
const FRESH_MS = 60_000;
const known = new WeakMap<Cluster, Map<number, { at: number; address: string }>>();

/** The address that a guest tells by its agent, or by its container's interfaces; link-local ones do not count. */
export async function findAddress(context: ToolContext, found: FoundGuest, entry: string): Promise<string> {
  const { cluster: one, guest } = found;
  const told = known.get(one.cluster) ?? new Map<number, { at: number; address: string }>();
  known.set(one.cluster, told);
  const before = told.get(guest.vmid);
  if (before && Date.now() - before.at < FRESH_MS) return before.address;
  let addresses: string[];
  try {
    addresses = await atGuest(context, found, (at) =>
      guest.type === "qemu" ? ofVm(one.send, at) : ofLxc(one.send, at),
    );
  } catch (error) {
    if (!(error instanceof ProxmoxMcpError)) throw error;
    throw new GuestAddressError(found, entry, reasonOf(error).replace(/\.$/, ""));
  }
  const [address] = addresses;
  if (address === undefined) throw new GuestAddressError(found, entry, "it tells none");
  told.set(guest.vmid, { at: Date.now(), address });
  return address;
}

type At = { node: string; vmid: number };

async function ofVm(send: Send, at: At): Promise<string[]> {
  const [{ data: config }, interfaces] = await Promise.all([
    getNodesQemuConfig(send, at),
    getNodesQemuAgentNetworkGetInterfaces(send, at),
  ]);
  return outer(rowsOf(resultOf(interfaces)), config as Row);
}

async function ofLxc(send: Send, at: At): Promise<string[]> {
  const { data } = await getNodesLxcConfig(send, at);
  const config = data as Row;
  // The operation came with 8.0; an address that is set does not need it.
  const rows = await getNodesLxcInterfaces(send, at).catch((error: unknown) => {
    if (configured(config).length === 0) throw error;
    return undefined;
  });
  if (rows === undefined) return configured(config);
  return outer(
    rowsOf(rows.data).map(({ name, hwaddr, inet, inet6 }) => ({
      name,
      "hardware-address": hwaddr,
      "ip-addresses": [inet, inet6].filter(Boolean).map((one) => ({ "ip-address": String(one).split("/")[0] })),
    })),
    config,
  );
}

function outer(interfaces: readonly Row[], config: Row): string[] {
  return guestAddresses(interfaces, config)
    .addresses.filter(({ linkLocal }) => !linkLocal)
    .map(({ address }) => address.split("/")[0]!);
}

function configured(config: Row): string[] {
  return Object.keys(config)
    .filter((key) => /^net\d+$/.test(key))
    .sort()
    .flatMap((key) => /(?:^|,)ip=([\d.]+)\/\d+/.exec(String(config[key]))?.[1] ?? []);
}
