import { createHash } from "node:crypto";
import type { ClusterState } from "../state/cluster.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";
import { WINDOWS } from "./checks.ts";
import type { Config } from "./drives.ts";
import { parseNet } from "./identity.ts";
import { parsePairs } from "./pairs.ts";

const MASK = "**********";

/** Options of cloud-init that its list of changes tells of. */
const LISTED = /^(?:cicustom|cipassword|citype|ciuser|ciupgrade|nameserver|searchdomain|sshkeys)$/;

function masked(key: string, value: ConfigValue | undefined): ConfigValue | undefined {
  return key === "cipassword" && value !== undefined ? MASK : value;
}

/** What the drive holds, and what it would hold if it were made anew (pve-facts 69). */
export function cloudinitRows(guest: LabGuest): Record<string, unknown>[] {
  const { old = {}, added = [] } = guest.cloudinit ?? {};
  const rows: Record<string, unknown>[] = added.map((key) => ({ key, pending: masked(key, guest.config[key]) }));
  for (const [key, value] of Object.entries(guest.config)) {
    if (!LISTED.test(key) || added.includes(key) || value === "" || value === 0) continue;
    const kept = old[key];
    if (kept === undefined) rows.push({ key, value: masked(key, value) });
    else rows.push({ key, value: masked(key, kept), pending: masked(key, value) });
  }
  for (const key of Object.keys(old)) if (!(key in guest.config)) rows.push({ key, delete: 1 });
  return rows;
}

function list(value: ConfigValue | undefined): string[] {
  return String(value ?? "")
    .split(/[\s,;]+/)
    .filter((part) => part !== "");
}

function user(guest: LabGuest, config: Readonly<Config>): string {
  const name = String(config.name ?? `VM${guest.vmid}`);
  const search = String(config.searchdomain ?? "");
  const fqdn = name.includes(".") || search === "" ? name : `${name}.${search}`;
  const { ciuser, cipassword, sshkeys, ciupgrade } = config;
  const lines = [
    "#cloud-config",
    `hostname: ${name.replace(/\..*$/, "")}`,
    "manage_etc_hosts: true",
    `fqdn: ${fqdn}`,
    ...(ciuser === undefined ? [] : [`user: ${ciuser}`]),
    ...(ciuser === "root" ? ["disable_root: False"] : []),
    ...(cipassword === undefined ? [] : [`password: ${cipassword}`]),
  ];
  if (sshkeys !== undefined) {
    const keys = decodeURIComponent(String(sshkeys)).split("\n");
    lines.push("ssh_authorized_keys:", ...keys.filter((key) => key.trim() !== "").map((key) => `  - ${key}`));
  }
  lines.push("chpasswd:", "  expire: False");
  if (ciuser !== "root") lines.push("users:", "  - default");
  if (ciupgrade !== 0) lines.push("package_upgrade: true");
  return `${lines.join("\n")}\n`;
}

function netmask(prefix: number): string {
  return [24, 16, 8, 0]
    .map((shift) => {
      const bits = Math.max(0, Math.min(8, prefix - (24 - shift)));
      return String(256 - 2 ** (8 - bits));
    })
    .join(".");
}

function subnets(text: string): string[] {
  const config = parsePairs(text, "ip");
  const lines: string[] = [];
  const [ip, ip6] = [config.get("ip"), config.get("ip6")];
  if (ip === "dhcp") lines.push("      - type: dhcp4");
  else if (ip !== undefined) {
    const [address = "", prefix = "32"] = ip.split("/");
    lines.push(
      "      - type: static",
      `        address: '${address}'`,
      `        netmask: '${netmask(Number(prefix))}'`,
    );
    if (config.has("gw")) lines.push(`        gateway: '${config.get("gw")}'`);
  }
  if (ip6 === "dhcp") lines.push("      - type: dhcp6");
  else if (ip6 === "auto") lines.push("      - type: ipv6_slaac");
  else if (ip6 !== undefined) {
    lines.push("      - type: static6", `        address: '${ip6}'`);
    if (config.has("gw6")) lines.push(`        gateway: '${config.get("gw6")}'`);
  }
  return lines;
}

