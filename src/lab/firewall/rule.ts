import { formatProblem } from "../parameters/index.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { FirewallConfig } from "../state/firewall.ts";
import { aliasReference, ipsetReference, ipVersion } from "./address.ts";
import { storedComment } from "./comment.ts";
import { isIcmpType } from "./icmp.ts";
import { findMacro } from "./macros.ts";

/** A rule as the configuration file holds it; `enable` is 0 or 1. */
export type Rule = Record<string, unknown>;

/** Where a rule stands: it decides which types there are, and whether it may name an interface. */
export type RuleScope = "cluster" | "host" | "vm" | "ct" | "group" | "vnet";

/** What a rule's names refer to. */
export interface Surroundings {
  scope: RuleScope;
  cluster: FirewallConfig;
  /** The configuration that holds the rule, unless that is the cluster's. */
  local?: FirewallConfig;
  /** Sets that nobody defined. */
  sdn: ReadonlyMap<string, unknown>;
}

const TYPES: Readonly<Record<RuleScope, readonly string[]>> = {
  cluster: ["in", "out", "forward", "group"],
  host: ["in", "out", "forward", "group"],
  vm: ["in", "out", "group"],
  ct: ["in", "out", "group"],
  group: ["in", "out", "forward"],
  vnet: ["forward", "group"],
};
const WITHOUT_INTERFACE = new Set<RuleScope>(["group", "vnet"]);
/** Parameters that a rule keeps; position and digest may be named in `delete` as well. */
const KEPT = "type action macro iface source dest proto enable log sport dport comment icmp-type".split(" ");
const DELETABLE = new Set([...KEPT, "pos", "digest"]);
const WITH_PORTS = new Set("udp 17 udplite 136 tcp 6 dccp 33 sctp 132".split(" "));
const ICMP_VERSIONS: Readonly<Record<string, 4 | 6>> = { icmp: 4, icmpv6: 6, "ipv6-icmp": 6 };
const MIXED = "detected mixed ipv4/ipv6 addresses in rule";

/** Puts what was sent into a rule; an empty value or a dash takes a setting away. */
export function copyRuleData(rule: Rule, params: Readonly<Record<string, unknown>>): void {
  for (const key of KEPT) {
    const value = params[key];
    if (value === undefined || value === null) continue;
    if (value === "" || value === "-") delete rule[key];
    else rule[key] = key === "enable" ? Number(value) : String(value);
  }
}

/** Takes settings away from a rule. */
export function deleteRuleSettings(rule: Rule, names: readonly string[]): void {
  for (const name of names) {
    if (!DELETABLE.has(name)) throw parameterRefusal({ delete: `no such property ('${name}')` });
    if (name === "type" || name === "action")
      throw parameterRefusal({ delete: `unable to delete required property '${name}'` });
    delete rule[name];
  }
}

/** Carries what a check found; complaints about one rule are either thrown at once or gathered. */
class Findings {
  readonly errors: Record<string, string> = {};
  ipversion: 4 | 6 | undefined;
  readonly #gather: boolean;

  constructor(gather: boolean) {
    this.#gather = gather;
  }

  get any(): boolean {
    return Object.keys(this.errors).length > 0;
  }

