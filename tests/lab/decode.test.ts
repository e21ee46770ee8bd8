import { describe, expect, it } from "vitest";
import { decodeUrlencoded } from "../../src/lab/wire/decode-urlencoded.ts";

describe("decodeUrlencoded", () => {
  it.each<[string, Record<string, unknown>]>([
    ["", {}],
    ["a=1&b=2", { a: "1", b: "2" }],
    ["net0=virtio=AA:BB,bridge=vmbr0", { net0: "virtio" }],
    ["boot=order=scsi0;ide2;net0", { boot: "order", ide2: null, net0: null }],
    ["tags=a;b", { tags: "a", b: null }],
    ["tags=a%3Bb", { tags: "a;b" }],
    ["a==b", { a: "" }],
    ["a=", { a: "" }],
    ["a", { a: null }],
    ["a=1&a=2&a=3", { a: ["1", "2", "3"] }],
    ["a=1&a&a=2", { a: "2" }],
    ["a=b+c%2Bd", { a: "b c+d" }],
    ["a=%zz%4", { a: "%zz%4" }],
    ["a=%C3%A9", { a: "é" }],
    ["a=%E9", { a: "\ufffd" }],
    ["a=%00", { a: "\0" }],
    ["%61+b=1", { "a b": "1" }],
    ["&;&a=1;", { a: "1" }],
  ])("reads %j", (form, expected) => {
    expect({ ...decodeUrlencoded(form) }).toEqual(expected);
  });
});
