import { describe, expect, it } from "vitest";
import { applyOverrides, familySizes, overrides, StaleOverrideError } from "../../codegen/overrides.ts";
import { doc, vendoredIr } from "./vendored.ts";

describe("overrides", () => {
  const each = overrides.flatMap((override) => [override.at].flat().map((at) => [at, { ...override, at }] as const));

  it.each(each)("%s still applies, and says why", (_, override) => {
    expect(() => applyOverrides(doc.operations, [override])).not.toThrow();
    expect(override.because.length).toBeGreaterThan(20);
  });

  it.each(each)("%s is stale once upstream says the same", (_, override) => {
    const corrected = applyOverrides(doc.operations, [override]);
    expect(() => applyOverrides(corrected, [override])).toThrow(StaleOverrideError);
  });

  it.each([
    ["a gone operation", { at: "GET /gone#/parameters", set: { a: 1 }, because: "" }, "no such operation"],
    [
      "a gone place",
      { at: "GET /version#/parameters/properties/gone", set: { a: 1 }, because: "" },
      "no `properties` there",
    ],
    [
      "another value before",
      { at: "GET /version#/parameters", was: { additionalProperties: 1 }, set: { a: 1 }, because: "" },
      "is now 0",
    ],
    ["a gone keyword", { at: "GET /version#/parameters", drop: ["gone"], because: "" }, "gone upstream too"],
  ])("refuses %s", (_, override, want) => expect(() => applyOverrides(doc.operations, [override])).toThrow(want));

  it("leaves no pattern that a dump lost", () => {
    expect(JSON.stringify(applyOverrides(doc.operations))).not.toContain('"pattern":null');
  });
});

describe("familySizes", () => {
  const ir = vendoredIr();
  it("has the size of each indexed family, and none besides", () => {
    const used = new Set(
      ir.operations.flatMap(({ path, families }) =>
        Object.keys(families).map(
          (family) =>
            `${familySizes.find(({ under }) => path === under || path.startsWith(`${under}/`))!.under} ${family}`,
        ),
      ),
    );
    expect([...used].sort()).toEqual(
      familySizes.flatMap(({ under, sizes }) => Object.keys(sizes).map((family) => `${under} ${family}`)).sort(),
    );
  });

  it.each([
    [
      "POST /nodes/{node}/qemu",
      {
        net: 32,
        ide: 4,
        sata: 6,
        scsi: 31,
        virtio: 16,
        unused: 256,
        numa: 8,
        hostpci: 16,
        usb: 14,
        serial: 4,
        parallel: 3,
        virtiofs: 10,
        ipconfig: 32,
      },
    ],
    ["PUT /nodes/{node}/lxc/{vmid}/config", { net: 32, mp: 256, dev: 256, unused: 256 }],
    ["POST /cluster/config/join", { link: 8 }],
    ["PUT /nodes/{node}/config", { acmedomain: 6 }],
  ])("%s", (id, want) => expect(ir.operations.find((operation) => operation.id === id)!.families).toEqual(want));
});
