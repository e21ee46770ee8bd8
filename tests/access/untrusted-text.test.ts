import { expect, test } from "vitest";
import {
  cleanText,
  cleanValue,
  keepSecret,
  maskSecretBytes,
  redactParams,
  redactText,
} from "../../src/access/index.ts";

test.each([
  ["plain text\twith\nlines", "plain text\twith\nlines"],
  ["zero\u200bwidth\u2060joiner\ufeff", "zerowidthjoiner"],
  ["right\u202eto\u2066left", "righttoleft"],
  ["tags\u{e0041}\u{e0042}", "tags"],
  ["red \u001b[31malert\u001b[0m", "red alert"],
  ["title \u001b]0;evil\u0007end", "title end"],
  ["bell\u0007 and null\u0000", "bell and null"],
  ["lone \ud800 half", "lone \ufffd half"],
  ["grüße, 日本語, emoji 🚀", "grüße, 日本語, emoji 🚀"],
])("%j comes out as %j", (given, wanted) => {
  expect(cleanText(given)).toBe(wanted);
});

test("every string of an answer is cleaned, keys included", () => {
  expect(cleanValue({ "a\u200b": ["b\u200b", { c: 1, d: "e\u202e" }] })).toEqual({ a: ["b", { c: 1, d: "e" }] });
});

test.each<[Record<string, unknown>, Record<string, unknown>]>([
  [
    { password: "x", vmid: 1 },
    { password: "[redacted]", vmid: 1 },
  ],
  [{ nested: { token: "x" } }, { nested: { token: "[redacted]" } }],
  [{ command: ["rm", "-rf"] }, { command: "[redacted]" }],
  [{ command: "reboot now" }, { command: "[redacted]" }],
  [{ command: "reboot" }, { command: "reboot" }],
  [{ command: "shutdown" }, { command: "shutdown" }],
  [{ content: "images,iso" }, { content: "images,iso" }],
  [{ content: "file body" }, { content: "[redacted]" }],
  [{ content: "import os\nKEY = 1" }, { content: "[redacted]" }],
  [{ content: "iso, backup" }, { content: "iso, backup" }],
  [{ options: "user=a,password=b" }, { options: "user=a,password=[redacted]" }],
])("%j is recorded as %j", (given, wanted) => {
  expect(redactParams(given)).toEqual(wanted);
});

test("token headers and tickets are masked inside texts", () => {
  expect(redactText("PVEAPIToken=root@pam!t=12345678-aaaa")).toBe("PVEAPIToken=root@pam!t=[redacted]");
  expect(redactText("PVE:root@pam:6B02EBF0::abcd+/==")).toBe("[redacted]");
});

test.each<[string, Buffer, string]>([
  ["without a secret stay as they are", Buffer.from([0, 255, 128, 10]), "00ff800a"],
  [
    "with a secret lose it and nothing else",
    Buffer.from("\u200b5ecret-in-ß-bytes\xff", "utf8"),
    `e2808b${Buffer.from("[redacted]ÿ").toString("hex")}`,
  ],
])("bytes %s", (_, given, wanted) => {
  keepSecret("5ecret-in-ß-bytes");
  expect(maskSecretBytes(given).toString("hex")).toBe(wanted);
});
