import { expect, test } from "vitest";
import { changeSince, type ReleaseRecord } from "../../codegen/release.ts";

const last: ReleaseRecord = {
  release: "0.1.0",
  schema: "9.1",
  tools: ["proxmox_vm_list", "proxmox_old"],
  operations: ["GET /version"],
  typed: ["GET /version"],
  lab: [],
  live: [],
};

test("what came and what went since a release is told list by list", () => {
  const now = { ...last, tools: ["proxmox_vm_list", "proxmox_new"], lab: ["GET /version"] };
  expect(changeSince(last, now)).toEqual({
    release: "0.1.0",
    changes: [
      { what: "tools", added: ["proxmox_new"], gone: ["proxmox_old"] },
      { what: "lab", added: ["GET /version"], gone: [] },
    ],
  });
});

test("nothing is told where nothing changed", () => {
  expect(changeSince(last, last).changes).toEqual([]);
});
