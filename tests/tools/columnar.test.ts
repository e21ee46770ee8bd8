import { describe, expect, test } from "vitest";
import { columnar, globMatches, type ListAnswer } from "../../src/tools/columnar.ts";

const COLUMNS = {
  id: { value: (row: { id: number; name: string }) => row.id },
  name: { value: (row: { id: number; name: string }) => row.name },
  size: { value: () => 1, extra: true as const },
};
const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id, name: `row-${id}` }));
const key = (row: { id: number }) => [row.id];

function pages(all: { id: number; name: string }[], limit: number, between = (_: number) => all): ListAnswer[] {
  const found: ListAnswer[] = [];
  let cursor: string | undefined;
  do {
    const page = columnar(COLUMNS, between(found.length), key, { limit, ...(cursor ? { cursor } : {}) });
    found.push(page);
    cursor = page.nextCursor;
  } while (cursor);
  return found;
}

test("pages cover every row once, in order", () => {
  const ids = pages(rows(25), 10).flatMap((page) => page.rows.map(([id]) => id));
  expect(ids).toEqual(rows(25).map(({ id }) => id));
});

test("a row that goes between two pages hides no other", () => {
  const all = rows(20);
  const ids = pages(all, 10, (page) => (page === 0 ? all : all.filter(({ id }) => id !== 5))).flatMap((page) =>
    page.rows.map(([id]) => id),
  );
  expect(ids).toEqual(all.map(({ id }) => id));
});

test("a page ends at the output budget, and the cursor goes on from there", () => {
  const wide = rows(100).map(({ id }) => ({ id, name: "x".repeat(1000) }));
  const [first, ...rest] = pages(wide, 1000);
  expect(JSON.stringify(first!.rows).length).toBeLessThan(19_000);
  expect([first!, ...rest].flatMap((page) => page.rows)).toHaveLength(100);
  expect(first!.total).toBe(100);
});

test("a single row beyond the budget is still given", () => {
  const huge = [{ id: 1, name: "x".repeat(50_000) }];
  expect(columnar(COLUMNS, huge, key, { limit: 10 }).rows).toHaveLength(1);
});

test("fields choose columns and their order, extras only when asked for", () => {
  expect(columnar(COLUMNS, rows(1), key, { limit: 1 }).columns).toEqual(["id", "name"]);
  expect(columnar(COLUMNS, rows(1), key, { limit: 1, fields: ["size", "id"] })).toMatchObject({
    columns: ["size", "id"],
    rows: [[1, 0]],
  });
});

test("a made-up cursor is refused", () => {
  expect(() => columnar(COLUMNS, rows(1), key, { limit: 1, cursor: "nonsense" })).toThrow(/cursor/);
});

describe("globs", () => {
  test.each([
    ["web-*", "web-01", true],
    ["WEB-*", "web-01", true],
    ["web-?", "web-01", false],
    ["*", "", true],
    ["*db*1", "my-db-node-1", true],
    ["a*b*c", "aXXbXX", false],
    ["", "x", false],
  ])("%s on %s: %s", (glob, text, matches) => {
    expect(globMatches(glob, text)).toBe(matches);
  });

  test("a hostile one takes no time", () => {
    expect(globMatches(`${"*a".repeat(30)}b`, "a".repeat(2000))).toBe(false);
  });
});
