import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { brokenLinks, orphans } from "../../scripts/links.ts";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "links-"));
  mkdirSync(join(root, "docs"));
  writeFileSync(
    join(root, "docs", "a b.md"),
    '# The `first` one: a-b, größer!\n\n## Twice\n\n## Twice\n\n```\n# no heading\n```\n<a id="own"></a>\n',
  );
  writeFileSync(join(root, "x.ts"), "");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test.each<[string, string[]]>([
  ["[a](docs/a%20b.md)", []],
  ['[a](<docs/a%20b.md> "title") ![i](x.ts)', []],
  ["[a](docs/a%20b.md#the-first-one-a-b-größer)", []],
  ["[a](docs/a%20b.md#twice) [a](docs/a%20b.md#twice-1) [a](docs/a%20b.md#own)", []],
  ["# Here\n\n[a](#here) [ts](x.ts#L5)", []],
  ["[a](https://example.org/none) [m](mailto:a@example.org) [p](proxmox://inventory)", []],
  ["`[a](none.md)`\n\n```\n[a](none.md)\n```\n~~~\n[a](none.md)\n~~~", []],
  ["[a]: none.md", ["README.md:1: none.md does not exist"]],
  [
    "one\n[a](docs/none.md) and [b](docs/no.md)",
    ["README.md:2: docs/none.md does not exist", "README.md:2: docs/no.md does not exist"],
  ],
  ["[a](docs/a%20b.md#twice-2)", ["README.md:1: docs/a%20b.md#twice-2 has no such heading"]],
  ["[a](docs/a%20b.md#no-heading)", ["README.md:1: docs/a%20b.md#no-heading has no such heading"]],
  ["[a](#here)", ["README.md:1: #here has no such heading"]],
  ["[a](../outside.md)", ["README.md:1: ../outside.md leads out of the repository"]],
])("%j", (text, broken) => {
  writeFileSync(join(root, "README.md"), text);
  expect(brokenLinks(root, ["README.md"])).toEqual(broken);
});

test("a document that nothing leads to is named", () => {
  writeFileSync(join(root, "README.md"), "[a](docs/a%20b.md)");
  expect(orphans(root, ["README.md", "docs/a b.md", "docs/c.md"])).toEqual([
    "docs/c.md: no link leads here from README.md",
  ]);
});
