import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseRunbook } from "../../codegen/runbooks.ts";
import tools from "../../generated/tools.json" with { type: "json" };
import { RUNBOOKS, runbookText } from "../../src/mcp/runbooks/runbook.ts";
import { describeOperation } from "../../src/tools/api/describe-operation.ts";

const FOLDER = join(import.meta.dirname, "../../docs/runbooks");
const read = (name: string) => readFileSync(join(FOLDER, name), "utf8");

interface Property {
  enum?: unknown[];
}
const INPUTS = new Map(
  tools.map(({ name, inputSchema }) => [name, inputSchema.properties as unknown as Readonly<Record<string, Property>>]),
);

/** Calls as texts write them: a tool's name or an operation, and arguments in JSON. */
function callsIn(text: string): { what: string; given: Record<string, unknown> }[] {
  return [...text.replace(/\n\s*/g, " ").matchAll(/`([^`]+)`/g)].flatMap(([, code]) => {
    const [, what, json = "{}"] =
      /^((?:proxmox|job)_\w+|(?:GET|POST|PUT|DELETE) \/\S+)(?: (\{.*\}))?$/.exec(code!) ?? [];
    return what === undefined ? [] : [{ what, given: JSON.parse(json) as Record<string, unknown> }];
  });
}

/** What is wrong with a call that a text writes. */
async function faultsOf({ what, given }: { what: string; given: Record<string, unknown> }): Promise<string[]> {
  if (what.includes("/")) {
    const found = await describeOperation(what);
    if (!found) return [`no operation ${what}`];
    const known = { ...(found.required as object), ...(found.optional as object) };
    return Object.keys(given)
      .filter((name) => !Object.hasOwn(known, name) && !Object.hasOwn(known, name.replace(/\d+$/, "[n]")))
      .map((name) => `${what} has no parameter ${name}`);
  }
  const input = INPUTS.get(what);
  if (!input) return [`no tool ${what}`];
  return Object.entries(given).flatMap(([name, value]) => {
    if (!Object.hasOwn(input, name)) return [`${what} has no argument ${name}`];
    const { enum: choices } = input[name]!;
    return choices && !choices.includes(value) ? [`${what} ${name} is not ${String(value)}`] : [];
  });
}

test.each(RUNBOOKS.map(({ name }) => name))("%s names tools, operations and arguments that exist", async (name) => {
  const calls = callsIn(await runbookText(name));
  expect(calls.length).toBeGreaterThan(9);
  expect((await Promise.all(calls.map(faultsOf))).flat()).toEqual([]);
});

test("a name, an argument or a value that does not exist is found", async () => {
  const faults = callsIn(
    '`proxmox_nothing`, `proxmox_vm_get {"id": 1}`, `GET /nothing`, `GET /version {"a": 1}`, `proxmox_vm_action\n  {"action": "fly"}`',
  );
  expect((await Promise.all(faults.map(faultsOf))).flat()).toHaveLength(5);
});

test.each(RUNBOOKS.map(({ name }) => name))("%s says what to look at, ask, do, check and undo", async (name) => {
  const text = await runbookText(name);
  const headings = [...text.matchAll(/^## ([A-Z]\w+)/gm)].map(([, word]) => word);
  expect(headings.filter((word) => word !== "Clean")).toEqual([
    "Look",
    "Ask",
    "Do",
    "How",
    ...(headings.includes("Clean") ? [] : ["Undo"]),
  ]);
});

test("what is served is what stands in the documents, and the index has all of it", () => {
  const files = readdirSync(FOLDER).filter((name) => name !== "README.md");
  expect(files.map((name) => parseRunbook(name, read(name)).head)).toEqual(RUNBOOKS);
  for (const name of files) expect(read("README.md")).toContain(`[${name.replace(".md", "")}](${name})`);
});

test.each([
  ["# No front matter\n", /begin with front matter/],
  ["---\nname: x\n---\n\n# X\n", /front matter/],
  ["---\nname: other\ntitle: X\ndescription: twenty characters or more\narguments: {}\n---\n\n# X\n", /name is other/],
  ["---\nname: x\ntitle: X\ndescription: twenty characters or more\narguments: {}\n---\n\n# Y\n", /heading/],
  [
    "---\nname: x\ntitle: X\ndescription: twenty characters or more\narguments: { a: { kind: moon, description: b } }\n---\n\n# X\n",
    /kind/,
  ],
])("a runbook that codegen cannot take is refused: %j", (source, fault) => {
  expect(() => parseRunbook("x.md", source)).toThrow(fault);
});
