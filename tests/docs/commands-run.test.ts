import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { documents } from "../../scripts/documents.ts";
import { prompted } from "../../scripts/snippets/check-document.ts";
import { fencesOf } from "../../scripts/snippets/fences.ts";
import { commandsOf } from "../../scripts/snippets/shell-words.ts";

const ROOT = join(import.meta.dirname, "../..");

/**
 * Where a command of the documents is run: the file, and what stands in it. Whoever writes down another command shows
 * here what runs it, or marks it as needing a real host.
 */
const RUN: readonly [command: RegExp, file: string, words: string][] = [
  [/^npm ci$/, ".ci/run", "npm ci"],
  [/^npm test$/, ".ci/run", "npm test"],
  [/^npm run check$/, ".ci/run", "npm run --silent check"],
  [/^npm run codegen( -- --check)?$/, "scripts/check.ts", '["codegen", "--", "--check"]'],
  // What `npm run demo` starts.
  [/^npm run demo$/, "scripts/pack-smoke.ts", '"demo"'],
  [/^npm run validate( \w+)?$/, "tests/validation/validate.test.ts", "scripts/validate/validate.ts"],
  [/^npm run docs:refresh /, "tests/codegen/refresh.test.ts", "codegen/refresh-main.ts"],
  [/^npx vitest run tests\/tools\/pci-mapping\.test\.ts$/, "vitest.config.ts", "tests/**/*.test.ts"],
  [/^npx proxmox-mcp api check$/, "tests/cli/api-check.test.ts", '"api", "check"'],
  [/^claude mcp add /, "tests/clients/claude-code.ts", "claude mcp add"],
  [/^npm run mcp -- --lab (list|call)/, "tests/docs/direct-call.test.ts", '"--lab"'],
  [/^proxmox-mcp doctor( --json| --schema)?$/, "tests/e2e/doctor.test.ts", "--json"],
  [/^proxmox-mcp admin enroll --host pve1 --dry-run$/, "tests/e2e/admin-commands.test.ts", '"--dry-run"'],
  [/^proxmox-mcp admin enroll .*--access \w+/, "tests/e2e/admin-commands.test.ts", '"--access"'],
  [
    /^proxmox-mcp admin (enroll|rotate|deprovision) .*--only ssh/,
    "tests/e2e/admin-commands.test.ts",
    '"--only", "ssh"',
  ],
  [/^proxmox-mcp admin status/, "tests/e2e/admin-commands.test.ts", '["status"]'],
  [/^proxmox-mcp admin rotate --host pve1$/, "tests/e2e/admin-commands.test.ts", '["rotate"'],
  [/^proxmox-mcp admin rekey --generate /, "tests/e2e/admin-commands.test.ts", '["rekey", "--generate"'],
  [/^proxmox-mcp admin deprovision --host pve1$/, "tests/e2e/admin-commands.test.ts", '["deprovision"'],
  [/^proxmox-mcp admin audit export/, "tests/e2e/audit.test.ts", 'admin("export"'],
  [/^node -p .*api-summary\.json/, "tests/docs/api-summary.test.ts", "docs/proxmox/api-summary.json"],
];

/** A document whose commands are all run, in its order. */
const PLAYED = "docs/getting-started.md";

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

/** The commands of this project and of clients that no mark excuses. */
function unmarked(): { where: string; command: string }[] {
  return documents(ROOT).flatMap((file) =>
    fencesOf(file, read(file))
      .filter(({ language, excused }) => !excused && /^(sh|bash|console|shell)$/.test(language))
      .flatMap(({ language, text, line }) =>
        commandsOf(language === "console" ? prompted(text) : text).map(({ words }) => ({
          where: `${file}:${line}`,
          command: words.join(" "),
        })),
      )
      .filter(({ command }) => /^(npm|npx|node|proxmox-mcp|claude|codex|gemini) /.test(command)),
  );
}

test("every command of the documents is run by a test, or marked", () => {
  expect(read("tests/docs/getting-started.test.ts")).toContain("getting-started.md");
  const nobody = unmarked()
    .filter(({ where }) => !where.startsWith(`${PLAYED}:`))
    .filter(({ command }) => !RUN.some(([pattern]) => pattern.test(command)));
  expect(nobody).toEqual([]);
});

test.each(RUN)("what runs %s is there", (_, file, words) => {
  expect(read(file)).toMatch(words);
});
