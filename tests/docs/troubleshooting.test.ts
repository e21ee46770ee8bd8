import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { errorCodes } from "./error-codes.ts";

const text = readFileSync(fileURLToPath(new URL("../../docs/troubleshooting.md", import.meta.url)), "utf8");
const section = text.slice(text.indexOf("## By code"));
const listed = [...section.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code!);

test("every code that an error can carry is explained once, and no other", () => {
  expect([...listed].sort()).toEqual([...errorCodes().keys()].sort());
});

test("the codes are found however the source says them", () => {
  const codes = errorCodes();
  // In an object, by super(), by one of two ways, by a template, by a class that takes it, in a table, and by default.
  for (const code of [
    "unknown-guest",
    "tls-mismatch",
    "guest-file-not-found",
    "secret-file-mode",
    "file-changed",
    "file-permission-denied",
    "file-failed",
  ])
    expect([...codes.keys()]).toContain(code);
});
