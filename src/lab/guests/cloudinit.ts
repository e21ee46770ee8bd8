import { createHash } from "node:crypto";
import type { ClusterState } from "../state/cluster.ts";
import type { ConfigValue, LabGuest } from "../state/types.ts";
import type { Config } from "./drives.ts";
import { parseNet } from "./identity.ts";
import { CLOUDINIT } from "./options.ts";
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
  for (const [key, value] of Object.entries(old))
    if (key in guest.config && !LISTED.test(key) && CLOUDINIT.test(key))
      rows.push({ key, value, pending: guest.config[key] });
  return rows;
}

function list(value: ConfigValue | undefined): string[] {
  return String(value ?? "")
    .split(/[\s,;]+/)
    .filter((part) => part !== "");
}

function user(guest: LabGuest, config: Readonly<Config>): string {
  const name = String(config.name ?? `VM${guest.vmid}`);
  const search = list(config.searchdomain)[0];
  const fqdn = name.includes(".") || search === undefined ? name : `${name}.${search}`;
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

function network(config: Readonly<Config>): string {
  const lines = ["version: 1", "config:"];
  for (const key of Object.keys(config)
    .filter((name) => /^net\d+$/.test(name))
    .sort()) {
    const id = key.slice(3);
    const ip = config[`ipconfig${id}`];
    if (ip === undefined) continue;
    const mac = parseNet(String(config[key])).get("macaddr")?.toLowerCase() ?? "";
    lines.push("    - type: physical", `      name: eth${id}`, `      mac_address: '${mac}'`, "      subnets:");
    lines.push(...subnets(String(ip)));
  }
  const [servers, domains] = [list(config.nameserver), list(config.searchdomain)];
  if (servers.length + domains.length > 0) {
    lines.push("    - type: nameserver");
    if (servers.length > 0) lines.push("      address:", ...servers.map((server) => `      - '${server}'`));
    if (domains.length > 0) lines.push("      search:", ...domains.map((domain) => `      - '${domain}'`));
  }
  return `${lines.join("\n")}\n`;
}

/** One of the files that the drive holds, made from the configuration. */
export function dumpCloudinit(_state: ClusterState, guest: LabGuest, type: string): string {
  const config = { ...guest.config, ...guest.pending };
  const custom = parsePairs(String(config.cicustom ?? ""), "user").get(type);
  if (custom !== undefined) return `#cloud-config\n# from ${custom}\n`;
  if (type === "user") return user(guest, config);
  if (type === "network") return network(config);
  const id = createHash("sha1")
    .update(user(guest, config) + network(config))
    .digest("hex");
  return `instance-id: ${id}\n`;
}
