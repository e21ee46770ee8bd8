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
  /** The guest is not in the resource index, or not for this token: its tags and pool are unknown. */
  unseen?: boolean;
  /** Acts on all guests of a node or of the cluster. */
  everyGuest?: boolean;
  /** Sets or removes tags. */
  retags?: boolean;
  /** Family and arguments of a command on a host. */
  cli?: string;
  argv?: readonly string[];
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
  const guarded = protection(policy, facts);
  if (guarded !== undefined) return { effect: "deny", because: guarded };
  const dark = unknowable(policy, facts);
  if (dark !== undefined) return { effect: "deny", because: dark };
  const index = policy?.rules.findIndex((rule) => matches(rule, facts)) ?? -1;
  if (index < 0) return { effect: DEFAULTS[facts.class], because: `default for ${facts.class}` };
  const rule = policy!.rules[index]!;
  // A destructive call is never let through unasked by a rule; turning the question off has its own, loud spelling.
  const effect = rule.effect === "allow" && facts.class === "destructive" ? "confirm" : rule.effect;
  return { effect, because: `rule ${index + 1}${rule.name ? ` (${rule.name})` : ""}` };
}

const STRICTNESS: readonly PolicyVerdict["effect"][] = ["allow", "confirm", "deny"];

/** The stricter of two verdicts. */
export function stricter(a: PolicyVerdict, b: PolicyVerdict): PolicyVerdict {
  return STRICTNESS.indexOf(b.effect) > STRICTNESS.indexOf(a.effect) ? b : a;
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
  const isTagged = tags.some((tag) => facts.tags?.some((its) => same(its, tag)));
  if (facts.class !== "destructive" && facts.class !== "escape") {
    // Else the next call would find the guest unprotected.
    return isTagged && facts.retags ? "protect.tags: the tags of a protected guest stay as they are" : undefined;
  }
  if (facts.vmid !== undefined && vmids.some((one) => inRange(one, facts.vmid!))) return "protect.vmids";
  if (isTagged) return "protect.tags";
  if (facts.everyGuest && vmids.length + tags.length > 0) return "protect: all guests are meant, protected ones too";
  if (facts.node !== undefined && facts.vmid === undefined && nodes.some((node) => same(node, facts.node!)))
    return "protect.nodes";
  return undefined;
}

/** A call that changes something is not let through where the policy asks for what cannot be known. */
function unknowable(policy: PolicyFile | undefined, facts: PolicyFacts): string | undefined {
  if (facts.class === "read" || policy === undefined) return undefined;
  const { tags = [], nodes = [] } = policy.protect ?? {};
  const guarded = facts.class === "destructive" || facts.class === "escape";
  const asks = (what: (match: PolicyRule["match"]) => unknown) =>
    policy.rules.some(({ effect, match }) => effect !== "allow" && what(match) !== undefined);
  if (facts.unseen && ((guarded && tags.length > 0) || asks(({ tag, pool }) => tag ?? pool)))
    return "the policy looks at tags or pools, and this guest is not in the resource index that the token may read";
  if (facts.node?.toLowerCase() === "localhost" && ((guarded && nodes.length > 0) || asks(({ node }) => node)))
    return "the policy looks at nodes, and localhost is whichever node answers: name the node";
  return undefined;
}

/** Hosts and tags are the same in any case. */
function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function matches({ match }: PolicyRule, facts: PolicyFacts): boolean {
  return (
    fits(match.tool, facts.tool) &&
    fits(match.operation, facts.operation) &&
    fits(match.class, facts.class) &&
    fits(match.cluster, facts.cluster) &&
    fits(match.principal, facts.principal) &&
    fits(lower(match.node), facts.node?.toLowerCase()) &&
    fits(match.storage, facts.storage) &&
    fits(match.pool, facts.pool) &&
    fits(match.cli, facts.cli) &&
    (match.argv === undefined || [match.argv].flat().some((pattern) => argvFits(pattern, facts.argv))) &&
    (match.tag === undefined || (facts.tags ?? []).some((tag) => fits(lower(match.tag), tag.toLowerCase()))) &&
    (match.vmid === undefined ||
      (facts.vmid !== undefined && [match.vmid].flat().some((one) => inRange(one, facts.vmid!))))
  );
}

function fits(wanted: string | readonly string[] | undefined, value: string | undefined): boolean {
  if (wanted === undefined) return true;
  return value !== undefined && [wanted].flat().some((glob) => globToRegExp(glob as string).test(value));
}

function lower(wanted: string | readonly string[] | undefined): string | readonly string[] | undefined {
  return wanted === undefined ? undefined : [wanted].flat().map((one) => (one as string).toLowerCase());
}

/** Each word of the pattern is a glob for one argument, `**` for any number of them. */
function argvFits(pattern: string, argv: readonly string[] | undefined): boolean {
  if (argv === undefined) return false;
  const words = pattern.split(/\s+/).filter(Boolean);
  // reached[i]: the words so far can stand for the first i arguments.
  let reached = [true, ...argv.map(() => false)];
  for (const word of words) {
    const next = reached.map(() => false);
    for (let at = 0; at <= argv.length; at++) {
      if (word === "**") next[at] = reached.slice(0, at + 1).some(Boolean);
      else next[at] = at > 0 && reached[at - 1]! && globToRegExp(word).test(argv[at - 1]!);
    }
    reached = next;
  }
  return reached[argv.length]!;
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
