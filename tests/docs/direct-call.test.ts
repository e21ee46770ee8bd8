import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const cwd = fileURLToPath(new URL("../..", import.meta.url));
const mcp = (...words: string[]) =>
  spawnSync(process.execPath, ["--import", "tsx", "scripts/mcp-call.ts", ...words], {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "" },
  });

test("one call by hand answers on stdout, and tells by its exit code how it went", () => {
  const good = mcp("--lab", "call", "proxmox_vm_action", '{"vmid":102,"action":"start"}');
  expect(good.status, good.stderr).toBe(0);
  expect(JSON.parse(good.stdout).job).toMatchObject({ state: "ok" });
  expect(good.stderr).toContain("… ");
  const bad = mcp("--lab", "call", "proxmox_vm_get", '{"vmid":999}');
  expect(bad.status).toBe(1);
  expect(JSON.parse(bad.stdout).error.code).toBe("unknown-guest");
});

test.each([[["call"]], [["call", "proxmox_vm_list", "nonsense"]], [["go"]]])(
  "%j makes no call and says why",
  (words) => {
    const { status, stderr, stdout } = mcp(...words);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr.length).toBeGreaterThan(5);
  },
);
