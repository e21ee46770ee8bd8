import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import { wire } from "../../generated/wire.ts";
import type { Lab } from "../../src/lab/index.ts";
import { matchPath } from "../../src/pve/route.ts";
import { openLabSession, type Session } from "../support/session.ts";

/** What a path, a name or a value should never be able to do. */
const HOSTILE = [
  "..",
  "../../access/users/root@pam",
  "%2e%2e%2f",
  "a%2Fb",
  "a/b",
  "?force=1",
  "#fragment",
  "",
  " ",
  "a\nb",
  "a\r\nHost: evil",
  "a\u0000b",
  "a;b=c&d=e",
  "x,media=cdrom",
  "__proto__",
  "\u202e100",
  "{{7*7}}",
  "100; rm -rf /",
];

let session: Session & { lab: Lab };
beforeAll(async () => {
  session = await openLabSession({ seed: "small", taskMs: 5 });
});
afterAll(() => session?.close());

/** Operations that reached the lab, and those that the audit log announced, each with how often. */
async function seenAndAnnounced(): Promise<[Map<string, number>, Map<string, number>]> {
  const seen = new Map<string, number>();
  for (const { method, path } of session.lab.requests) {
    const id = matchPath(method, path).entry?.id ?? `${method} ${path}`;
    seen.set(id, (seen.get(id) ?? 0) + 1);
  }
  const announced = new Map<string, number>();
  for (const { phase, operation } of await session.record()) {
    if (phase === "before") announced.set(String(operation), (announced.get(String(operation)) ?? 0) + 1);
  }
  return [seen, announced];
}

async function expectNothingUnannounced(): Promise<void> {
  const [seen, announced] = await seenAndAnnounced();
  for (const [id, times] of seen) expect([id, times <= (announced.get(id) ?? 0)]).toEqual([id, true]);
}

test("hostile arguments of every tool send nothing that the audit log did not announce", async () => {
  interface Listed {
    name: string;
    inputSchema: { properties: Record<string, { type?: string | string[]; anyOf?: unknown }>; required?: string[] };
  }
  const tools = (await session.listTools()) as unknown as Listed[];
  let calls = 0;
  for (const { name, inputSchema } of tools) {
    const { properties, required = [] } = inputSchema;
    const texts = Object.keys(properties).filter((key) => {
      const { type, anyOf } = properties[key]!;
      return [type].flat().includes("string") || anyOf !== undefined;
    });
    for (const key of texts) {
      for (const value of HOSTILE) {
        const rest = Object.fromEntries(required.filter((one) => one !== key).map((one) => [one, PLAIN[one] ?? "x"]));
        const wait = properties.waitSeconds ? { waitSeconds: 0 } : {};
        const writes = changes();
        if (properties.dryRun) await session.call(name, { ...rest, ...wait, [key]: value, dryRun: true });
        else await session.call(name, { ...rest, ...wait, [key]: value });
        expect([name, key, value, changes() - writes]).toEqual([name, key, value, 0]);
        calls += 1;
      }
      // What is harmless enough to be sent after all is announced, as everything is.
      if (!properties.dryRun) continue;
      const rest = Object.fromEntries(required.map((one) => [one, PLAIN[one] ?? "x"]));
      for (const value of HOSTILE.slice(0, 6)) await session.call(name, { ...rest, waitSeconds: 0, [key]: value });
    }
  }
  expect(calls).toBeGreaterThan(300);
  await expectNothingUnannounced();
}, 180_000);

const changes = () => session.lab.requests.filter(({ method }) => method !== "GET").length;

const PLAIN: Readonly<Record<string, unknown>> = {
  vmid: 100,
  action: "stop",
  method: "GET",
  path: "/version",
  storage: "local",
  upid: "UPID:pve1:00000001:00000001:00000001:qmstart:100:root@pam:",
  id: "default/UPID:x#y",
};

test("hostile path variables of every changing operation send nothing else", async () => {
  const before = session.lab.requests.length;
  const changing = manifest.filter(({ id, class: its }) => !id.startsWith("GET ") && its === "mutate");
  for (const [index, { id }] of changing.entries()) {
    const [method, path] = id.split(" ") as [string, string];
    if (!path.includes("{")) continue;
    const value = HOSTILE[index % HOSTILE.length]!;
    for (const filled of [path.replace(/\{[^}]+\}/g, value), path.replace(/\{[^}]+\}$/, value)]) {
      await session.call("proxmox_api_call", { method, path: filled, waitSeconds: 0 });
    }
  }
  await expectNothingUnannounced();
  const strays = session.lab.requests.slice(before).filter(({ method, path }) => {
    const entry = matchPath(method, path).entry;
    return method !== "GET" && (entry === undefined || entry.class !== "mutate");
  });
  expect(strays).toEqual([]);
});

test("no value of a property string brings a key along, in any property string of the API", async () => {
  const before = session.lab.requests.length;
  let tried = 0;
  for (const { id, class: its } of manifest) {
    const operation = wire.operations[id];
    if (id.startsWith("GET ") || its !== "mutate" || !operation) continue;
    const [method, path] = id.split(" ") as [string, string];
    for (const [name, index] of Object.entries(operation.parameters)) {
      const keys = wire.facts[index]!.keys;
      const key = keys && Object.keys(keys).find((one) => keys[one]!.type === "string" && !keys[one]!.enum);
      if (!key) continue;
      const parameter = name.replace("[n]", "0");
      for (const value of ["x,injected=1", "x\ninjected=1"]) {
        tried += 1;
        const { error } = await session.call("proxmox_api_call", {
          method,
          path,
          params: { node: "pve1", vmid: 102, [parameter]: { [key]: value } },
          waitSeconds: 0,
        });
        expect([id, parameter, error === undefined]).toEqual([id, parameter, false]);
      }
    }
  }
  // tests/pve/injection.test.ts tries every key of every one of them.
  expect(tried).toBeGreaterThan(50);
  const sent = session.lab.requests.slice(before).filter(({ params }) => JSON.stringify(params).includes("injected"));
  expect(sent).toEqual([]);
});
