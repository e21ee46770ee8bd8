import { beforeAll, describe, expect, it } from "vitest";
import { startLab } from "../../../src/lab/index.ts";
import { EXPECTED_FAILURES } from "./expected-failures.ts";
import { drive, missingClient, type Step, stepNames } from "./run.ts";

const missing = missingClient();
const names = stepNames();

describe.skipIf(missing !== undefined)("the lab under proxmoxer", () => {
  let steps: Step[] = [];

  beforeAll(async () => {
    const lab = await startLab({ taskMs: 20, authDelayMs: 0, agentMs: 20 });
    try {
      steps = await drive(lab);
    } finally {
      await lab.close();
    }
  });

  it("has run every step", () => {
    expect(steps.map(({ step }) => step)).toEqual(names);
    expect([...EXPECTED_FAILURES].filter((name) => !names.includes(name))).toEqual([]);
  });

  for (const name of names) {
    const expected = EXPECTED_FAILURES.has(name);
    it(`${name}${expected ? " (not yet)" : ""}`, () => {
      const step = steps.find((candidate) => candidate.step === name);
      if (expected) expect(step?.ok, "works by now: take it off the expected failures").toBe(false);
      else expect(step).toEqual({ step: name, ok: true });
    });
  }
});

if (missing !== undefined)
  describe("the lab under proxmoxer", () => {
    it.skip(`cannot be tried: ${missing}`, () => {});
  });
