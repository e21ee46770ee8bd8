import type { AccessClass, OperationId } from "../../schema/operation.ts";
import type { PolicyFile, PolicyRule } from "./policy-file.ts";

/** A call as the policy sees it. */
export interface PolicyFacts {
  tool: string;
  operation: OperationId;
  class: AccessClass;
  cluster: string;
  principal: string;
  node?: string;
  vmid?: number;
  storage?: string;
  /** Of the guest; absent when the call names none. */
  tags?: readonly string[];
  pool?: string;
}

/** What the policy says of a call, and where it says so. */
export interface PolicyVerdict {
  effect: "allow" | "deny" | "confirm";
  /** `rule 2 (no prod)`, `protect.tags`, or `default for mutate`. */
  because: string;
}

/** Without a rule: reading and changing are allowed, the rest is confirmed. */
const DEFAULTS: Readonly<Record<AccessClass, PolicyVerdict["effect"]>> = {
  read: "allow",
  mutate: "allow",
  destructive: "confirm",
  escape: "confirm",
};

/** The first rule that matches decides; protection comes before every rule. */
export function decide(policy: PolicyFile | undefined, facts: PolicyFacts): PolicyVerdict {
  const guarded = facts.class === "destructive" || facts.class === "escape" ? protection(policy, facts) : undefined;
  if (guarded !== undefined) return { effect: "deny", because: guarded };
  const index = policy?.rules.findIndex((rule) => matches(rule, facts)) ?? -1;
  if (index < 0) return { effect: DEFAULTS[facts.class], because: `default for ${facts.class}` };
  const rule = policy!.rules[index]!;
  // A destructive call is never let through unasked by a rule; turning the question off has its own, loud spelling.
  const effect = rule.effect === "allow" && facts.class === "destructive" ? "confirm" : rule.effect;
  return { effect, because: `rule ${index + 1}${rule.name ? ` (${rule.name})` : ""}` };
}

/** Whether the policy looks at what only the resource index knows of a guest. */
export function needsGuest(policy: PolicyFile | undefined): boolean {
  return (
    (policy?.protect?.tags?.length ?? 0) > 0 ||
    (policy?.rules.some(({ match }) => match.tag !== undefined || match.pool !== undefined) ?? false)
  );
}

function protection(policy: PolicyFile | undefined, facts: PolicyFacts): string | undefined {
  const { vmids = [], tags = [], nodes = [] } = policy?.protect ?? {};
  if (facts.vmid !== undefined && vmids.some((one) => inRange(one, facts.vmid!))) return "protect.vmids";
  if (tags.some((tag) => facts.tags?.includes(tag))) return "protect.tags";
  if (facts.node !== undefined && facts.vmid === undefined && nodes.includes(facts.node)) return "protect.nodes";
  return undefined;
}

function matches({ match }: PolicyRule, facts: PolicyFacts): boolean {
  return (
    fits(match.tool, facts.tool) &&
    fits(match.operation, facts.operation) &&
    fits(match.class, facts.class) &&
    fits(match.cluster, facts.cluster) &&
    fits(match.principal, facts.principal) &&
    fits(match.node, facts.node) &&
    fits(match.storage, facts.storage) &&
    fits(match.pool, facts.pool) &&
    (match.tag === undefined || (facts.tags ?? []).some((tag) => fits(match.tag, tag))) &&
    (match.vmid === undefined ||
      (facts.vmid !== undefined && [match.vmid].flat().some((one) => inRange(one, facts.vmid!))))
  );
}

function fits(wanted: string | readonly string[] | undefined, value: string | undefined): boolean {
  if (wanted === undefined) return true;
  return value !== undefined && [wanted].flat().some((glob) => globToRegExp(glob as string).test(value));
}

const globs = new Map<string, RegExp>();

/** `*` stands for any run of characters; everything else for itself. */
function globToRegExp(glob: string): RegExp {
  let made = globs.get(glob);
  if (!made) {
    const parts = glob.split(/\*+/).map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
    made = new RegExp(`^${parts.join("[^]*")}$`, "u");
    globs.set(glob, made);
  }
  return made;
}

function inRange(range: number | string, vmid: number): boolean {
  const [from, to = from] = String(range).split("-").map(Number);
  return vmid >= from! && vmid <= to!;
}
