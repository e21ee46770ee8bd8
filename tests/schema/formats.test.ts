import { describe, expect, it } from "vitest";
import { OBJECT_FORMATS } from "../../src/schema/format-data/objects.ts";
import { textFault } from "../../src/schema/scalar.ts";
import { fixture } from "./vectors.ts";

interface Verdict {
  format: string;
  value: string;
  ok: boolean;
  host?: true;
}

const verdicts = fixture<Verdict>("formats");

describe("named formats against the server's verdicts", () => {
  it("has all verdicts at hand", () => {
    expect(verdicts.length).toBe(8029);
  });

  for (const format of new Set(verdicts.map((verdict) => verdict.format))) {
    it(format, () => {
      const disagreeing = verdicts
        .filter((verdict) => verdict.format === format)
        .map(({ value, ok, host }) => ({ value, expected: host ? true : ok, fault: textFault({ format }, value) }))
        .filter(({ expected, fault }) => (fault === undefined) !== expected);
      expect(disagreeing).toEqual([]);
    });
  }
});

describe("formats without a written rule", () => {
  it.each(["pve-calendar-event", "no-such-format", "no-such-format-list"])("%s accepts", (format) => {
    expect(textFault({ format }, "mon..fri *:00/15 ?")).toBeUndefined();
  });
});

describe("words of a fault", () => {
  it.each([
    ["pve-node", "a b", /e\.g\. pve1/],
    ["pve-vmid-list", "100,7", /^item 2: .*e\.g\. 100/],
    ["pve-fw-addr-spec", "10.0.0.1/24", /host bits/],
    ["pve-qm-ipconfig", "gw=10.0.0.1", /^ip is missing, and gw needs it$/],
    ["pve-vm-cpu-conf", "host,flags=+svm", /flag/],
  ])("%s says what is wanted of %j", (format, value, expected) => {
    expect(textFault({ format }, value)).toMatch(expected);
  });

  it("never repeats a value, which may be a secret", () => {
    expect(textFault({ format: "pve-userid" }, "hunter2")).not.toContain("hunter2");
  });

  it("has key tables for the object formats that the schema only names", () => {
    expect(Object.keys(OBJECT_FORMATS)).toHaveLength(19);
  });
});

describe("time", () => {
  const seeds = [
    "a",
    "1",
    ".",
    "a.",
    "1.",
    ":",
    "a:",
    "-",
    "a-",
    "/",
    "a/",
    ",",
    "a,",
    "=",
    "a=",
    " ",
    "\n",
    "A\n",
    "@",
    "+",
    "0",
  ];
  const frames: [string, string][] = [
    ["", "!"],
    ["", " "],
    ["a", "\0"],
    ["-----BEGIN CERTIFICATE-----", "!"],
    ["/dev/", "/.."],
  ];
  const values = seeds.flatMap((seed) => frames.map(([before, after]) => before + seed.repeat(20_000) + after));

  it.each([...new Set(verdicts.map((verdict) => verdict.format))])("%s stays linear on long values", (format) => {
    const started = performance.now();
    for (const value of values) textFault({ format }, value);
    expect(performance.now() - started).toBeLessThan(4000);
  });
});
