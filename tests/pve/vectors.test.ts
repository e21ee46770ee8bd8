import { describe, expect, it } from "vitest";
import { wire } from "../../generated/wire.ts";
import { matchPath } from "../../src/pve/route.ts";
import { validateCall } from "../../src/pve/validate.ts";
import { parameterFact } from "../../src/pve/wire-facts.ts";
import { fixture } from "../schema/vectors.ts";

interface Vector {
  id: number;
  method: string;
  path: string;
  params: Record<string, unknown>;
  status: 200 | 400 | 501;
  template?: string;
  errors?: Record<string, string>;
}

/** Formats of which only the server's files can tell whether a value is one. */
const HOST_DEPENDENT = [
  "pve-fw-protocol-spec",
  "pve-fw-sport-spec",
  "pve-fw-dport-spec",
  "pve-ct-timezone",
  "pve-vm-cpu-conf",
];

/** The schema forbids unknown parameters here, and the server takes them; no rule tells these from their like. */
const OPEN_AGAINST_THE_SCHEMA = [
  "GET /access/ticket",
  "GET /cluster/firewall",
  "GET /cluster/firewall/macros",
  "GET /cluster/firewall/options",
  "GET /cluster/notifications/matcher-field-values",
  "GET /cluster/qemu/custom-cpu-models",
] as const;

const vectors = fixture<Vector>("parameters");
const brief = ({ id, method, path, params, errors }: Vector) => ({ id, call: `${method} ${path}`, params, errors });

describe("parameter vectors of the real validator", () => {
  it("routes where the server routes", () => {
    const wrong = vectors.filter(({ method, path, status, template }) => {
      const { entry } = matchPath(method, path);
      return status === 501 ? entry !== undefined && entry.until === undefined : entry?.id !== `${method} ${template}`;
    });
    expect(wrong.map(brief)).toEqual([]);
  });

  it("refuses nothing that the server takes, and names what it refuses", async () => {
    const falseRefusals: unknown[] = [];
    const missed: unknown[] = [];
    const unexplained: unknown[] = [];
    let accepted = 0;
    let refused = 0;
    for (const vector of vectors) {
      if (vector.status === 501) continue;
      const route = matchPath(vector.method, vector.path);
      if (!route.entry) continue;
      const verdict = await validateCall(route.entry.id, { ...route.params, ...vector.params });
      if (vector.status === 200) {
        accepted++;
        if (!verdict.ok) falseRefusals.push({ ...brief(vector), ours: verdict.errors });
        continue;
      }
      refused++;
      const ours = verdict.ok ? {} : verdict.errors;
      // The server names items of an array, `map[0]`; here their faults stand under the parameter's own name.
      const theirs = Object.keys(vector.errors ?? {}).map((name) => name.replace(/\[\d+\]$/, ""));
      if (theirs.some((name) => Object.hasOwn(ours, name))) continue;
      missed.push({ ...brief(vector), ours });
      const formats = theirs.map((name) => parameterFact(route.entry.id, name, vector.params)?.format ?? "");
      if (!formats.every((format) => HOST_DEPENDENT.includes(format))) unexplained.push({ ...brief(vector), ours });
    }
    const share = 1 - missed.length / refused;
    console.log(
      `vectors: ${accepted} accepted, ${falseRefusals.length} falsely refused; ${refused} refused, ` +
        `${refused - missed.length} named (${(share * 100).toFixed(2)} %)`,
    );
    expect(falseRefusals).toEqual([]);
    expect(unexplained).toEqual([]);
    expect(accepted + refused).toBeGreaterThan(13_900);
    expect(share).toBeGreaterThanOrEqual(0.99);
  }, 120_000);

  it.each(OPEN_AGAINST_THE_SCHEMA)("%s still takes what its schema forbids", (id) => {
    const operation = wire.operations[id]!;
    const taken = vectors.filter(({ method, template, status }) => `${method} ${template}` === id && status === 200);
    const unknown = taken
      .flatMap(({ params }) => Object.keys(params))
      .filter((name) => !(name in operation.parameters));
    expect(unknown.length).toBeGreaterThan(0);
    expect(operation.open).toBe(true);
  });

  it("still sees fabrics judged without the parameters of which only the alternatives are optional", () => {
    const judged = vectors.filter(
      ({ template, params }) => template?.startsWith("/cluster/sdn/fabrics/node/{fabric_id}") && !params.interfaces,
    );
    expect(judged.some(({ method, status }) => method === "PUT" && status === 200)).toBe(true);
    expect(judged.filter(({ errors }) => errors?.interfaces?.includes("missing"))).toEqual([]);
  });
});
