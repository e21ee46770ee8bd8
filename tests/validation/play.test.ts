import { describe, expect, it, test } from "vitest";
import { DOMAINS } from "../../scripts/validate/domains.ts";
import { absent, atLeast, having, misfit, type Pattern, present } from "../../scripts/validate/pattern.ts";
import { play } from "../../scripts/validate/run.ts";

describe("a pattern", () => {
  it.each<[value: unknown, pattern: Pattern, fault: RegExp | undefined]>([
    [{ a: 1, b: 2 }, { a: 1 }, undefined],
    [{ a: 1 }, { a: 2 }, /^answer\.a is 1, not 2$/],
    [{ a: { b: [1, { c: "x" }] } }, { a: { b: [1, { c: "y" }] } }, /^answer\.a\.b\.1\.c is "x", not "y"$/],
    [{}, { a: 1 }, /^answer\.a is undefined, not 1$/],
    [[1, 2], [1], /has 2 elements, not 1/],
    [undefined, { a: 1 }, /^answer is undefined/],
    ["text", /^te/, undefined],
    ["text", /^xt/, /^answer is "text", not \/\^xt\/$/],
    [5, /5/, /^answer is 5, not/],
    [5, atLeast(5), undefined],
    [4, atLeast(5), /^answer is 4, which the check refuses$/],
    [["a", { b: 1 }], having({ b: 1 }), undefined],
    [["a"], having("b"), /refuses/],
    ["a text", having("text"), undefined],
    [{ a: 0 }, { a: present, b: absent }, undefined],
    [{ a: "" }, { a: present }, /refuses/],
    [{ b: null }, { b: absent }, /refuses/],
  ])("%#: %j", (value, pattern, fault) => {
    if (fault === undefined) expect(misfit(value, pattern)).toBeUndefined();
    else expect(misfit(value, pattern)).toMatch(fault);
  });
});

test("a tool that does not do what its scenario says fails the run, and the others go on", async () => {
  const { failures, answers, sent, reached } = await play([
    {
      name: "wrong",
      scenarios: {
        proxmox_vm_list: ({ call }) => call({}, { total: -1 }),
        proxmox_vm_get: ({ call }) => call({ vmid: 9999 }),
        proxmox_lxc_get: ({ fails }) => fails({ vmid: 103 }, "unknown-guest"),
        proxmox_vm_action: ({ confirmed }) => confirmed({ vmid: 102, action: "start" }),
        proxmox_node_list: async ({ check }) => check(1, 2, "the sum"),
        proxmox_cluster_status: ({ call }) => call({}, { standalone: true }),
      },
    },
  ]);
  expect(failures).toEqual([
    expect.stringMatching(/^wrong: proxmox_lxc_get .*: no error: \{/),
    expect.stringMatching(/^wrong: proxmox_node_list: the sum is 1, not 2$/),
    expect.stringMatching(/^wrong: proxmox_vm_action .*: no error/),
    expect.stringMatching(/^wrong: proxmox_vm_get .*: \[unknown-guest\]/),
    expect.stringMatching(/^wrong: proxmox_vm_list .*: answer\.total is \d+, not -1$/),
  ]);
  expect(answers.get("proxmox_cluster_status")).toEqual(new Set(["ok"]));
  expect(sent).toContainEqual({ by: "proxmox_cluster_status", operation: "GET /cluster/status", outcome: "ok" });
  expect(reached).toContain("GET /cluster/status");
});

test("every domain has a name of its own", () => {
  const names = DOMAINS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThan(5);
});
