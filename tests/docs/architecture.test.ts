import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ROOMS } from "../../scripts/arrows.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = readFileSync(`${root}/docs/framework-architecture.md`, "utf8");
const drawing = /```mermaid\n([\s\S]*?)```/.exec(page)![1]!;

/** The drawing calls a table by one word. */
const named = (name: string) => (name === "format-data" ? "formats" : name);
const allowed = new Map(ROOMS.map(({ name, rooms }) => [name, rooms.map(named)]));

const arrows = [...drawing.matchAll(/^ {2}(\w+) --> (.*)$/gm)].flatMap(([, from, to]) =>
  to!.split(" & ").map((one) => [from!, one] as const),
);

/** Whether arrows of the drawing lead from one room to the other. */
function leads(from: string, to: string): boolean {
  const waiting = [from];
  const seen = new Set<string>();
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const [begin, end] of arrows) {
      if (begin !== at || seen.has(end)) continue;
      if (end === to) return true;
      seen.add(end);
      waiting.push(end);
    }
  }
  return false;
}

test("the drawing has every room", () => {
  const drawn = [...drawing.matchAll(/^ {4}(\w+)(?:\[.*\])?$/gm)].map(([, name]) => name!);
  expect([...drawn].sort()).toEqual([...ROOMS.map(({ name }) => name), "cli", "contracts", "formats"].sort());
});

test("the drawing has no arrow that is forbidden", () => {
  const forbidden = arrows.filter(([from, to]) => from !== "cli" && !allowed.get(from)?.includes(to));
  expect(forbidden).toEqual([]);
});

test("the drawing has a way for everything that is allowed", () => {
  const without = [...allowed].flatMap(([from, rooms]) =>
    rooms.filter((to) => !leads(from, to)).map((to) => `${from} --> ${to}`),
  );
  expect(without).toEqual([]);
});

test("the table has every folder of the source, and no other", () => {
  const folders = readdirSync(`${root}/src`, { withFileTypes: true })
    .filter((one) => one.isDirectory())
    .map(({ name }) => name);
  const rows = [...page.matchAll(/^\| `src\/(\w+)\/`/gm)].map(([, name]) => name!);
  expect([...rows].sort()).toEqual(folders.sort());
});
