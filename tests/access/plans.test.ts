import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createPlans, fileMarks, loadStateKey, type PlannedRequest, type Plans } from "../../src/access/index.ts";
import type { Grant } from "../../src/pve/gate.ts";

const MINUTE = 60_000;

let directory: string;
let time: number;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "plans-"));
  time = Date.now();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const plans = (confirm: "plan" | "human" = "plan", key = directory): Plans =>
  createPlans({ key: loadStateKey(key), marks: fileMarks(directory, () => time), confirm, now: () => time });

const call = {
  principal: "local",
  cluster: "c",
  operation: "DELETE /nodes/{node}/qemu/{vmid}" as const,
  params: { node: "pve1", vmid: 100, purge: true },
};
const planned = ({ principal, cluster, ...one }: typeof call, ...more: PlannedRequest[]) => ({
  principal,
  cluster,
  calls: [one as PlannedRequest, ...more],
});
const web = { kind: "guest", name: "web01", version: "v1" };
const made = (by: Plans = plans()) => by.make(planned(call), [web]).planId;
const grant = (planId: string, more: Partial<Grant> = {}): Grant => ({ planId, by: "typed", name: "web01", ...more });
const is =
  (identity = web) =>
  () =>
    Promise.resolve(identity);

test("a plan is honoured once, by whichever process comes first", async () => {
  const planId = made();
  const [one, two] = [plans(), plans()];
  const both = await Promise.allSettled([one.redeem(call, grant(planId), is()), two.redeem(call, grant(planId), is())]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await expect(plans().redeem(call, grant(planId), is())).rejects.toThrow(/used already/);
});

test("a use that fails its checks does not use the plan up", async () => {
  const planId = made();
  await expect(plans().redeem(call, grant(planId, { name: "web02" }), is())).rejects.toThrow(/name that was typed/);
  await expect(plans().redeem(call, grant(planId), is())).resolves.toBeUndefined();
});

test.each<[string, RegExp, Partial<typeof call>, Partial<Grant>, typeof web?]>([
  ["another principal", /another caller/, { principal: "eve" }, {}],
  ["another cluster", /another call/, { cluster: "d" }, {}],
  ["another operation", /another call/, { operation: "DELETE /nodes/{node}/lxc/{vmid}" as never }, {}],
  ["other parameters", /arguments were altered/, { params: { ...call.params, vmid: 101 } }, {}],
  ["a parameter more", /arguments were altered/, { params: { ...call.params, force: 1 } as never }, {}],
  ["another name", /name that was typed/, {}, { name: "web01 " }],
  ["a guest of that id made anew", /has changed/, {}, {}, { ...web, version: "v2" }],
  ["a guest renamed", /has changed/, {}, {}, { ...web, name: "web02" }],
])("with %s it is refused", async (_, reason, changed, typed, identity) => {
  const planId = made();
  await expect(plans().redeem({ ...call, ...changed }, grant(planId, typed), is(identity))).rejects.toThrow(reason);
});

test("the order of parameters means nothing", async () => {
  const planId = made();
  const params = { purge: true, vmid: 100, node: "pve1" };
  await expect(plans().redeem({ ...call, params }, grant(planId), is())).resolves.toBeUndefined();
});

test("its id can stand on a command line, whatever it was sealed to", () => {
  const key = { ...loadStateKey(directory), seal: () => "-looks_like_an_option", durable: true };
  const { planId } = createPlans({ key, marks: fileMarks(directory), confirm: "plan" }).make(planned(call), [web]);
  expect(planId).toMatch(/^[a-z]/);
});

test("it lasts ten minutes", async () => {
  const planId = made();
  time += 9 * MINUTE;
  await expect(plans().redeem(call, grant(planId, { name: "x" }), is())).rejects.toThrow(/name that was typed/);
  time += 2 * MINUTE;
  await expect(plans().redeem(call, grant(planId), is())).rejects.toThrow(/expired/);
});

test("under another key, or altered, it is nobody's", async () => {
  const other = mkdtempSync(join(tmpdir(), "plans-"));
  const planId = made(plans("plan", other));
  rmSync(other, { recursive: true });
  await expect(plans().redeem(call, grant(planId), is())).rejects.toThrow(/not made by this server/);
  const own = made();
  for (const at of [0, 5, 20, own.length - 2]) {
    const altered = own.slice(0, at) + (own[at] === "A" ? "B" : "A") + own.slice(at + 1);
    await expect(plans().redeem(call, grant(altered), is())).rejects.toThrow(/not made by this server/);
  }
});

describe("a plan of several requests", () => {
  const second: PlannedRequest = {
    operation: "PUT /nodes/{node}/qemu/{vmid}/resize",
    params: { node: "pve1", vmid: 100 },
  };
  const both = (by = plans()) => by.make(planned(call, second, second), [web, web, web]).planId;
  const next = { ...call, ...second };
  const later = { ...web, version: "v2" };

  test("honours each of them once, in any version that its own first part leads to", async () => {
    const planId = both();
    await plans().redeem(call, grant(planId), is());
    await expect(plans().redeem(call, grant(planId), is(later))).rejects.toThrow(/used already/);
    await plans().redeem(next, grant(planId), is(later));
    await plans().redeem(next, grant(planId), is(later));
    await expect(plans().redeem(next, grant(planId), is(later))).rejects.toThrow(/used already/);
  });

  test("is for another object once the name has changed, and before it has begun, once the version has", async () => {
    const planId = both();
    await expect(plans().redeem(next, grant(planId), is(later))).rejects.toThrow(/has changed/);
    await plans().redeem(call, grant(planId), is());
    await expect(plans().redeem(next, grant(planId), is({ ...web, name: "db01" }))).rejects.toThrow(/has changed/);
  });

  test("lets no other object change meanwhile", async () => {
    const other = { ...second, params: { node: "pve1", vmid: 101 } };
    const db = { kind: "guest", name: "web01", version: "db" };
    const { planId } = plans().make(planned(call, other), [web, db]);
    await plans().redeem(call, grant(planId), is());
    const change = { ...call, ...other };
    await expect(plans().redeem(change, grant(planId), is({ ...db, version: "db2" }))).rejects.toThrow(/has changed/);
    await plans().redeem(change, grant(planId), is(db));
  });

  test("goes on with what its own first part has made", async () => {
    const maker = { ...call, operation: "POST /nodes/{node}/qemu" as typeof call.operation };
    const { planId } = plans().make(planned(maker, second), [web, { kind: "guest", name: "web01" }]);
    await expect(plans().redeem(next, grant(planId), is(later))).rejects.toThrow(/has changed/);
    await plans().redeem(maker, grant(planId), is());
    await plans().redeem(next, grant(planId), is(later));
  });

  test("is refused as a whole when it is not for all of them", async () => {
    const of = (...calls: { operation: string; params: object }[]) => ({ ...planned(call), calls }) as never;
    const planId = both();
    const all = { operation: call.operation, params: call.params };
    await expect(plans().requireAll(grant(planId), of(all, second, second))).resolves.toBeUndefined();
    await expect(plans().requireAll(grant(planId), of(all, all))).rejects.toThrow(/another call/);
    await expect(plans().requireAll(grant(planId), of({ ...second, params: {} }))).rejects.toThrow(/another call/);
    await expect(plans().requireAll(grant(planId), { ...planned(call), principal: "eve" })).rejects.toThrow(
      /another caller/,
    );
    await expect(plans().requireAll(grant(planId), { ...planned(call), cluster: "d" })).rejects.toThrow(/another call/);
    const mistyped = grant(planId, { name: "web02" });
    await expect(plans().requireAll(mistyped, of(all, second))).rejects.toThrow(/not the name/);
    await expect(plans().requireAll(mistyped, of(all, second), { consent: false })).resolves.toBeUndefined();
  });
});

test("a call that nobody has to consent to only has to be the planned one", async () => {
  const planId = made(plans("human"));
  const silent = grant(planId, { name: "" });
  const free = { consent: false };
  await expect(plans("human").redeem({ ...call, params: {} as never }, silent, is(), free)).rejects.toThrow(/altered/);
  await plans("human").redeem(call, silent, is(), free);
  await expect(plans("human").redeem(call, silent, is(), free)).rejects.toThrow(/used already/);
});

test("what was chosen for a plan is given back to whoever has it, and nothing for one that does not hold", () => {
  const by = plans();
  const { planId } = by.make({ ...planned(call), pins: { vmid: 105 } }, [web]);
  expect(by.pins(planId)).toEqual({ vmid: 105 });
  expect(by.pins(planId.replace("plan_", "plan_A"))).toEqual({});
  time += 11 * MINUTE;
  expect(by.pins(planId)).toEqual({});
});

test("in human mode only a question of the client, or the operator, lets it pass", async () => {
  const human = plans("human");
  await expect(human.redeem(call, grant(made(human)), is())).rejects.toThrow(/only a person/);
  await expect(human.redeem(call, grant(made(human), { by: "asked" }), is())).resolves.toBeUndefined();
  const planId = made(human);
  expect(await plans("human").approve(planId)).toMatchObject({ cluster: "c", name: "web01" });
  await expect(human.redeem(call, grant(planId), is())).resolves.toBeUndefined();
});

test("a plan that held when the call began carries that call to its end, however long it takes", async () => {
  const other = {
    operation: "POST /nodes/{node}/qemu/{vmid}/status/start" as const,
    params: { node: "pve1", vmid: 7 },
  };
  const { planId } = plans().make(planned(call, other), [web, web]);
  const began = grant(planId, { since: time });
  await plans().requireAll(began, planned(call, other));
  await plans().redeem(call, began, is());
  time += 25 * MINUTE;
  await expect(plans().redeem({ ...call, ...other }, began, is())).resolves.toBeUndefined();
  // Another call that begins now is too late, and each request is still good for once.
  await expect(plans().redeem({ ...call, ...other }, began, is())).rejects.toThrow(/used already/);
  await expect(plans().requireAll(grant(planId, { since: time }), planned(call, other))).rejects.toThrow(/expired/);
  await expect(plans().redeem(call, grant(planId, { since: time }), is())).rejects.toThrow(/expired/);
});