interface Names {
  servers: readonly string[];
  domains: readonly string[];
}

/** The interfaces that an address is configured for. */
function interfacesOf(config: Readonly<Config>): string[] {
  return Object.keys(config)
    .filter((name) => /^net\d+$/.test(name) && config[`ipconfig${name.slice(3)}`] !== undefined)
    .sort();
}

function network(config: Readonly<Config>, names: Names): string {
  const lines = ["version: 1", "config:"];
  for (const key of interfacesOf(config)) {
    const id = key.slice(3);
    const ip = config[`ipconfig${id}`];
    const mac = parseNet(String(config[key])).get("macaddr")?.toLowerCase() ?? "";
    lines.push("    - type: physical", `      name: eth${id}`, `      mac_address: '${mac}'`, "      subnets:");
    lines.push(...subnets(String(ip)));
  }
  lines.push("    - type: nameserver");
  if (names.servers.length > 0) lines.push("      address:", ...names.servers.map((server) => `      - '${server}'`));
  if (names.domains.length > 0) lines.push("      search:", ...names.domains.map((domain) => `      - '${domain}'`));
  return `${lines.join("\n")}\n`;
}

/** The older form of the network's file, which Windows reads. */
function interfaces(config: Readonly<Config>, names: Names): string {
  const lines = ["auto lo", "iface lo inet loopback", ""];
  if (names.servers.length > 0) lines.push(`        dns_nameservers ${names.servers.join(" ")}`);
  if (names.domains.length > 0) lines.push(`        dns_search ${names.domains.join(" ")}`);
  for (const key of interfacesOf(config)) {
    const id = key.slice(3);
    const given = parsePairs(String(config[`ipconfig${id}`]), "ip");
    const [ip, ip6] = [given.get("ip"), given.get("ip6")];
    lines.push(`auto eth${id}`);
    if (ip === "dhcp") lines.push(`iface eth${id} inet dhcp`);
    else if (ip !== undefined) {
      const [address = "", prefix = "32"] = ip.split("/");
      lines.push(
        `iface eth${id} inet static`,
        `        address ${address}`,
        `        netmask ${netmask(Number(prefix))}`,
      );
      if (given.has("gw")) lines.push(`        gateway ${given.get("gw")}`);
    }
    if (ip6 === "auto" || ip6 === "dhcp") lines.push(`iface eth${id} inet6 ${ip6}`);
    else if (ip6 !== undefined) {
      const [address = "", prefix = ""] = ip6.split("/");
      lines.push(`iface eth${id} inet6 static`, `        address ${address}`, `        netmask ${prefix}`);
      if (given.has("gw6")) lines.push(`        gateway ${given.get("gw6")}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Name servers and search domains of a VM, or else those of its host. */
function namesOf(state: ClusterState, guest: LabGuest): Names {
  const { nameserver, searchdomain } = guest.config;
  const host = state.hosts.of(guest.node);
  return {
    servers: nameserver === undefined ? host.nameservers.slice(0, 3) : list(nameserver),
    domains: list(searchdomain ?? host.search),
  };
}

/** One of the files that the drive holds, made from the configuration. */
export function dumpCloudinit(state: ClusterState, guest: LabGuest, type: string): string {
  const { config } = guest;
  const data = user(guest, config);
  if (type === "user") return data;
  const usual = WINDOWS.test(String(config.ostype ?? "")) ? "configdrive2" : "nocloud";
  const plain = (config.citype ?? usual) === "nocloud";
  const names = namesOf(state, guest);
  const links = plain ? network(config, names) : interfaces(config, names);
  if (type === "network") return links;
  const id = createHash("sha1")
    .update(data + links)
    .digest("hex");
  if (plain) return `instance-id: ${id}\n`;
  return `{\n     "uuid": "${id}",\n     "network_config": { "content_path": "/content/0000" }\n}\n`;
}
