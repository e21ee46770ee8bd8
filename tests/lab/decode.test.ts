import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import { wire } from "../../generated/wire.ts";
import { Refusal } from "../../src/lab/refusal.ts";
import { Router } from "../../src/lab/router.ts";
import { routes } from "../../src/lab/routes/index.ts";
import { validate } from "../../src/lab/validate.ts";
import { decodeUrlencoded } from "../../src/lab/wire/decode-urlencoded.ts";

type Params = Record<string, unknown>;

interface Verdict {
  id: number;
  method: string;
  path: string;
  status: number;
  form: string;
  params: Params;
  normalized?: Params;
  errors?: Record<string, string>;
}

function vectors(name: string): Verdict[] {
  const file = new URL(`../fixtures/${name}.jsonl.gz`, import.meta.url);
  return gunzipSync(readFileSync(file))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const router = new Router(
  [],
  manifest.filter((entry) => entry.until === undefined).map((entry) => entry.id),
);

/** What the lab makes of a call: its parameters, or a text for each that is wrong. */
function judge(method: string, path: string, given: Params): { params?: Params; errors?: Record<string, string> } {
  const match = router.find(method, path);
  const operation = match && wire.operations[match.id as keyof typeof wire.operations];
  if (!operation) throw new Error(`${method} ${path} is not documented`);
  const all = { ...given, ...match.pathParams };
  try {
    return { params: { ...all, ...validate(wire, operation, all) } };
  } catch (error) {
    if (error instanceof Refusal) return { errors: { ...error.errors } };
    throw error;
  }
}

describe("decodeUrlencoded", () => {
  it.each<[string, Params]>([
    ["", {}],
    ["a=1&b=2", { a: "1", b: "2" }],
    ["net0=virtio=AA:BB,bridge=vmbr0", { net0: "virtio" }],
    ["boot=order=scsi0;ide2;net0", { boot: "order", ide2: null, net0: null }],
    ["tags=a;b", { tags: "a", b: null }],
    ["tags=a%3Bb", { tags: "a;b" }],
    ["a==b", { a: "" }],
    ["a=", { a: "" }],
    ["a", { a: null }],
    ["a=1&a=2&a=3", { a: ["1", "2", "3"] }],
    ["a=1&a&a=2", { a: "2" }],
    ["a=b+c%2Bd", { a: "b c+d" }],
    ["a=%zz%4", { a: "%zz%4" }],
    ["a=%C3%A9", { a: "é" }],
    ["a=%E9", { a: "\ufffd" }],
    ["a=%00", { a: "\0" }],
    ["%61+b=1", { "a b": "1" }],
    ["&;&a=1;", { a: "1" }],
  ])("reads %j", (form, expected) => {
    expect({ ...decodeUrlencoded(form) }).toEqual(expected);
  });
});

describe("the recorded verdicts of the real server", () => {
  // The recorder itself could not send text beyond single bytes.
  const forms = vectors("forms").filter((verdict) => verdict.status !== 500);

  it("normalises every accepted form alike", () => {
    const accepted = forms.filter((verdict) => verdict.status === 200);
    expect(accepted.length).toBeGreaterThan(150);
    for (const { id, method, path, form, normalized } of accepted) {
      const given = { ...decodeUrlencoded(Buffer.from(form, "latin1")) };
      expect({ id, params: judge(method, path, given).params }).toEqual({ id, params: normalized });
    }
  });

  it("blames no parameter of a form that the server does not blame", () => {
    for (const { id, method, path, form, errors = {} } of forms) {
      const given = { ...decodeUrlencoded(Buffer.from(form, "latin1")) };
      const blamed = Object.keys(judge(method, path, given).errors ?? {});
      expect({ id, extra: blamed.filter((name) => !Object.hasOwn(errors, name)) }).toEqual({ id, extra: [] });
    }
  });

  it("agrees on 95 of 100 parameter sets, routes included, and refuses none that the server takes", () => {
    let agreed = 0;
    const refused: number[] = [];
    const all = vectors("parameters");
    for (const { id, method, path, params, status } of all) {
      const known = router.find(method, path) !== undefined;
      if (!known || status === 501) {
        agreed += known === (status !== 501) ? 1 : 0;
        continue;
      }
      const taken = judge(method, path, params).errors === undefined;
      if (taken === (status === 200)) agreed += 1;
      else if (!taken) refused.push(id);
    }
    expect(refused).toEqual([]);
    expect(agreed / all.length).toBeGreaterThan(0.95);
  });

  it("agrees on 99 of 100 for the operations that it simulates", () => {
    const simulated = new Set(routes.map((route) => route.id));
    const all = vectors("parameters").filter(({ method, path, status }) => {
      const match = router.find(method, path);
      return match && status !== 501 && simulated.has(match.id);
    });
    expect(all.length).toBeGreaterThan(1500);
    const agreed = all.filter(
      ({ method, path, params, status }) => (judge(method, path, params).errors === undefined) === (status === 200),
    );
    expect(agreed.length / all.length).toBeGreaterThan(0.99);
  });
});
