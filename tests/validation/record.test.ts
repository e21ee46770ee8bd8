import { describe, expect, it } from "vitest";
import { exercisedBy, staleness, type Validation, withoutRun } from "../../codegen/validation.ts";
import { faultsOf, recordOf, textOf } from "../../scripts/validate/record.ts";
import type { Run } from "../../scripts/validate/run.ts";

const START = "POST /nodes/{node}/qemu/{vmid}/status/start";
const named = new Map([
  ["proxmox_x", ["GET /nodes", "GET /version"]],
  ["proxmox_y", []],
]);

/** A run in which these requests were made. */
const runOf = (sent: [by: string, operation: string, outcome?: string][], more: Partial<Run> = {}): Run => ({
  answers: new Map([["proxmox_x", new Set(["ok"])]]),
  sent: sent.map(([by, operation, outcome = "ok"]) => ({ by, operation, outcome })),
  synthetic: new Set(),
  reached: new Set(),
  failures: [],
  ...more,
});

describe("a run is at fault", () => {
  it.each<[what: string, run: Run, fault: RegExp | undefined]>([
    ["never, when all is named", runOf([["proxmox_x", "GET /nodes"]]), undefined],
    ["when a scenario failed", runOf([], { failures: ["x: no"] }), /^x: no$/],
    ["when a tool sends what it does not name", runOf([["proxmox_x", "GET /pools"]]), /GET \/pools without naming it/],
    ["when nobody knows who sent it", runOf([["ghost", "GET /nodes"]]), /ghost .* neither a tool nor/],
    ["when a service sends what is not its business", runOf([["task-poll", "GET /nodes"]]), /does not declare/],
    ["when a service that reads writes", runOf([["plan", START]]), /plan sent POST .* does not declare/],
    ["never for what a plan reads", runOf([["plan", "GET /pools"]]), undefined],
    ["never for what the generic tool sends", runOf([["proxmox_api_call", START]]), undefined],
    ["never for what a tool runs on a host", runOf([["proxmox_x", "RUN /nodes/{node}/cli/{family}"]]), undefined],
    [
      "when a service runs something on a host",
      runOf([["plan", "RUN /nodes/{node}/cli/{family}"]]),
      /does not declare/,
    ],
    ["when the log misses what reached the lab", runOf([], { reached: new Set([START]) }), /has no word of it/],
  ])("%s", (_, run, fault) => {
    const faults = faultsOf(run, named);
    if (fault === undefined) expect(faults).toEqual([]);
    else expect(faults).toEqual([expect.stringMatching(fault)]);
  });
});

describe("a record", () => {
  const record = (run: Run): Validation => ({ lab: recordOf(run, named) });

  it("holds what was named beside what was sent, sorted, each outcome once", () => {
    const run = runOf([
      ["proxmox_x", "GET /version", "ok"],
      ["proxmox_x", "GET /version", "error"],
      ["proxmox_x", "GET /version", "ok"],
    ]);
    expect(record(run).lab.tools).toEqual({
      proxmox_x: { answers: ["ok"], operations: { "GET /nodes": [], "GET /version": ["error", "ok"] } },
    });
    expect(textOf(record(run))).toContain('"GET /version": ["error", "ok"]\n');
    expect(JSON.parse(textOf(record(run)))).toEqual(record(run));
  });

  it("keeps what was done past the API apart", () => {
    const run = runOf([
      ["proxmox_x", "GET /nodes"],
      ["proxmox_x", "RUN /nodes/{node}/cli/{family}"],
    ]);
    expect(record(run).lab.tools.proxmox_x).toEqual({
      answers: ["ok"],
      operations: { "GET /nodes": ["ok"], "GET /version": [] },
      outside: { "RUN /nodes/{node}/cli/{family}": ["ok"] },
    });
    expect(staleness(record(run), named)).toEqual([]);
  });

  it("does not count what the lab made up, what failed, and what was not sent", () => {
    const run = runOf(
      [
        ["proxmox_x", "GET /nodes"],
        ["proxmox_x", "GET /version", "error"],
        ["version", "GET /version"],
      ],
      { synthetic: new Set(["GET /nodes"]) },
    );
    expect(record(run).lab.tools.proxmox_x!.operations).toEqual({
      "GET /nodes": ["synthetic"],
      "GET /version": ["error"],
    });
    expect(exercisedBy(record(run).lab)).toEqual({ tools: new Set(), apart: new Set(["GET /version"]) });
    expect(exercisedBy(undefined)).toEqual({ tools: new Set(), apart: new Set() });
  });

  it("knows the tools that it lacks, and those that never succeeded", () => {
    const failed = runOf([], { answers: new Map([["proxmox_x", new Set(["task-failed"])]]) });
    expect(withoutRun(record(failed), ["proxmox_x", "proxmox_y"])).toEqual(["proxmox_x", "proxmox_y"]);
    expect(withoutRun(record(runOf([])), ["proxmox_x"])).toEqual([]);
  });

  it.each<[what: string, now: [string, string[]][], fault: RegExp | undefined]>([
    ["fits", [["proxmox_x", ["GET /nodes", "GET /version"]]], undefined],
    ["lacks an operation", [["proxmox_x", ["GET /nodes", "GET /version", START]]], /names POST .* lacks/],
    ["has one too many", [["proxmox_x", ["GET /nodes"]]], /does not name GET \/version, which its record has/],
    ["has a tool too many", [], /proxmox_x is recorded and does not exist/],
  ])("%s", (_, now, fault) => {
    const faults = staleness(record(runOf([])), new Map(now));
    if (fault === undefined) expect(faults).toEqual([]);
    else expect(faults).toEqual([expect.stringMatching(fault)]);
  });
});
