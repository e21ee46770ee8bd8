import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import { wire } from "../../generated/wire.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { checkValue } from "../../src/lab/parameters/check.ts";
import { verifyOperation } from "../../src/lab/parameters/index.ts";
import { Refusal } from "../../src/lab/refusal.ts";
import { routes } from "../../src/lab/routes/index.ts";
import { syntheticRoutes } from "../../src/lab/synthetic/index.ts";
import type { Fact } from "../../src/schema/facts.ts";
import type { OperationId } from "../../src/schema/operation.ts";
import { sampleParameters } from "./sample-parameters.ts";
import { exchange, open, requestBytes, type WireAnswer } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 1, taskVisibleMs: 0, haMs: 1, agentMs: 0, authDelayMs: 0 });
  lab.addToken({ user: "eve", realm: "pve", id: "example" }, {});
});
afterAll(() => lab.close());

const SYNTHETIC = new Set(syntheticRoutes(routes, "9.2").map((route) => route.id));

/** Where real answers differ from their own schema (pve-facts 28), and this lab with them. */
const DRIFT = [
  /^GET \/cluster\/sdn\/dry-run data\.(?:frr|interfaces)-diff: null$/,
  /^GET \/nodes\/\{node\}\/disks\/list data\[\]\.(?:osdid-list: null|mounted: missing)$/,
  /^GET \/nodes\/\{node\}\/network data\[\]\.netmask: invalid format/,
  /^GET \/nodes\/\{node\}\/vzdump\/defaults data\.(?:performance|fleecing): .* got HASH$/,
];

/** What differs between an answer and its fact: types, enumerations, limits, patterns, formats, missing keys. */
function differences(fact: Fact, value: unknown, where = "data"): string[] {
  if (value === null) return fact.type === undefined || fact.type === "null" ? [] : [`${where}: null`];
  if (fact.oneOf) {
    const each = fact.oneOf.map((one) => differences(one, value, where));
    return each.some((found) => found.length === 0) ? [] : each[0]!;
  }
  switch (fact.type) {
    case "null":
      return [`${where}: not null`];
    case "array":
      if (!Array.isArray(value)) return [`${where}: no array`];
      return fact.items ? value.flatMap((item) => differences(fact.items!, item, `${where}[]`)) : [];
    case "object":
    case undefined:
      if (typeof value !== "object") return fact.type === undefined ? [] : [`${where}: no object`];
      return Object.entries(fact.properties ?? {}).flatMap(([key, inner]) => {
        const part = (value as Record<string, unknown>)[key];
        if (part !== undefined) return differences(inner, part, `${where}.${key}`);
        return inner.optional ? [] : [`${where}.${key}: missing`];
      });
    default: {
      const errors: Record<string, string> = {};
      checkValue(fact, value, where, errors, {});
      return Object.entries(errors).map(([path, text]) => `${path}: ${text}`);
    }
  }
}

/** Parameters that name what the seed has. */
function fixedOf(template: string): Record<string, unknown> {
  const fixed: Record<string, unknown> = {};
  if (template.includes("{vmid}")) fixed.vmid = template.includes("/lxc/") ? 103 : 100;
  if (template.includes("{upid}")) fixed.upid = lab.state.tasks.all()[Symbol.iterator]().next().value!.upid;
  if (template.includes("{subnet}")) fixed.subnet = "example-192.0.2.0-24";
  if (template.includes("{userid}")) fixed.userid = "eve@pve";
  if (template.includes("{poolid}")) fixed.poolid = "production";
  return fixed;
}

/** The one operation that takes no form: fields in parts, the file last (pve-facts 42). */
function upload(): { body: string; headers: Record<string, string> } {
  const part = (name: string, value: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const file = `--b\r\nContent-Disposition: form-data; name="filename"; filename="example.iso"\r\n\r\nimage\r\n--b--\r\n`;
  return { body: part("content", "iso") + file, headers: { "Content-Type": "multipart/form-data; boundary=b" } };
}

/** One request with the parameters that the operation must have. */
async function ask(id: OperationId): Promise<{ answer: WireAnswer; request: Lab["requests"][number] }> {
  const [method = "", template = ""] = id.split(" ");
  const fixed = fixedOf(id);
  const { params, missing } = sampleParameters(id, fixed);
  expect(missing).toEqual([]);
  expect(verifyOperation(id, params)).toMatchObject({ status: 200 });
  const path = template.replace(/\{(\w[\w-]*)\}/g, (_, name: string) => {
    const value = String(params[name]);
    delete params[name];
    return name === "volume" || name === "cidr" ? value : encodeURIComponent(value);
  });
  const form = Object.entries(params)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const))
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join("&");
  const multipart = template.endsWith("/upload");
  const inQuery = method === "GET" || method === "DELETE";
  const socket = await open(lab);
  try {
    const target = inQuery && form !== "" ? `${path}?${form}` : path;
    const answer = await exchange(
      socket,
      requestBytes(lab, method, target, multipart ? upload() : inQuery ? {} : { body: form }),
    );
    return { answer, request: lab.requests.at(-1)! };
  } finally {
    socket.destroy();
  }
}

describe("every documented operation", () => {
  // Reads first, removals last, so that each finds what the seed has.
  const order = (id: string) => ["GET", "PUT", "POST", "DELETE"].indexOf(id.split(" ")[0]!);
  it.each(manifest.map(({ id }) => id).sort((a, b) => order(a) - order(b)))("answers %s", async (id) => {
    const { answer, request } = await ask(id);
    expect({ status: answer.status, reason: answer.reason }).not.toMatchObject({ status: 501 });
    expect(request).toMatchObject({ operation: id });
    expect(request.crash).toBeUndefined();
    expect(answer.headers["x-lab-synthetic"]).toBe(SYNTHETIC.has(id) && answer.status === 200 ? "1" : undefined);
    if (answer.status !== 200) return;
    const { data } = JSON.parse(answer.body);
    const found = differences(wire.facts[wire.operations[id]!.returns]!, data);
    const strange = found.map((one) => `${id} ${one}`).filter((one) => !DRIFT.some((known) => known.test(one)));
    expect(strange).toEqual([]);
  });
});

describe("an answer from the schema alone", () => {
  it.each(syntheticRoutes([], "9.2").map((route) => [route.id, route] as const))("fits %s", async (id, route) => {
    const { params } = sampleParameters(id as OperationId, fixedOf(id));
    const { state } = lab;
    const run = () =>
      route.run({
        state,
        token: { user: "root", realm: "pam", id: "lab" },
        user: "root@pam",
        params: { ...params, node: "pve1" },
      });
    const outcome = await Promise.resolve()
      .then(run)
      .catch((error: unknown) => error);
    // What the seed does not have is refused as everywhere.
    if (outcome instanceof Refusal) return expect(outcome.message).toMatch(/does not exist/);
    const { data } = outcome as { data: unknown };
    expect(differences(wire.facts[wire.operations[id as OperationId]!.returns]!, data)).toEqual([]);
    expect(await run()).toEqual(typeof data === "string" && data.startsWith("UPID:") ? expect.anything() : { data });
  });
});
