import { assertUnmodified, withDigest } from "../firewall/digest.ts";
import { CLUSTER, type Place, type RuleList, surroundings, theGroup } from "../firewall/place.ts";
import { copyRuleData, deleteRuleSettings, type Rule, readRule, storeRule, verifyRule } from "../firewall/rule.ts";
import { splitList } from "../permissions/check.ts";
import { die } from "../refusal.ts";
import { type Call, int, type Route, text } from "./route.ts";

function load(call: Call, list: RuleList): Rule[] {
  const around = surroundings(call, list.place, false);
  return list
    .read(call)
    .map((stored) => readRule(stored, around))
    .filter((rule) => rule !== undefined);
}

function save(call: Call, list: RuleList, rules: readonly Rule[]): void {
  list.write(
    call,
    rules.map((rule) => storeRule(rule, list.place.scope)),
  );
}

/** The index of the rule that a call names. */
function position(call: Call, rules: readonly Rule[]): number {
  const pos = int(call, "pos") ?? 0;
  if (pos >= rules.length) throw die(`no rule at position ${text(call, "pos")}`);
  return pos;
}

function read(call: Call, list: RuleList): Rule {
  const rules = withDigest(load(call, list));
  // Alone, a rule gives its position as it was asked for (pve-facts section 9).
  return { ...rules[position(call, rules)], pos: text(call, "pos") };
}

/** New rules come first, and do nothing unless told (pve-facts 103). */
function create(call: Call, list: RuleList): null {
  const rules = load(call, list);
  const rule: Rule = {};
  copyRuleData(rule, call.params);
  verifyRule(rule, surroundings(call, list.place, true));
  save(call, list, [{ ...rule, enable: rule.enable ?? 0 }, ...rules]);
  return null;
}

/** The target counts in the old list, so that moving down by one changes nothing. */
function moved(rules: readonly Rule[], from: number, to: number): Rule[] {
  const rule = rules[from]!;
  const result = rules.flatMap((other, index) => {
    if (index === from) return [];
    return index === to ? [rule, other] : [other];
  });
  if (to >= rules.length) result.push(rule);
  return result;
}

function update(call: Call, list: RuleList): null {
  const rules = load(call, list);
  assertUnmodified(rules, call.params.digest);
  const pos = position(call, rules);
  const to = int(call, "moveto");
  if (to !== undefined && to !== pos) {
    save(call, list, moved(rules, pos, to));
    return null;
  }
  const { ipversion: _, errors: __, ...rule } = rules[pos]!;
  copyRuleData(rule, call.params);
  deleteRuleSettings(rule, splitList(call.params.delete));
  verifyRule(rule, surroundings(call, list.place, true));
  save(call, list, rules.with(pos, rule));
  return null;
}

function remove(call: Call, list: RuleList): null {
  const rules = load(call, list);
  assertUnmodified(rules, call.params.digest);
  save(call, list, rules.toSpliced(position(call, rules), 1));
  return null;
}

/** Operations on one list of rules. */
export function ruleRoutes(list: RuleList): Route[] {
  const { place, path } = list;
  const one = `${path}/{pos}`;
  const route = (id: string, write: boolean, run: (call: Call) => unknown): Route => ({
    id,
    ...(place.local ? { local: true as const } : {}),
    ...(write ? { writes: true as const } : {}),
    run: (call) => {
      place.enter?.(call, write);
      return { data: run(call) };
    },
  });
  return [
    route(`GET ${path}`, false, (call) => withDigest(load(call, list)).map((rule, pos) => ({ ...rule, pos }))),
    route(`GET ${one}`, false, (call) => read(call, list)),
    route(`POST ${path}`, true, (call) => create(call, list)),
    route(`PUT ${one}`, true, (call) => update(call, list)),
    route(`DELETE ${one}`, true, (call) => remove(call, list)),
  ];
}

/** The rules that a place holds itself. */
export function ownRules(place: Place): RuleList {
  return {
    place,
    path: `${place.path}/rules`,
    read: (call) => place.config(call).rules,
    write: (call, rules) => {
      place.config(call).rules = rules;
    },
  };
}

/** The rules of a security group. */
export const groupRules: RuleList = {
  place: { ...CLUSTER, scope: "group" },
  path: "/cluster/firewall/groups/{group}",
  read: (call) => theGroup(call).rules,
  write: (call, rules) => {
    theGroup(call).rules = rules;
  },
};
