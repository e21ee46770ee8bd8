import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { wire } from "../support.ts";

const JSON_TYPE = { "Content-Type": "application/json" };
const UNKNOWN = "property is not defined in schema and the schema does not allow additional properties";

describe("a refusal on the wire", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ authDelayMs: 1, taskMs: 20 });
  });
  afterAll(() => lab.close());

  it.each<[string, string, string | undefined, Record<string, string>, Record<string, string>]>([
    ["GET", "/version?foo=bar", undefined, {}, { foo: UNKNOWN }],
    [
      "GET",
      "/cluster/resources?type=bogus",
      undefined,
      {},
      { type: "value 'bogus' does not have a value in the enumeration 'vm, storage, node, sdn'" },
    ],
    [
      "PUT",
      "/nodes/pve1/qemu/102/config",
      "cores=4.5&onboot=yes",
      {},
      { cores: "type check ('integer') failed - got '4.5'", onboot: "type check ('boolean') failed - got 'yes'" },
    ],
    [
      "PUT",
      "/nodes/pve1/qemu/102/config",
      "boot=order%3Dnosuch",
      {},
      { boot: "invalid format - format error\nboot.order: invalid format - invalid boot device 'nosuch'\n\n" },
    ],
    [
      "PUT",
      "/nodes/pve1/qemu/102/config",
      "sshkeys=ssh-ed25519+AAAA+me%40x",
      {},
      { sshkeys: "invalid format - invalid urlencoded string: ssh-ed25519 AAAA me@x\n" },
    ],
    [
      "PUT",
      "/nodes/pve1/qemu/102/config",
      '{"name": true, "tags": {"a": 1}}',
      JSON_TYPE,
      { name: "type check ('string') failed - got JSON::PP::Boolean", tags: "type check ('string') failed - got HASH" },
    ],
  ])("%s %s %s", async (method, path, body, headers, errors) => {
    const answer = await wire(lab, method, path, { headers, ...(body === undefined ? {} : { body }) });
    expect([answer.status, answer.reason]).toEqual([400, "Parameter verification failed."]);
    expect(JSON.parse(answer.body)).toEqual({ data: null, message: "Parameter verification failed.\n", errors });
  });

  it("is none for a form that the server takes", async () => {
    const answer = await wire(lab, "PUT", "/nodes/pve1/qemu/102/config", {
      body: "onboot=1&boot=order%3Dnet0&tags=a%3Bb",
    });
    expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { data: null }]);
  });
});
