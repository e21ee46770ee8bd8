import { die, Refusal } from "../refusal.ts";
import { infeasible, type RuleErrors } from "../state/ha-feasibility.ts";
import {
  checkConfig,
  deleteOptions,
  guarded,
  type Options,
  options,
  type Section,
  splitList,
  storable,
} from "../state/section-config.ts";
import { type Call, type Route, text } from "./route.ts";

const TYPES: Readonly<Record<string, Options>> = {
  "node-affinity": options("resources nodes", "strict disable comment"),
  "resource-affinity": options("resources affinity", "disable comment"),
};

const PATH = "/cluster/ha/rules";

function errorsOf(call: Call): RuleErrors {
  return infeasible(call.state.datacenter.ha.rules, call.state.nodes.size);
}

function shown(call: Call, id: string, errors: RuleErrors): Section {
  const { rules, order } = call.state.datacenter.ha;
  const rule = rules.get(id);
  if (!rule) throw die(`no such ha rule '${id}'`);
  const wrong = errors.get(id);
  return { ...rule, rule: id, digest: rules.digest, order: order.get(id), ...(wrong ? { errors: wrong } : {}) };
}

function list(call: Call): Section[] {
  const { rules } = call.state.datacenter.ha;
  const type = text(call, "type");
  const resource = text(call, "resource");
  const errors = errorsOf(call);
  return rules.added
    .filter((id) => {
      const rule = rules.get(id)!;
      if (type !== undefined && rule.type !== type) return false;
      return resource === undefined || splitList(rule.resources).includes(resource);
    })
    .map((id) => shown(call, id, errors));
}

/** Resources must be configured and nodes exist; lists are kept sorted. */
function settle(call: Call, values: Section): void {
  const { state } = call;
  if (values.resources !== undefined) {
    const resources = [...new Set(splitList(values.resources))].sort();
    const unknown = resources.filter((sid) => !state.ha.has(sid));
    if (unknown.length > 0) throw die(`cannot use unmanaged resource(s) ${unknown.join(", ")}.`);
    values.resources = resources.join(",");
  }
  if (values.nodes !== undefined) {
    const nodes = new Map<string, string | undefined>();
    for (const item of splitList(values.nodes)) {
      const [name = "", priority] = item.split(":");
      nodes.set(name, priority);
    }
    const names = [...nodes.keys()].sort();
    const unknown = names.filter((name) => !state.nodes.has(name));
    if (unknown.length > 0) throw die(`cannot use non-existant node(s) ${unknown.join(", ")}.`);
    values.nodes = names
      .map((name) => (Number(nodes.get(name) ?? 0) > 0 ? `${name}:${nodes.get(name)}` : name))
      .join(",");
  }
}

/** Refuses a rule that the others make impossible, and puts back what was there. */
function assertFeasible(call: Call, id: string, undo: () => void): void {
  const wrong = errorsOf(call).get(id);
  if (!wrong) return;
  undo();
  const errors = Object.fromEntries(Object.entries(wrong).map(([name, texts]) => [name, texts.join(", ")]));
  throw new Refusal(400, `Rule '${id}' is invalid.`, { errors });
}

function valuesOf(call: Call, operation: string): Section {
  const { rule: _, digest: __, delete: ___, ...rest } = call.params;
  const { type: ____, ...values } = storable(operation, rest);
  return values;
}

function create(call: Call): null {
  const { rules, order } = call.state.datacenter.ha;
  const id = text(call, "rule") ?? "";
  const type = text(call, "type") ?? "";
  const section = checkConfig(type, TYPES[type], valuesOf(call, `POST ${PATH}`), true);
  guarded("create ha rule failed", () => {
    if (rules.has(id)) throw die(`HA rule '${id}' already defined`);
    settle(call, section);
    order.set(id, Math.max(0, ...order.values()) + 1);
    rules.set(id, section);
    assertFeasible(call, id, () => call.state.datacenter.ha.removeRule(id));
  });
  return null;
}

function update(call: Call): null {
  const { rules } = call.state.datacenter.ha;
  const id = text(call, "rule") ?? "";
  guarded("update HA rules failed", () => {
    rules.assertUnmodified(call.params.digest);
    const old = rules.get(id);
    if (!old) throw die(`HA rule '${id}' does not exist`);
    const table = TYPES[String(old.type)]!;
    const values = valuesOf(call, `PUT ${PATH}/{rule}`);
    // The type is checked like any other value, and none but a rule's own is known.
    if (text(call, "type") !== old.type) throw die("unexpected property 'type'");
    checkConfig(String(old.type), table, values, false);
    settle(call, values);
    const section: Section = { ...old };
    deleteOptions(section, table, values, splitList(call.params.delete));
    Object.assign(section, values);
    rules.set(id, section);
    assertFeasible(call, id, () => rules.set(id, old));
  });
  return null;
}

/** HA rules: where resources go, and which keep together or apart. */
export const haRuleRoutes: readonly Route[] = [
  { id: `GET ${PATH}`, run: (call) => ({ data: list(call) }) },
  { id: `POST ${PATH}`, writes: true, run: (call) => ({ data: create(call) }) },
  { id: `GET ${PATH}/{rule}`, run: (call) => ({ data: shown(call, text(call, "rule") ?? "", errorsOf(call)) }) },
  { id: `PUT ${PATH}/{rule}`, writes: true, run: (call) => ({ data: update(call) }) },
  {
    id: `DELETE ${PATH}/{rule}`,
    writes: true,
    run: (call) => {
      call.state.datacenter.ha.removeRule(text(call, "rule") ?? "");
      return { data: null };
    },
  },
];
