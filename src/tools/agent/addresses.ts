import { type Row, rowsOf } from "./report.ts";

/** An address inside a guest. */
export interface GuestAddress {
  /** With its prefix length. */
  address: string;
  interface: string;
  /** The virtual NIC that it is reached by, e.g. `net0`. */
  nic?: string;
  linkLocal: boolean;
}

/** Bridges, pairs and tunnels that container engines and overlays make inside a guest. */
const MADE_BY_ENGINES =
  /^(?:docker|br-|veth|cni|cali|cilium|flannel|kube|lxc|lxdbr|nodelocaldns|podman|tunl|virbr|vxlan|weave)/i;

const LOOPBACK = /^(?:127\.|::1$)/;
const LINK_LOCAL = /^(?:169\.254\.|fe[89ab][0-9a-f]:)/i;

/** NICs of a configuration by MAC address, upper case. */
function nicsByMac(config: Row): Map<string, string> {
  const nics = new Map<string, string>();
  for (const [key, value] of Object.entries(config)) {
    if (!/^net\d+$/.test(key)) continue;
    const mac = /(?:^|[=,])((?:[0-9a-f]{2}:){5}[0-9a-f]{2})(?:,|$)/i.exec(String(value))?.[1];
    if (mac) nics.set(mac.toUpperCase(), key);
  }
  return nics;
}

/**
 * The addresses by which a guest is reached from outside: those of interfaces that carry the MAC of a NIC of its
 * configuration, link-local ones last (pve-facts 71). Others are only named, unless these have no address, or a
 * passed-through card may be among them. Without the configuration, what container engines are known to make goes.
 */
export function guestAddresses(
  interfaces: readonly Row[],
  config: Row | undefined,
): { addresses: GuestAddress[]; others: string[] } {
  const nics = nicsByMac(config ?? {});
  const all = interfaces
    .map((row) => {
      const name = String(row.name ?? "");
      const mac = String(row["hardware-address"] ?? "").replaceAll("-", ":");
      const nic = nics.get(mac.toUpperCase());
      return { name, ...(nic === undefined ? {} : { nic }), addresses: addressesOf(row, name, nic) };
    })
    .filter(({ name, addresses }) => name !== "lo" && !addresses.some(({ address }) => LOOPBACK.test(address)));
  const own = all.filter(({ nic }) => nic !== undefined);
  const isReached = own.some(({ addresses }) => addresses.some(({ linkLocal }) => !linkLocal));
  const hasCards = Object.keys(config ?? {}).some((key) => /^hostpci\d+$/.test(key));
  const shown = all.filter(
    ({ name, nic }) => nic !== undefined || ((!isReached || hasCards) && !MADE_BY_ENGINES.test(name)),
  );
  const order = ({ address, nic, linkLocal }: GuestAddress): string =>
    [linkLocal ? 1 : 0, nic === undefined ? "z" : nic.slice(3).padStart(3, "0"), address.includes(":") ? 1 : 0].join();
  return {
    addresses: shown
      .flatMap(({ addresses }) => addresses)
      .sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0)),
    others: all.filter((one) => !shown.includes(one)).map(({ name }) => name),
  };
}

function addressesOf(row: Row, name: string, nic: string | undefined): GuestAddress[] {
  return rowsOf(row["ip-addresses"])
    .filter((one) => typeof one["ip-address"] === "string")
    .map((one) => {
      // Windows adds the zone of a link-local address.
      const ip = String(one["ip-address"]).split("%")[0]!;
      return {
        address: one.prefix === undefined ? ip : `${ip}/${String(one.prefix)}`,
        interface: name,
        ...(nic === undefined ? {} : { nic }),
        linkLocal: LINK_LOCAL.test(ip),
      };
    });
}
