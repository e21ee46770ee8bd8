import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { BIN } from "../support/session.ts";

interface Verdict {
  ok: boolean;
  operation: string | null;
  errors: Record<string, string>;
}

function check(
  calls: readonly (object | string)[],
  ...options: string[]
): { verdicts: Verdict[]; status: number | null } {
  const input = calls.map((call) => (typeof call === "string" ? call : JSON.stringify(call))).join("\n");
  const { stdout, status } = spawnSync(process.execPath, [BIN, "api", "check", ...options], {
    input,
    encoding: "utf8",
  });
  return {
    verdicts: stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Verdict),
    status,
  };
}

const qemu = (params: object) => ({ method: "POST", path: "/nodes/pve1/qemu", params: { vmid: 100, ...params } });

test.each<[string, object, string, RegExp]>([
  ["an unknown parameter", qemu({ corse: 2 }), "corse", /did you mean .*cores/],
  ["a wrong enum", qemu({ bios: "uefi" }), "bios", /seabios|ovmf/],
  ["an integer out of range", qemu({ cores: 0 }), "cores", /1/],
  ["a bad pattern", { method: "PUT", path: "/cluster/options", params: { language: "xx" } }, "language", /./],
  ["a bad property string", qemu({ net0: "virtio,bridge=vmbr0,tag=9999" }), "net0", /tag/],
  ["a missing required parameter", { method: "POST", path: "/nodes/pve1/qemu", params: {} }, "vmid", /missing/],
  ["an unknown path", { method: "GET", path: "/nodes/pve1/qemuu", params: {} }, "path", /\/nodes\/\{node\}\/qemu/],
])("%s is refused with the parameter named", (_, call, parameter, fault) => {
  const { verdicts, status } = check([call]);
  expect(verdicts).toHaveLength(1);
  expect(verdicts[0]!.ok).toBe(false);
  expect(Object.keys(verdicts[0]!.errors)).toEqual([parameter]);
  expect(verdicts[0]!.errors[parameter]).toMatch(fault);
  expect(status).toBe(1);
});

test("good calls are let through, and one bad line makes the exit code 1", () => {
  const good = qemu({ net0: { model: "virtio", bridge: "vmbr0" }, cores: "2", onboot: true, scsi0: "local-lvm:32" });
  const fine = check([good, { method: "GET", path: "/version", params: {} }]);
  expect(fine).toEqual({
    status: 0,
    verdicts: [
      { ok: true, operation: "POST /nodes/{node}/qemu", errors: {} },
      { ok: true, operation: "GET /version", errors: {} },
    ],
  });
  const mixed = check([good, "{"]);
  expect(mixed.status).toBe(1);
  expect(mixed.verdicts[1]).toMatchObject({
    ok: false,
    operation: null,
    errors: { line: expect.stringMatching(/JSON/) },
  });
});

test("another version has other operations and parameters", () => {
  const bulk = { method: "POST", path: "/cluster/bulk-action/guest/start", params: {} };
  const old = check([bulk], "--pve", "8.4");
  expect(old.verdicts[0]).toMatchObject({ ok: false, errors: { operation: expect.stringMatching(/9\.1/) } });
  const gone = { method: "GET", path: "/nodes/pve1/scan/glusterfs", params: { server: "gluster1" } };
  expect(check([gone], "--pve", "8.4").status).toBe(0);
  expect(check([gone]).status).toBe(1);
});
