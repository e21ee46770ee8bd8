import { createHash, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";

let session: Session & { lab: Lab };
let uploads: string;
const bytes = randomBytes(3_000_000);
const sha256 = createHash("sha256").update(bytes).digest("hex");

beforeAll(async () => {
  uploads = await mkdtemp(join(tmpdir(), "proxmox-mcp-uploads-"));
  await writeFile(join(uploads, "rescue.iso"), bytes);
  await writeFile(join(uploads, ".hidden.iso"), "x");
  await mkdir(join(uploads, "folder.iso"));
  await symlink("/etc/hostname", join(uploads, "away.iso"));
  session = await openLabSession({ seed: "small", taskMs: 20 }, { PROXMOX_MCP_UPLOAD_DIRECTORY: uploads });
});
afterAll(async () => {
  await session?.close();
  await rm(uploads, { recursive: true, force: true });
});

const upload = (params: object) => ({
  method: "POST",
  path: "/nodes/pve1/storage/local/upload",
  params: { content: "iso", ...params },
});
const confirmed = async (call: object) => {
  const { error } = await session.call("proxmox_api_write", { ...call });
  const plan = error?.data?.plan as { planId: string; confirm: string } | undefined;
  if (!plan) return { error, data: undefined };
  return session.call("proxmox_api_write", { ...call, planId: plan.planId, confirm: plan.confirm });
};

describe("a file of the directory for uploads", () => {
  test("is sent whole once the person has agreed, as it may overwrite one, and its task is waited for", async () => {
    const checksum = { checksum: sha256, "checksum-algorithm": "sha256" };
    const { data, error } = await confirmed(upload({ filename: "rescue.iso", ...checksum }));
    expect(error).toBeUndefined();
    expect(data.job).toMatchObject({ type: "imgcopy", state: "ok" });
    const sent = session.lab.requests.find(({ path }) => path.endsWith("/upload"))!;
    expect(sent.params).toMatchObject({ content: "iso", filename: "rescue.iso", ...checksum });
    const { data: listed } = await session.call("proxmox_api_read", { path: "/nodes/pve1/storage/local/content" });
    expect(JSON.stringify(listed)).toContain("local:iso/rescue.iso");
  });

  test.each([
    ["a path", "../rescue.iso", /plain name/],
    ["a hidden file", ".hidden.iso", /plain name/],
    ["a quote", 'a".iso', /plain name|filename/],
    ["a folder", "folder.iso", /no file in the directory/],
    ["a link that leads out of it", "away.iso", /no file in the directory/],
    ["what is not there", "other.iso", /no file in the directory/],
  ])("is not %s", async (_, filename, says) => {
    const before = session.lab.requests.filter(({ path }) => path.endsWith("/upload")).length;
    const { error } = await confirmed(upload({ filename }));
    expect(`${error?.message} ${JSON.stringify(error?.data)}`).toMatch(says);
    expect(session.lab.requests.filter(({ path }) => path.endsWith("/upload"))).toHaveLength(before);
  });
});

test("without that directory nothing is sent, and the other way is named", async () => {
  const other = await openLabSession({ seed: "small" }, {}, "2026-07-28", {
    args: ["serve", "--dangerously-skip-confirmation"],
  });
  const { error } = await other.call("proxmox_api_write", upload({ filename: "rescue.iso" }));
  expect(error?.message).toMatch(/PROXMOX_MCP_UPLOAD_DIRECTORY.*download-url/);
  expect(other.lab.requests.some(({ path }) => path.endsWith("/upload"))).toBe(false);
  await other.close();
});
