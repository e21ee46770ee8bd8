import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeParams } from "../../src/pve/encode.ts";
import { matchPath } from "../../src/pve/route.ts";
import { validateCall } from "../../src/pve/validate.ts";
import type { OperationId } from "../../src/schema/operation.ts";
import { fixture } from "../schema/vectors.ts";
import { decodeForm, normalized } from "./server-form.ts";

interface FormVector {
  id: number;
  method: string;
  path: string;
  form: string;
  status: 200 | 400 | 500;
  normalized?: Record<string, unknown>;
  errors?: Record<string, string>;
}

const forms = fixture<FormVector>("forms");

describe("the decoder of these tests against the server's", () => {
  it("reads every form that the server reads as the server does", () => {
    const read = forms.filter((form) => form.normalized !== undefined);
    expect(read.length).toBe(162);
    for (const { method, path, form, normalized: expected } of read) {
      const { entry, params } = routed(method, path);
      expect(normalized(entry.id, { ...decodeForm(form), ...params }), form).toEqual(expected);
    }
  });

  it("leads to the server's verdict on every form", async () => {
    expect(forms.length).toBe(900);
    for (const { method, path, form, status, errors } of forms) {
      if (status === 500) {
        // A body of characters beyond bytes never reaches the decoder.
        expect(form).toMatch(/[^\0-\xff]/u);
        continue;
      }
      const { entry, params } = routed(method, path);
      const verdict = await validateCall(entry.id, { ...decodeForm(form), ...params });
      expect(verdict.ok, `${form} ${JSON.stringify(verdict)}`).toBe(status === 200);
      const ours = verdict.ok ? [] : Object.keys(verdict.errors);
      expect(
        Object.keys(errors ?? {}).every((name) => ours.includes(name)),
        `${form}: ${ours}`,
      ).toBe(true);
    }
  });
});

function routed(method: string, path: string) {
  const route = matchPath(method, path);
  if (!route.entry) throw new Error(`no route for ${method} ${path}`);
  return route;
}

/** A value as it stands decoded on the server. */
function onServer(operation: OperationId, name: string, value: unknown): unknown {
  const text = (item: unknown): unknown => (typeof item === "boolean" ? (item ? "1" : "0") : String(item));
  const plain = Array.isArray(value) ? value.map(text) : text(value);
  return normalized(operation, { [name]: plain })[name];
}

describe("valid parameters through our encoder and the server's decoder", () => {
  it("arrive as they were meant, for every call that the server takes", () => {
    const calls = fixture<{ method: string; path: string; params: Record<string, unknown>; status: number }>(
      "parameters",
    );
    let compared = 0;
    for (const { method, path, params, status } of calls) {
      if (status !== 200) continue;
      const { entry, params: inPath } = routed(method, path);
      const sent = Object.entries(params).filter(([name, value]) => value !== null && !Object.hasOwn(inPath, name));
      const decoded = normalized(entry.id, decodeForm(encodeParams(entry.id, { ...params, ...inPath })));
      const meant = sent.map(([name, value]) => [name, onServer(entry.id, name, value)] as const);
      const nonEmpty = meant.filter(([, value]) => !(Array.isArray(value) && value.length === 0));
      expect(decoded, `${method} ${path} ${JSON.stringify(params)}`).toEqual(Object.fromEntries(nonEmpty));
      compared++;
    }
    expect(compared).toBeGreaterThan(5900);
  });

  it("keeps any text, in plain parameters and in repeated ones", async () => {
    const operation = "POST /nodes/{node}/qemu/{vmid}/agent/exec";
    const text = fc.string({ unit: "grapheme-composite", maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), text, async (command, input) => {
        const params = { node: "pve1", vmid: 100, command, "input-data": input };
        expect(await validateCall(operation, params)).toEqual({ ok: true, params });
        const decoded = normalized(operation, decodeForm(encodeParams(operation, params)));
        expect(decoded).toEqual({ command, "input-data": input });
      }),
      { numRuns: 300 },
    );
  });
});
