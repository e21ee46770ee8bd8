import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const { operations } = JSON.parse(readFileSync("docs/proxmox/api-summary.json", "utf8")) as {
  operations: { since?: string }[];
};

test("the summary of the API is looked into by the line that its page has", () => {
  const [, expression] = /^\$ node -p '(.*)'$/m.exec(readFileSync("docs/proxmox/README.md", "utf8"))!;
  const said = execFileSync(process.execPath, ["-p", expression!], { encoding: "utf8" });
  expect(said.trim()).toBe(String(operations.filter(({ since }) => since === "9.2").length));
  expect(Number(said)).toBeGreaterThan(0);
});
