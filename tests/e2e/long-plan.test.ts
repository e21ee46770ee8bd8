import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";

const MINUTE = 60_000;
/** A server whose clock a file sets ahead. */
const CLOCK = `import { readFileSync } from "node:fs";
const real = Date.now;
Date.now = () => real() + Number(readFileSync(process.env.TEST_CLOCK, "utf8"));`;

let session: Session & { lab: Lab };
let folder: string;
const ahead = (ms: number) => writeFile(join(folder, "clock"), String(ms));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-clock-"));
  await ahead(0);
  await writeFile(
    join(folder, "policy.yaml"),
    "version: 1\nrules:\n  - {name: ask, effect: confirm, match: {class: mutate}}\n",
  );
  session = await openLabSession(
    { seed: "small", taskMs: 40 },
    {
      PROXMOX_DEFAULT_VM_STORAGE: "nfs",
      PROXMOX_DEFAULT_BRIDGE: "vmbr0",
      PROXMOX_MCP_POLICY_FILE: join(folder, "policy.yaml"),
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(CLOCK)}`,
      TEST_CLOCK: join(folder, "clock"),
    },
  );
});
afterAll(async () => {
  await session?.close();
  await rm(folder, { recursive: true, force: true });
});

const CREATE = { name: "long", importFrom: "nfs:102/vm-102-disk-0.qcow2", disk: 80, start: true, waitSeconds: 600 };

test("a confirmed creation whose import outlives its plan is carried out to its end", async () => {
  const { error } = await session.call("proxmox_vm_create", CREATE);
  expect(error?.code).toBe("confirmation-required");
  const { planId, confirm } = (error!.data as { plan: { planId: string; confirm: string } }).plan;
  await ahead(9.5 * MINUTE);
  // While the image is imported, the ten minutes pass.
  session.lab.faults.add({
    match: { method: "POST", path: /^\/nodes\/pve1\/qemu$/ },
    before: () => void setTimeout(() => ahead(12 * MINUTE), 30),
  });
  session.lab.state.pace.taskMs = 600;
  const done = await session.call("proxmox_vm_create", { ...CREATE, planId, confirm });
  expect(done.error).toBeUndefined();
  expect(done.data).toMatchObject({ name: "long", status: "running" });
  expect(session.lab.state.guests.get(done.data.vmid)!.config.scsi0).toContain("size=80G");
  expect(
    session.lab.requests.filter(({ method }) => method !== "GET").map(({ path }) => path.replace(/\d+/g, "N")),
  ).toEqual(["/nodes/pveN/qemu", "/nodes/pveN/qemu/N/resize", "/nodes/pveN/qemu/N/status/start"]);
});

test("a plan that has expired before the call begins is refused, and nothing is sent", async () => {
  const { error } = await session.call("proxmox_vm_create", { ...CREATE, name: "late" });
  const { planId, confirm } = (error!.data as { plan: { planId: string; confirm: string } }).plan;
  const before = session.lab.requests.filter(({ method }) => method !== "GET").length;
  await ahead(24 * MINUTE);
  const late = await session.call("proxmox_vm_create", { ...CREATE, name: "late", planId, confirm });
  expect(late.error).toMatchObject({ code: "plan-refused", message: expect.stringContaining("expired") });
  expect(session.lab.requests.filter(({ method }) => method !== "GET")).toHaveLength(before);
});
