import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OBJECT_FORMATS } from "../../src/schema/format-data/objects.ts";
import {
  composePropertyString,
  defaultKeyOf,
  type Keys,
  PropertyStringError,
  parsePropertyString,
} from "../../src/schema/property-string.ts";
import { valueFault } from "../../src/schema/value.ts";

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
const FLEECING = OBJECT_FORMATS["backup-fleecing"]!;

describe("parsePropertyString", () => {
  it.each<[string, Keys, string, Record<string, string>]>([
    ["nothing", NET, "", {}],
    ["a bare default key", NET, "virtio,bridge=vmbr0", { model: "virtio", bridge: "vmbr0" }],
    ["a key alias", NET, "virtio=BC:24:11:00:00:01,tag=5", { model: "virtio", macaddr: "BC:24:11:00:00:01", tag: "5" }],
    ["an alias", DISK, "volume=local:1", { file: "local:1" }],
    ["words for booleans", NET, "e1000,firewall=YES", { model: "e1000", firewall: "1" }],
    ["a bare boolean in words", FLEECING, "off", { enabled: "0" }],
    ["parts of only whitespace", NET, "virtio, ,", { model: "virtio" }],
    ["a value with =", DISK, "local:a,serial=a=b", { file: "local:a", serial: "a=b" }],
    ["a bare value after key=0", FLEECING, "enabled=0,1", { enabled: "1" }],
  ])("reads %s", (_, keys, text, expected) => {
    expect(parsePropertyString(keys, text)).toEqual(expected);
  });

  it.each<[string, Keys, string, RegExp]>([
    ["an unknown key", NET, "virtio,brdge=vmbr0", /"brdge" is not a key.*bridge/],
    ["a key with a space", NET, "virtio, bridge=vmbr0", /" bridge" is not a key/],
    ["a repeated key", NET, "virtio,tag=1,tag=2", /"tag" is given twice/],
    ["two bare values", NET, "virtio,e1000", /"model" is given twice/],
    ["an alias beside its target", DISK, "file=local:a,volume=local:b", /"file" is given twice/],
    ["a key alias beside its key", NET, "virtio,e1000=BC:24:11:00:00:01", /"model" is given twice/],
    ["a bare value without default key", OBJECT_FORMATS["pve-qm-cicustom"]!, "local:a", /has no key/],
    ["an empty value", NET, "virtio,bridge=", /needs a key/],
    ["a value of two lines", NET, "virtio,bridge=a\nb", /on one line/],
    ["a name of every object", NET, "virtio,constructor=1", /is not a key/],
  ])("refuses %s", (_, keys, text, message) => {
    expect(() => parsePropertyString(keys, text)).toThrow(message);
  });
});

describe("composePropertyString", () => {
  it.each<[string, Keys, Record<string, unknown>, string]>([
    ["the default key first and bare", NET, { tag: 5, bridge: "vmbr0", model: "virtio" }, "virtio,bridge=vmbr0,tag=5"],
    ["booleans as 1 and 0", NET, { model: "virtio", firewall: false }, "virtio,firewall=0"],
    ["words for booleans as 1 and 0", FLEECING, { enabled: "yes", storage: "local" }, "1,storage=local"],
    ["a key alias", NET, { virtio: "BC:24:11:00:00:01", tag: 5 }, "tag=5,virtio=BC:24:11:00:00:01"],
    ["a default value with = under its key", DISK, { file: "local:a=b" }, "file=local:a=b"],
    ["an array with semicolons", OBJECT_FORMATS["pve-qm-boot"]!, { order: ["scsi0", "net0"] }, "order=scsi0;net0"],
    ["nothing for what is absent", NET, { model: "virtio", tag: undefined, bridge: null }, "virtio"],
  ])("writes %s", (_, keys, value, expected) => {
    expect(composePropertyString(keys, value)).toBe(expected);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ["a comma", { model: "virtio", bridge: "a,b" }, /"bridge" has a comma/],
    ["a line break", { model: "virtio", bridge: "a\nb" }, /line break/],
    ["an empty value", { model: "virtio", bridge: "" }, /leave the key out/],
    ["an unknown key", { model: "virtio", constructor: "x" }, /is not a key/],
    ["an object inside", { model: { a: 1 } }, /must be text/],
    ["a key given twice", { model: "virtio", e1000: "BC:24:11:00:00:01" }, /given twice/],
  ])("refuses %s", (_, value, message) => {
    expect(() => composePropertyString(NET, value)).toThrow(PropertyStringError);
    expect(() => composePropertyString(NET, value)).toThrow(message);
  });

  it("leads back to the same values, for any keys and values that can be written", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((value) => !/[,\n]/.test(value));
    for (const [name, keys] of [["net", NET] as const, ...Object.entries(OBJECT_FORMATS)]) {
      const plain = Object.keys(keys).filter((key) => keys[key]!.alias === undefined);
      const record = fc.record(
        Object.fromEntries(plain.map((key) => [key, keys[key]!.type === "boolean" ? fc.boolean() : text])),
        { requiredKeys: [] },
      );
      fc.assert(
        fc.property(record, (value) => {
          const written = composePropertyString(keys, value);
          const expected = Object.entries(value).map(([key, entry]) => [
            key,
            entry === true ? "1" : entry === false ? "0" : entry,
          ]);
          expect(parsePropertyString(keys, written), name).toEqual(Object.fromEntries(expected));
        }),
        { numRuns: 60 },
      );
    }
  });

  it("has at most one default key in every table", () => {
    for (const keys of Object.values(OBJECT_FORMATS)) {
      const bare = Object.values(keys).filter((key) => key.defaultKey);
      expect(bare.length).toBe(defaultKeyOf(keys) === undefined ? 0 : 1);
    }
  });
});

describe("a property string as an object", () => {
  it.each<[Record<string, unknown>, RegExp | undefined]>([
    [{ model: "virtio", tag: 5, firewall: true }, undefined],
    [{ model: "vortio" }, /model must be one of: virtio, e1000/],
    [{ model: "virtio", tag: 4095 }, /tag must be at most 4094/],
    [{ bridge: "vmbr0" }, /model is missing/],
    [{ model: "virtio", macaddr: "01:00:00:00:00:00" }, /macaddr must be a unicast MAC/],
  ])("%j is judged as its text", (value, expected) => {
    const fault = valueFault({ type: "string", keys: NET }, value);
    if (expected === undefined) expect(fault).toBeUndefined();
    else expect(fault).toMatch(expected);
  });
});