  add(name: string, text: string): void {
    if (!this.#gather) throw parameterRefusal({ [name]: text });
    this.errors[name] ??= text;
  }

  /** Complains by itself, about no parameter, when it contradicts what was found before. */
  setVersion(version: 4 | 6 | undefined): void {
    if (version === undefined) return;
    if (this.ipversion !== undefined && this.ipversion !== version) throw die(MIXED);
    this.ipversion = version;
  }
}

function checkType(rule: Rule, { scope }: Surroundings, found: Findings): void {
  const type = String(rule.type);
  const action = String(rule.action);
  if (!TYPES[scope].includes(type)) found.add("type", `invalid rule type '${type}' for rule_env '${scope}'`);
  if (type === "group") {
    if (scope === "group") found.add("type", "security groups not allowed");
    if (!/^[A-Za-z][A-Za-z0-9\-_]+$/.test(action)) found.add("action", "invalid characters in security group name");
    return;
  }
  if (type === "forward" && action === "REJECT") found.add("action", "cannot define REJECT rules on forward chain");
  if (!/^(ACCEPT|DROP|REJECT)$/.test(action)) found.add("action", `unknown action '${action}'`);
}

function checkInterface(rule: Rule, { scope }: Surroundings, found: Findings): void {
  if (!rule.iface) return;
  if (WITHOUT_INTERFACE.has(scope)) found.add("type", "parameter -i not allowed for this rule type");
  if ((scope === "vm" || scope === "ct") && !/^net\d+$/.test(String(rule.iface)))
    found.add("iface", "value does not match the regex pattern 'net\\d+'");
}

function checkPorts(rule: Rule, name: "dport" | "sport", icmp: boolean, found: Findings): void {
  const ports = rule[name];
  if (!ports) return;
  const problem = formatProblem(icmp ? "pve-fw-dport-spec" : "pve-fw-sport-spec", String(ports), name);
  if (problem !== undefined) found.add(name, problem.trimEnd());
  const proto = String(rule.proto ?? "");
  if (!proto) found.add("proto", `missing property - '${name}' requires this property`);
  if (!WITH_PORTS.has(proto) && !icmp) found.add(name, `protocol '${proto}' does not support ports`);
}

function checkIcmpType(rule: Rule, version: 4 | 6 | undefined, found: Findings): void {
  const type = rule["icmp-type"];
  if (!type) return;
  if (version === undefined) found.add("proto", "missing property - 'icmp-type' requires this property");
  if (rule.dport) found.add("icmp-type", "'icmp-type' cannot be specified together with 'dport'");
  if (version !== undefined && !isIcmpType(String(type), version))
    found.add("icmp-type", `invalid icmp-type '${String(type)}' for proto '${String(rule.proto)}'`);
}

/** Addresses, sets and aliases of `source` or `dest`. */
function checkAddresses(rule: Rule, name: "source" | "dest", around: Surroundings, found: Findings): void {
  if (!rule[name]) return;
  const value = String(rule[name]);
  const { cluster, local, sdn } = around;
  if (value.startsWith("+")) {
    const set = ipsetReference(value);
    if (set === undefined) found.add(name, `invalid ipset name '${value}'`);
    else if (![cluster.ipsets, local?.ipsets, sdn].some((sets) => sets?.has(set)))
      found.add(name, `no such ipset '${set}'`);
    return;
  }
  const reference = aliasReference(value);
  if (!reference) {
    try {
      found.setVersion(ipVersion(value));
    } catch {
      found.add(name, MIXED);
    }
    return;
  }
  const key = reference.name.toLowerCase();
  if (!cluster.aliases.has(key) && !local?.aliases.has(key)) found.add(name, `no such alias '${value}'`);
  const own = reference.scope === "dc/" ? undefined : local?.aliases.get(key);
  const alias = own ?? (reference.scope === "guest/" ? undefined : cluster.aliases.get(key));
  found.setVersion(alias?.ipversion);
}

/** A rule may narrow its macro, but not contradict it. */
function checkMacro(rule: Rule, found: Findings): void {
  const macro = rule.macro ? findMacro(String(rule.macro)) : undefined;
  if (!macro || found.any) return;
  if (found.ipversion === 4 && macro.ipversion === 6) return;
  for (const match of found.ipversion === 6 ? macro.matches6 : macro.matches)
    for (const key of ["proto", "dport", "sport"] as const) {
      const fixed = match[key];
      if (fixed === undefined || rule[key] === undefined || rule[key] === fixed) continue;
      found.add(key, `parameter '${key}' already define in macro (value = '${fixed}')`);
      return;
    }
}

function verify(rule: Rule, around: Surroundings, found: Findings): void {
  checkType(rule, around, found);
  checkInterface(rule, around, found);
  if (rule.macro) {
    const macro = findMacro(String(rule.macro));
    if (macro) rule.macro = macro.name;
    else found.add("macro", `unknown macro '${String(rule.macro)}'`);
  }
  const icmp = rule.proto === undefined ? undefined : ICMP_VERSIONS[String(rule.proto)];
  if (rule.proto) {
    const problem = formatProblem("pve-fw-protocol-spec", String(rule.proto), "proto");
    if (problem !== undefined) found.add("proto", problem.trimEnd());
    found.setVersion(icmp);
  }
  checkPorts(rule, "dport", icmp !== undefined, found);
  checkIcmpType(rule, icmp, found);
  checkPorts(rule, "sport", false, found);
  checkAddresses(rule, "source", around, found);
  checkAddresses(rule, "dest", around, found);
  checkMacro(rule, found);
}

/** Checks a rule that is about to be written, and refuses it with the first thing that is wrong. */
export function verifyRule(rule: Rule, around: Surroundings): void {
  verify(rule, around, new Findings(false));
}

/** A rule as it is read: with its IP version, and with what has become wrong of it; nothing if it cannot be read. */
export function readRule(stored: Rule, around: Surroundings): Rule | undefined {
  const rule = { ...stored };
  const found = new Findings(true);
  try {
    verify(rule, around, found);
  } catch {
    return undefined;
  }
  if (found.ipversion !== undefined) rule.ipversion = found.ipversion;
  if (found.any) rule.errors = found.errors;
  return rule;
}

/** What the configuration file keeps of a rule. */
export function storeRule(rule: Rule, scope: RuleScope): Rule {
  const group = rule.type === "group";
  const comment = storedComment(rule.comment);
  const stored: Rule = {
    type: rule.type,
    action: group && rule.macro ? `${String(rule.macro)}(${String(rule.action)})` : rule.action,
    // A rule whose flag was deleted is an enabled one.
    enable: rule.enable === undefined || Number(rule.enable) !== 0 ? 1 : 0,
  };
  if (!group && rule.macro) stored.macro = rule.macro;
  if (scope !== "group" && rule.iface) stored.iface = rule.iface;
  if (!group)
    for (const key of ["source", "dest", "proto", "dport", "sport", "log", "icmp-type"])
      if (rule[key] !== undefined && rule[key] !== "" && rule[key] !== "0") stored[key] = rule[key];
  if (comment !== undefined) stored.comment = comment;
  return stored;
}
