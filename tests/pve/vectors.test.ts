import { describe, expect, it } from "vitest";
import { matchPath } from "../../src/pve/route.ts";
import { validateCall } from "../../src/pve/validate.ts";
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
      if (!theirs.some((name) => Object.hasOwn(ours, name))) missed.push({ ...brief(vector), ours });
    }
    const share = 1 - missed.length / refused;
    console.log(
      `vectors: ${accepted} accepted, ${falseRefusals.length} falsely refused; ${refused} refused, ` +
        `${refused - missed.length} named (${(share * 100).toFixed(2)} %)`,
    );
    if (process.env.SHOW_MISSED) console.log(JSON.stringify(missed));
    expect(falseRefusals).toEqual([]);
    expect(accepted + refused).toBeGreaterThan(13_900);
    expect(share).toBeGreaterThanOrEqual(0.99);
  }, 120_000);
});
