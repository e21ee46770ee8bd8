import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import facts from "../../generated/tool-facts.json" with { type: "json" };
import { TOOL_MODULES } from "../../src/tools/registry.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const tools = join(root, "src/tools");

/** Every tool, with the folder and the file of its module, in the registry's order. */
const modules = [
  ...readFileSync(join(tools, "registry.ts"), "utf8").matchAll(
    /^ {2}(\w+): \(\) => import\("\.\/([\w-]+)\/([\w-]+\.ts)"\),$/gm,
  ),
].map(([, tool, folder, file]) => ({ tool: tool as keyof typeof TOOL_MODULES, folder, file }));

const domains = readdirSync(tools, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The numbers of facts that a source file cites. */
function factsOf(path: string): string[] {
  const text = readFileSync(path, "utf8").replace(/\n\s*(?:\*|\/\/)?\s*/g, " ");
  return [...text.matchAll(/pve-facts (\d+(?:, \d+)*)/g)].flatMap(([, list]) => list!.split(", "));
}

test("every module of the registry is in the folder of a domain", () => {
  expect(modules.map(({ tool }) => tool)).toEqual(Object.keys(TOOL_MODULES));
  expect([...new Set(modules.map(({ folder }) => folder))].sort()).toEqual([...domains].sort());
});

describe.each(domains)("the page of %s", (domain) => {
  const folder = join(tools, domain);
  const path = join(folder, "README.md");
  const page = existsSync(path) ? readFileSync(path, "utf8") : "";
  const at = (path: string) => [folder, root].map((base) => join(base, path)).find((one) => existsSync(one));

  test("has a row for each of its tools, in order, and for no other", () => {
    const rows = [...page.matchAll(/^\| \[`(\w+)`\]\(([^)]+)\) \| (\w+) \| \S.* \|$/gm)];
    const expected = modules
      .filter((one) => one.folder === domain)
      .map(({ tool, file }) => [tool, file, facts[tool].class]);
    expect(rows.map(([, ...row]) => row)).toEqual(expected);
  });

  test("names no tool that does not exist", () => {
    const named = page.match(/\b(?:proxmox_[a-z]\w*|job_[a-z]\w*)/g) ?? [];
    expect(named.filter((name) => !(name in TOOL_MODULES))).toEqual([]);
  });

  test("names no file that does not exist", () => {
    const named = [...page.matchAll(/`([\w./-]+(?:\.ts|\/))`/g)].map(([, path]) => path!);
    expect(named.filter((path) => at(path) === undefined)).toEqual([]);
  });

  test("cites facts by the numbers that the named files cite", () => {
    const prose = page.replace(/\s+/g, " ");
    const cited = [...prose.matchAll(/\(((?:`[^`]+`(?:, | and )?)+), pve-facts (\d+(?:, \d+)*)\)/g)];
    expect(cited.length).toBe(prose.match(/pve-facts/g)?.length ?? 0);
    const wrong = cited.flatMap(([, files, numbers]) => {
      const known = [...files!.matchAll(/`([^`]+)`/g)].flatMap(([, file]) => factsOf(at(file!)!));
      return numbers!.split(", ").filter((number) => !known.includes(number));
    });
    expect(wrong).toEqual([]);
  });
});
