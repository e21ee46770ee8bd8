import { expect, test } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import { wire } from "../../generated/wire.ts";
import { encodeRequest } from "../../src/pve/encode.ts";
import { validateCall } from "../../src/pve/validate.ts";

/** Values that would bring a key along if they were put into a property string as they are (pve-facts 13). */
const INJECTIONS = ["x,injected=1", "x\ninjected=1", "x, injected=1", ",injected=1", "injected=1,"];

test("no value of any key brings another one along, in any property string of any operation", async () => {
  const passed: string[] = [];
  let tried = 0;
  for (const { id } of manifest) {
    const operation = wire.operations[id];
    for (const [name, index] of Object.entries(operation?.parameters ?? {})) {
      const keys = wire.facts[index]!.keys;
      if (!keys) continue;
      const parameter = name.replace("[n]", "0");
      for (const [key, { type }] of Object.entries(keys)) {
        if (type !== "string") continue;
        for (const value of INJECTIONS) {
          tried += 1;
          const params = { [parameter]: { [key]: value } };
          const checked = await validateCall(id, params);
          if (!checked.ok && checked.errors[parameter] !== undefined) continue;
          passed.push(`${id} ${parameter}.${key}=${JSON.stringify(value)}: ${wireForm(id, params)}`);
        }
      }
    }
  }
  expect(passed).toEqual([]);
  expect(tried).toBeGreaterThan(1600);
}, 120_000);

function wireForm(id: Parameters<typeof encodeRequest>[0], params: object): string {
  try {
    return JSON.stringify(encodeRequest(id, params as never));
  } catch (error) {
    return String(error);
  }
}
