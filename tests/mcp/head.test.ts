import { describe, expect, test } from "vitest";
import { headOf } from "../../src/mcp/head.ts";

const BUDGET = 2000;
const lines = (count: number, length = 40) =>
  Array.from({ length: count }, (_, index) => `${index} ${"x".repeat(length)}`);
const record = (count: number) => Object.fromEntries(lines(count).map((line, index) => [`key${index}`, line]));

test.each<[string, Record<string, unknown>, string[]]>([
  ["a long list", { node: "pve1", log: lines(500) }, ["log"]],
  ["a long text", { node: "pve1", config: { description: "x".repeat(9000), name: "web" } }, ["config.description"]],
  ["a text of characters that JSON writes longer", { text: '"\n'.repeat(5000) }, ["text"]],
  ["two of them", { a: "x".repeat(9000), b: lines(300), c: [1, 2, 3] }, ["a", "b"]],
  ["a huge entry before small ones", { rows: ["x".repeat(9000), "a", "b", "c"] }, ["rows[0]"]],
  ["a list of lists", { all: [lines(200), lines(200), lines(2)] }, ["all[0]", "all[1]"]],
  ["a record of many keys", { cluster: "home", config: record(400) }, ["config"]],
  ["an answer of many keys", record(400), ["(answer)"]],
  ["objects in objects", { a: { b: { c: { d: lines(900), e: 1 } } } }, ["a.b.c.d"]],
])("of %s the largest parts are cut, and said", (_, value, cut) => {
  const { head, cuts } = headOf(value, BUDGET);
  expect(JSON.stringify(head).length).toBeLessThanOrEqual(BUDGET);
  expect(JSON.stringify(head).length).toBeGreaterThan(BUDGET / 4);
  expect(cuts.map(({ path }) => path)).toEqual(cut);
  for (const { kept, of } of cuts) expect(kept).toBeLessThan(of);
});

test("what is small stays whole, and what fits is not touched", () => {
  const small = { node: "pve1", list: [1, 2], text: "short" };
  expect(headOf({ ...small, log: lines(900) }, BUDGET).head).toMatchObject(small);
  expect(headOf(small, BUDGET)).toEqual({ head: small, cuts: [] });
});

test("a cut text says how long it is, and never ends within a character", () => {
  for (const before of ["", "a"]) {
    const { head } = headOf({ text: `${before}${"🚀".repeat(4000)}` }, BUDGET);
    expect(head.text).toMatch(/^a?(🚀)+… \[cut: 800[01] characters in all\]$/u);
  }
});

test("short texts are whole words of a schema, and are not cut however many there are", () => {
  const rows = Array.from({ length: 100 }, () => ({ state: "running", upid: `UPID:${"0".repeat(60)}` }));
  const { head } = headOf({ rows }, BUDGET);
  for (const row of head.rows as object[]) expect(row).toEqual(rows[0]);
});

describe("keys that the schema requires stay", () => {
  const schema = {
    required: ["clusters", "z"],
    properties: { clusters: { items: { required: ["id"] } }, config: { additionalProperties: { required: ["id"] } } },
  };
  test.each<[Record<string, unknown>, (head: Record<string, unknown>) => void]>([
    [{ ...record(400), clusters: [], z: 1 }, (head) => expect(head).toMatchObject({ clusters: [], z: 1 })],
    [{ clusters: [{ ...record(400), id: 7 }], z: 1 }, (head) => expect(head.clusters).toMatchObject([{ id: 7 }])],
    [
      { clusters: [], z: 1, config: { scsi0: { ...record(400), id: 7 } } },
      (head) => expect(head.config).toMatchObject({ scsi0: { id: 7 } }),
    ],
  ])("%#", (value, check) => {
    const { head } = headOf(value, BUDGET, schema);
    check(head);
    expect(JSON.stringify(head).length).toBeLessThan(BUDGET * 1.1);
  });
});

describe("a page", () => {
  const page = (rows: unknown[][], more: object) => ({ columns: ["n"], rows, total: 99, nextCursor: "c", ...more });

  test("keeps its rows and its cursor as long as anything else can be cut", () => {
    const rows = lines(30).map((line) => [line]);
    const { head } = headOf(page(rows, { incomplete: lines(200) }), BUDGET);
    expect(head).toMatchObject({ rows, nextCursor: "c" });
    expect((head.incomplete as unknown[]).length).toBeLessThan(200);
  });

  test("that is cut itself has no cursor, which would go on behind the rows that are missing", () => {
    const { head, cuts } = headOf(
      page(
        lines(200).map((line) => [line]),
        {},
      ),
      BUDGET,
    );
    expect(head).not.toHaveProperty("nextCursor");
    expect(cuts).toMatchObject([{ path: "rows", of: 200 }]);
  });
});
