import { type Section, type SectionConfig, splitList } from "./section-config.ts";

/** What is wrong with rules: texts by parameter, by rule. */
export type RuleErrors = Map<string, Record<string, string[]>>;

interface Rule {
  id: string;
  resources: Set<string>;
  /** Priorities by node. */
  nodes: Map<string, number>;
}

function ruleOf(id: string, section: Section): Rule {
  const nodes = splitList(section.nodes).map((item): [string, number] => {
    const [name = "", priority = "0"] = item.split(":");
    return [name, Number(priority)];
  });
  return { id, resources: new Set(splitList(section.resources)), nodes: new Map(nodes) };
}

function common(one: ReadonlySet<string>, other: ReadonlySet<string>): string[] {
  return [...one].filter((item) => other.has(item));
}

/** Positive rules that share resources act as one. */
function joined(rules: readonly Rule[]): { ids: string[]; resources: Set<string> }[] {
  const sets: { ids: string[]; resources: Set<string> }[] = [];
  for (const rule of rules) {
    const touching = sets.filter((set) => common(set.resources, rule.resources).length > 0);
    const merged = { ids: [rule.id], resources: new Set(rule.resources) };
    for (const set of touching) {
      merged.ids.push(...set.ids);
      for (const sid of set.resources) merged.resources.add(sid);
      sets.splice(sets.indexOf(set), 1);
    }
    sets.push(merged);
  }
  return sets;
}

/** Which rules contradict themselves, each other, or the number of nodes. */
export function infeasible(config: SectionConfig, nodeCount: number): RuleErrors {
  const errors: RuleErrors = new Map();
  const blame = (id: string, text: string): void => {
    const entry = errors.get(id) ?? {};
    entry.resources = [...(entry.resources ?? []), text];
    errors.set(id, entry);
  };
  const pick = (matches: (section: Section) => boolean): Rule[] =>
    config.ids
      .map((id) => [id, config.get(id)!] as const)
      .filter(([, section]) => !section.disable && matches(section))
      .map(([id, section]) => ruleOf(id, section));
  const located = pick((section) => section.type === "node-affinity");
  const affine = pick((section) => section.type === "resource-affinity");
  const positive = pick((section) => section.affinity === "positive");
  const negative = pick((section) => section.affinity === "negative");

  for (const rule of located)
    for (const sid of [...rule.resources].sort())
      if (located.some((other) => other !== rule && other.resources.has(sid)))
        blame(rule.id, `resource '${sid}' is already used in another node affinity rule`);
  for (const rule of affine)
    if (rule.resources.size < 2) blame(rule.id, "rule is ineffective as there are less than two resources");
  for (const rule of negative)
    if (rule.resources.size > nodeCount) blame(rule.id, "rule defines more resources than available nodes");
  const together = joined(positive);
  for (const set of together)
    for (const rule of negative)
      if (common(set.resources, rule.resources).length >= 2) {
        blame(rule.id, "rule shares two or more resources with a positive resource affinity rule");
        for (const id of set.ids) blame(id, "rule shares two or more resources with a negative resource affinity rule");
      }
  for (const rule of affine) {
    const paired = located.filter((other) => common(rule.resources, other.resources).length > 0);
    if (!paired.some((other) => new Set(other.nodes.values()).size > 1)) continue;
    for (const other of paired)
      blame(
        other.id,
        "resources are in a resource affinity rule and cannot be in a node affinity rule with multiple priorities",
      );
    blame(rule.id, "resources are in node affinity rules with multiple priorities");
  }
  for (const set of together) {
    const paired = located.filter((other) => common(set.resources, other.resources).length > 0);
    if (paired.length < 2) continue;
    for (const other of paired)
      blame(
        other.id,
        "at least one resource is in a positive resource affinity rule and there are other resources in at least one other node affinity rule already",
      );
    for (const id of set.ids) blame(id, "resources are in multiple node affinity rules");
  }
  for (const rule of negative) {
    const paired = located.filter((other) => common(rule.resources, other.resources).length > 0);
    const nodes = new Set(paired.flatMap((other) => [...other.nodes.keys()]));
    const placed = new Set(paired.flatMap((other) => common(rule.resources, other.resources)));
    if (nodes.size >= placed.size) continue;
    for (const other of paired)
      blame(
        other.id,
        "at least one resource is in a negative resource affinity rule and this rule would restrict these to less nodes than available to the resources",
      );
    blame(rule.id, "two or more resources are restricted to less nodes than available to the resources");
  }
  return errors;
}
