import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import { wire } from "../../generated/wire.ts";
import type { Lab } from "../../src/lab/index.ts";
import { matchPath } from "../../src/pve/route.ts";
import { sampleParameters } from "../lab/sample-parameters.ts";
import { openLabSession, type Session } from "../support/session.ts";

let session: Session & { lab: Lab };

let uploads: string;

beforeAll(async () => {
  uploads = await mkdtemp(join(tmpdir(), "proxmox-mcp-uploads-"));
  session = await openLabSession(
    { seed: "small", taskMs: 5 },
    { PROXMOX_MCP_TOOLSETS: "minimal", PROXMOX_MCP_ACCESS: "escape", PROXMOX_MCP_UPLOAD_DIRECTORY: uploads },
    "2026-07-28",
    { args: ["serve", "--dangerously-skip-confirmation"] },
  );
});
afterAll(async () => {
  await session?.close();
  await rm(uploads, { recursive: true, force: true });
});

/** Users and realms that this server does not protect as its own, and a name that can stand in a path. */
const GIVEN = { userid: "alice@pve", realm: "corp", subnet: "corp-192.0.2.0-24" };
/** For which a file is there. */
const UPLOAD = "POST /nodes/{node}/storage/{storage}/upload";

/** What stops an operation from ending a walk over all of them early: the node that everything is on is left last. */
const order = (id: string): number => (/^DELETE/.test(id) ? 1 : 0);

test("every operation of the API is called through it, with what it takes and not with what it does not", async () => {
  const problems: unknown[] = [];
  let passed = 0;
  for (const { id, class: access } of [...manifest].sort((a, b) => order(a.id) - order(b.id))) {
    const [method, template] = id.split(" ") as [string, string];
    const operation = wire.operations[id]!;
    const known = Object.entries(GIVEN).filter(
      ([name]) => Object.hasOwn(operation.parameters, name) && (name !== "subnet" || template.includes("{subnet}")),
    );
    const { params, missing } = sampleParameters(id, Object.fromEntries(known));
    if (missing.length > 0) problems.push({ id, missing });
    if (id === UPLOAD) await writeFile(join(uploads, String(params.filename)), "bytes");
    const isRead = method === "GET" && access === "read";
    const send = (given: object) =>
      isRead
        ? session.call("proxmox_api_read", { path: template, params: given })
        : session.call("proxmox_api_write", { method, path: template, params: given, waitSeconds: 0 });
    const before = session.lab.requests.at(-1)?.seq ?? 0;
    const { error } = await send(params);
    const sent = session.lab.requests.filter(({ seq }) => seq > before);
    const reached = sent.some((one) => one.method === method && matchPath(method, one.path).entry?.id === id);
    // Beyond the schema a host checks more, once a call is there.
    if (reached) passed += 1;
    else problems.push({ id, params, error });

    const refused = await send({ ...params, "no-such-parameter": 1 });
    const isRefused =
      refused.error?.code === "invalid-parameters" && refused.error.message.includes("no-such-parameter");
    // Where the schema lets anything through, so does this.
    if (operation.open ? refused.error?.code === "invalid-parameters" : !isRefused) {
      problems.push({ id, wrong: refused.error ?? "taken" });
    }
  }
  console.log(`${passed} of ${manifest.length} operations reached the lab`);
  expect(passed).toBe(manifest.length);
  expect(problems).toEqual([]);
}, 300_000);
