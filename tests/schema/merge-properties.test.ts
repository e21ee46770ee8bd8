import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OBJECT_FORMATS } from "../../src/schema/format-data/objects.ts";
import { mergePropertyString, type PropertyChange } from "../../src/schema/merge-properties.ts";
import { type Keys, PropertyStringError, parsePropertyString } from "../../src/schema/property-string.ts";

const NET: Keys = {
  bridge: { type: "string", optional: true },
  firewall: { type: "boolean", optional: true },
  macaddr: { type: "string", optional: true, format: "mac-addr" },
  model: { type: "string", defaultKey: true, enum: ["virtio", "e1000"] },
  tag: { type: "integer", optional: true, minimum: 1, maximum: 4094 },
  e1000: { alias: "macaddr", keyAlias: "model" },
  virtio: { alias: "macaddr", keyAlias: "model" },
};
const DISK = OBJECT_FORMATS["pve-qm-ide"]!;
const MAC = "BC:24:11:00:00:01";

describe("mergePropertyString", () => {
  it.each<[string, Keys, string | undefined, PropertyChange, string]>([
    ["keeps the MAC", NET, `virtio=${MAC},bridge=vmbr0`, { bridge: "vmbr1" }, `virtio,bridge=vmbr1,macaddr=${MAC}`],
    ["changes the model alone", NET, `virtio=${MAC}`, { model: "e1000" }, `e1000,macaddr=${MAC}`],
    ["takes model and MAC in one", NET, `virtio=${MAC},tag=5`, { e1000: "AA" }, "e1000,macaddr=AA,tag=5"],
    ["takes a key away", NET, `virtio=${MAC},tag=5,firewall=1`, { tag: null }, `virtio,firewall=1,macaddr=${MAC}`],
    ["takes an unset key away", NET, "virtio", { tag: null }, "virtio"],
    ["writes booleans", NET, "virtio,firewall=1", { firewall: false }, "virtio,firewall=0"],
    ["begins with nothing", NET, undefined, { model: "virtio", tag: 7 }, "virtio,tag=7"],
    ["leaves all as it is", NET, "virtio,bridge=vmbr0", {}, "virtio,bridge=vmbr0"],
    ["keeps the volume", DISK, "local:vm-1-disk-0,size=4G", { cache: "none" }, "local:vm-1-disk-0,cache=none,size=4G"],
    ["knows aliases", DISK, "local:a,size=4G", { volume: "local:b" }, "local:b,size=4G"],
  ])("%s", (_, keys, current, change, expected) => {
    expect(mergePropertyString(keys, current, change)).toBe(expected);
  });

  it.each<[string, Keys, string, PropertyChange, RegExp]>([
    ["an unknown key", NET, "virtio", { vlan: 5 }, /"vlan" is not a key here; known: bridge/],
    ["a key of Object's own", NET, "virtio", { constructor: 1 }, /"constructor" is not a key/],
    ["a key twice", NET, "virtio", { macaddr: MAC, virtio: MAC }, /"macaddr" is given twice/],
    ["an alias beside its key", DISK, "local:a", { file: "local:b", volume: "local:b" }, /"file" is given twice/],
    ["a value with a comma", NET, "virtio", { bridge: "a,tag=5" }, /comma/],
    ["a current value that it cannot read", NET, "virtio,newkey=1", { tag: 5 }, /"newkey"/],
  ])("refuses %s", (_, keys, current, change, says) => {
    expect(() => mergePropertyString(keys, current, change)).toThrow(PropertyStringError);
    expect(() => mergePropertyString(keys, current, change)).toThrow(says);
  });

  it("changes what is named, and nothing else", () => {
    const value = fc.record(
      {
        model: fc.constantFrom("virtio", "e1000"),
        bridge: fc.stringMatching(/^vmbr[0-9]{1,2}$/),
        tag: fc.integer({ min: 1, max: 4094 }).map(String),
        macaddr: fc.constant(MAC),
      },
      { requiredKeys: ["model"] },
    );
    fc.assert(
      fc.property(value, value, (before, change) => {
        const text = mergePropertyString(NET, mergePropertyString(NET, undefined, before), change);
        expect(parsePropertyString(NET, text)).toEqual({ ...before, ...change });
      }),
    );
  });
});
