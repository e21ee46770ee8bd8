import { beforeAll, describe, expect, it } from "vitest";
import { count } from "../../scripts/lab-fidelity/figures.ts";
import { replay, type Verdict } from "../../scripts/lab-fidelity/replay.ts";
import { runVectors } from "../../scripts/lab-fidelity/vectors.ts";
import type { VectorReport } from "../../scripts/lab-fidelity/verdict.ts";

/** Agreement with recorded exchanges that was reached once, in exchanges; a figure here may only rise. */
const EXCHANGES = { answer: 132, headers: 148, shape: 136, values: 97 };

/** Agreement with real verdicts that was reached once, in cases; a figure here may only rise. */
const VERDICTS: Readonly<Record<string, number>> = {
  "parameters, lab": 14_087,
  "parameters, same texts, lab": 7_840,
  "parameters, generated schemas": 13_940,
  "forms, decoded, lab": 162,
  "forms, verdicts, lab": 877,
  "formats, lab": 8_029,
};

describe("recorded exchanges with a real server", () => {
  let verdicts: Verdict[] = [];

  beforeAll(async () => {
    verdicts = await replay();
  });

  it("are all replayed", () => {
    expect(verdicts).toHaveLength(990);
    expect(verdicts.filter(({ leftOut }) => leftOut !== undefined)).toHaveLength(8);
  });

  it.each(Object.entries(EXCHANGES))("agree with the lab's %s in at least %i cases", (figure, reached) => {
    expect(count(verdicts)[figure as keyof typeof EXCHANGES]).toBeGreaterThanOrEqual(reached);
  });
});

describe("verdicts of the real validator", () => {
  let reports: VectorReport[] = [];

  beforeAll(async () => {
    reports = await runVectors();
  });

  it.each(Object.entries(VERDICTS))("on %s agree in at least %i cases", (name, reached) => {
    const report = reports.find(({ set, by }) => `${set}, ${by}` === name);
    expect(report?.agree).toBeGreaterThanOrEqual(reached);
  });
});
