import { describe, expect, it } from "vitest";
import { matchPath } from "../../src/pve/route.ts";
import { validateCall } from "../../src/pve/validate.ts";
import { fixture } from "../schema/vectors.ts";
import { decodeForm, normalized } from "./server-form.ts";

interface Exchange {
  seq: number;
  request: { method: string; path: string; headers: Record<string, string>; body: string | null };
  response: { status: number; body: string };
}

const FILES = ["access", "cluster", "firewall", "lxc", "node", "pools", "protocol", "qemu", "storage"];
const PREFIX = /^\/api2\/(?:json|extjs|html|png|text)(?=\/)/;

const exchanges = FILES.flatMap((file) => fixture<Exchange>(`recorded/${file}`));

function header(exchange: Exchange, name: string): string {
  const found = Object.entries(exchange.request.headers).find(([key]) => key.toLowerCase() === name);
  return found?.[1] ?? "";
}

/** The fields of a multipart body, the file's name under `filename`. */
function decodeMultipart(body: string): Record<string, unknown> {
  const parts = body.matchAll(/form-data; name="([^"]+)"(?:; filename="([^"]*)")?.*?\r\n\r\n(.*?)\r\n--/gs);
  return Object.fromEntries([...parts].map(([, name, file, value]) => [name!, file ?? value]));
}

function bodyOf(exchange: Exchange): Record<string, unknown> {
  const { body } = exchange.request;
  if (body === null || body === "") return {};
  const type = header(exchange, "content-type");
  if (type.startsWith("application/json")) return JSON.parse(body) as Record<string, unknown>;
  return type.startsWith("multipart/") ? decodeMultipart(body) : decodeForm(body);
}

describe("requests that the real API answered with 200", () => {
  it("pass, every one", async () => {
    const refused: unknown[] = [];
    let passed = 0;
    for (const exchange of exchanges) {
      const { method, path } = exchange.request;
      if (exchange.response.status !== 200 || !PREFIX.test(path)) continue;
      const [bare = "", query = ""] = path.replace(PREFIX, "").split("?");
      // The root lists the topics; no schema has it as an operation.
      if (bare === "/") continue;
      const route = matchPath(method, decodeURIComponent(bare));
      if (!route.entry) {
        refused.push({ seq: exchange.seq, method, path, nearest: route.nearest });
        continue;
      }
      const { _dc, ...params } = { ...bodyOf(exchange), ...decodeForm(query), ...route.params };
      const verdict = await validateCall(route.entry.id, normalized(route.entry.id, params));
      if (verdict.ok) passed++;
      else refused.push({ seq: exchange.seq, method, path, body: exchange.request.body, errors: verdict.errors });
    }
    expect(refused).toEqual([]);
    expect(passed).toBeGreaterThan(700);
  });
});
