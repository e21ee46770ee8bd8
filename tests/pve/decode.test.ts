import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeAnswer, decodeFailure, decodeValue } from "../../src/pve/decode.ts";
import { matchPath } from "../../src/pve/route.ts";
import type { Fact } from "../../src/schema/facts.ts";

const JSON_TYPE = "application/json;charset=UTF-8";

describe("values are brought to the type of the schema", () => {
  test.each<[Fact, unknown, unknown]>([
    [{ type: "integer" }, "103", 103],
    [{ type: "integer" }, 1.5e12, 1_500_000_000_000],
    [{ type: "integer" }, "1.5e+12", 1_500_000_000_000],
    [{ type: "number" }, "0.25", 0.25],
    [{ type: "number" }, "", ""],
    [{ type: "number" }, "abc", "abc"],
    [{ type: "integer" }, "12345678901234567890", "12345678901234567890"],
    [{ type: "integer" }, null, null],
    [{ type: "boolean" }, 1, true],
    [{ type: "boolean" }, "0", false],
    [{ type: "boolean" }, true, true],
    [{ type: "boolean" }, 7, 7],
    [{ type: "string" }, 512, "512"],
    [{ type: "string" }, { odd: 1 }, { odd: 1 }],
    [{ type: "array", items: { type: "integer" } }, ["1", 2], [1, 2]],
    [{ type: "array", items: { type: "integer" } }, null, null],
    [{ type: "array", items: { type: "integer" } }, "UPID:x", "UPID:x"],
    [
      { type: "object", properties: { "net[n]": { type: "string" }, n: { type: "integer" } } },
      { net0: 5, n: "6", x: "7" },
      { net0: "5", n: 6, x: "7" },
    ],
    [{ type: "object", additionalProperties: { type: "integer" } }, { a: "1" }, { a: 1 }],
    [{ type: "null" }, "UPID:x", "UPID:x"],
  ])("%j %j", (fact, value, expected) => {
    expect(decodeValue(fact, value)).toEqual(expected);
  });
});

describe("answers", () => {
  test.each<[string, string, unknown]>([
    [
      "a list",
      '{"data":[{"vmid":"100","template":"1","cpu":"0.5"}]}',
      { data: [{ vmid: 100, template: true, cpu: 0.5 }] },
    ],
    ["total beside data", '{"data":[],"total":"7"}', { data: [], total: 7 }],
    ["changes beside data", '{"data":[],"changes":"--- a"}', { data: [], changes: "--- a" }],
    ["null", '{"data":null}', { data: null }],
    ["no data at all", "{}", { data: null }],
    ["not JSON", "<html>", { data: "<html>" }],
    ["empty", "", { data: "" }],
    ["not an object", "[1]", { data: [1] }],
  ])("%s", (_, text, expected) => {
    expect(decodeAnswer("GET /nodes/{node}/qemu", JSON_TYPE, text)).toEqual(expected);
  });

  test("a raw stream stays text", () => {
    expect(decodeAnswer("GET /nodes/{node}/tasks/{upid}/log", "text/plain", "line 1\nline 2")).toEqual({
      data: "line 1\nline 2",
    });
  });

  test.each<[string, unknown]>([
    [
      '{"data":null,"message":"no such task\\n","errors":{"upid":"x\\n"}}',
      { message: "no such task\n", errors: { upid: "x" } },
    ],
    ['{"data":null}', {}],
    ["", {}],
    ["<html>502</html>", {}],
    ["malformed JSON string", { message: "malformed JSON string" }],
  ])("failure %j", (text, expected) => {
    expect(decodeFailure(text)).toEqual(expected);
  });
});

test("recorded answers keep their shape and every value", () => {
  const directory = new URL("../fixtures/recorded/", import.meta.url);
  let decoded = 0;
  let converted = 0;
  /** Compares by text, with booleans as the server writes them, and counts the values whose type was changed. */
  const same = (after: unknown, before: unknown, where: string) => {
    if (typeof before === "object" && before !== null) {
      expect(Array.isArray(after), where).toBe(Array.isArray(before));
      expect(Object.keys(after as object), where).toEqual(Object.keys(before));
      for (const [key, value] of Object.entries(before))
        same((after as Record<string, unknown>)[key], value, `${where}.${key}`);
      return;
    }
    if (typeof after !== typeof before) converted++;
    const shown = typeof after === "boolean" && typeof before !== "boolean" ? Number(after) : after;
    const empty = before === "" && after === false;
    if (!empty)
      expect(typeof shown === "number" ? shown : String(shown), where).toEqual(
        typeof shown === "number" ? Number(before) : String(before),
      );
  };
  for (const name of readdirSync(directory)) {
    for (const line of gunzipSync(readFileSync(new URL(name, directory)))
      .toString("utf8")
      .trim()
      .split("\n")) {
      const { request, response } = JSON.parse(line);
      if (response.status !== 200 || !request.path.startsWith("/api2/json/") || !response.body?.startsWith("{"))
        continue;
      const path = decodeURIComponent(request.path.slice("/api2/json".length).split("?")[0]);
      const { entry } = matchPath(request.method, path);
      if (entry === undefined) continue;
      same(decodeAnswer(entry.id, JSON_TYPE, response.body).data, JSON.parse(response.body).data ?? null, entry.id);
      decoded++;
    }
  }
  expect(decoded).toBeGreaterThan(300);
  expect(converted).toBeGreaterThan(100);
});
