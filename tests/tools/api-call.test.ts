import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { openLabSession, type Session } from "../support/session.ts";
import { ANSWER_LIMIT, requestsOf } from "./rows.ts";

let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "small", taskMs: 60 });
  lab = session.lab;
});
afterAll(() => session?.close());

type Args = Record<string, unknown>;

const api = (method: string, path: string, params?: Args, more: Args = {}) =>
  session.call("proxmox_api_call", { method, path, ...(params === undefined ? {} : { params }), ...more });

const CONFIG = "/nodes/pve1/qemu/102/config";

describe("a call that the schema does not have is refused before anything is sent:", () => {
  test.each<[string, Args | undefined, string, RegExp]>([
    ["GET /nodes/pve1/qmeu", undefined, "unknown-path", /GET \/nodes\/\{node\}\/qemu/],
    ["GET /cluster/resource", undefined, "unknown-path", /GET \/cluster\/resources/],
    ["DELETE /version", undefined, "unknown-path", /GET \/version/],
    ["POST /nodes/pve1/qemu/102/status/strat", undefined, "unknown-path", /status\/start/],
    ["GET /", undefined, "unknown-path", /./],
    [`PUT ${CONFIG}`, { memroy: 2048 }, "invalid-parameters", /memroy: .*did you mean memory/],
    [`PUT ${CONFIG}`, { net99: "virtio" }, "invalid-parameters", /net99: .*net0 to net31/],
    [`PUT ${CONFIG}`, { bios: "uefi" }, "invalid-parameters", /bios: must be one of: .*seabios.*ovmf/],
    [`PUT ${CONFIG}`, { cores: 0 }, "invalid-parameters", /cores: /],
    [`PUT ${CONFIG}`, { cores: "many" }, "invalid-parameters", /cores: /],
    [`PUT ${CONFIG}`, { name: "not a dns name!" }, "invalid-parameters", /name: /],
    [`PUT ${CONFIG}`, { digest: "zz".repeat(40) }, "invalid-parameters", /digest: /],
    [`PUT ${CONFIG}`, { agent: { enabled: true, frozen: true } }, "invalid-parameters", /agent: .*frozen/],
    [`PUT ${CONFIG}`, { net0: { model: "virtio", bridge: "vmbr0", tag: 9999 } }, "invalid-parameters", /net0: .*tag/],
    ["PUT /nodes/pve1/qemu/102/resize", { disk: "scsi0" }, "invalid-parameters", /size: /],
    ["GET /nodes/pve1/qemu/99/config", undefined, "invalid-parameters", /vmid: /],
    ["GET /nodes/-bad-/qemu", undefined, "invalid-parameters", /node: /],
    ["GET /nodes/{node}/qemu", undefined, "invalid-argument", /leaves \{node\} open/],
    ["GET /nodes/pve1/qemu", { node: "pve2" }, "invalid-argument", /contradicts the path/],
    ["GET /cluster/resources?type=vm", undefined, "invalid-argument", /query string/],
  ])("%s %o", async (call, params, code, says) => {
    const [method, path] = call.split(" ") as [string, string];
    for (const dryRun of [false, true]) {
      const { result, requests } = await requestsOf(lab, () => api(method, path, params, { dryRun }));
      expect(result.error).toBeDefined();
      if (!dryRun) expect(result.error?.code).toBe(code);
      expect(`${result.error?.message} ${result.error?.next}`).toMatch(says);
      expect(result.error?.next?.length).toBeGreaterThan(3);
      expect(requests.filter((request) => !/\/version$/.test(request))).toEqual([]);
    }
  });

  test.each([{ method: "get" }, { method: "PATCH" }, { method: "GET", path: "version" }, { method: "GET", parms: {} }])(
    "%o",
    async (args) => {
      const { error } = await session.call("proxmox_api_call", { path: "/version", ...args });
      expect(error?.code).toBe("invalid-arguments");
    },
  );
});

describe("what is sent", () => {
  const sent = () => lab.requests.filter(({ method }) => method !== "GET").at(-1)!;

  test.each<[string, Args, Args]>([
    ["an object as a property string", { agent: { enabled: true, type: "isa" } }, { agent: "1,type=isa" }],
    ["a boolean as 1", { onboot: true }, { onboot: "1" }],
    ["a number", { cores: 2 }, { cores: "2" }],
    ["a list as one text", { delete: ["description", "tags"] }, { delete: "description,tags" }],
    ["text with every sort of character", { description: "a&b=c+d%20é\n√" }, { description: "a&b=c+d%20é\n√" }],
  ])("holds %s", async (_, params, wire) => {
    const { error } = await api("PUT", CONFIG, params);
    expect(error).toBeUndefined();
    expect(sent()).toMatchObject({ method: "PUT", path: CONFIG, status: 200 });
    const seen = Object.fromEntries(Object.entries(sent().params).map(([name, value]) => [name, String(value)]));
    for (const [name, value] of Object.entries(wire)) {
      const parts = (text: string) => text.split(",").sort();
      expect(parts(seen[name]!)).toEqual(parts(String(value)));
    }
  });

  test("is filled in where a path is given as it stands in the documentation", async () => {
    const { data, error } = await api("GET", "/nodes/{node}/qemu/{vmid}/config", { node: "pve1", vmid: 102 });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ operation: "GET /nodes/{node}/qemu/{vmid}/config", data: { name: "build01" } });
    expect((await api("GET", "/api2/json/version")).data.data.version).toBe("9.2.11");
  });

  test("by a dry run is nothing; the answer says what would be", async () => {
    const { result, requests } = await requestsOf(lab, () =>
      api("PUT", CONFIG, { cores: 4, cipassword: "geheim-123" }, { dryRun: true }),
    );
    expect(result.data).toMatchObject({
      operation: "PUT /nodes/{node}/qemu/{vmid}/config",
      plan: { class: "mutate", allowed: true, requests: [{ params: { cores: 4, vmid: "102", node: "pve1" } }] },
    });
    expect(result.text).not.toContain("geheim-123");
    expect(requests.filter((request) => !request.startsWith("GET "))).toEqual([]);
    const { data } = await api("DELETE", "/nodes/pve1/qemu/102", {}, { dryRun: true });
    expect(data.plan).toMatchObject({ class: "destructive", allowed: true, confirm: "build01" });
  });
});

describe("what comes back", () => {
  test("a task is a job", async () => {
    const { data } = await api("POST", "/nodes/pve1/qemu/102/status/start");
    expect(data).toMatchObject({ operation: expect.stringContaining("status/start"), job: { state: "ok" } });
    expect((await session.call("job_get", { id: data.job.id })).data.job.state).toBe("ok");
    const now = await api("POST", "/nodes/pve1/qemu/102/status/reboot", {}, { waitSeconds: 0 });
    expect(now.data.job.state).toBe("running");
    await session.call("job_wait", { id: now.data.job.id });
  });

  test("a task that fails is an error", async () => {
    const { error } = await api("POST", "/nodes/pve1/qemu/101/status/start");
    expect(error).toMatchObject({ code: "task-failed", data: { job: { state: "failed" } } });
  });

  test("a list keeps what it is asked to keep", async () => {
    const { data } = await api("GET", "/cluster/resources", { type: "vm" }, { fields: ["vmid", "nothing"], limit: 2 });
    expect(data.data).toHaveLength(2);
    for (const row of data.data) expect(Object.keys(row)).toEqual(["vmid"]);
    expect(data.shown).toMatchObject({
      from: 0,
      count: 2,
      of: 5,
      unit: "rows",
      hint: expect.stringContaining("offset 2"),
    });
  });

  test("one value that is too long for an answer is cut, counted, and can be paged", async () => {
    const guest = lab.state.guests.get(100)!;
    guest.config.description = "x".repeat(30_000);
    lab.state.touch(guest);
    let json = "";
    let of = 1;
    while (json.length < of) {
      const { data, text } = await api("GET", "/nodes/pve1/qemu/100/config", {}, { offset: json.length });
      expect(text.length).toBeLessThan(ANSWER_LIMIT);
      expect(data.shown).toMatchObject({ from: json.length, unit: "characters of JSON" });
      expect(data.shown.count).toBe(data.data.length);
      json += data.data;
      of = data.shown.of;
    }
    expect(JSON.parse(json)).toMatchObject({ name: "web01", description: guest.config.description });
  });

  test("nor does a typed tool's answer burst: the text says how long it is", async () => {
    const { data, text } = await session.call("proxmox_vm_get", { vmid: 100 });
    expect(text.length).toBeLessThan(ANSWER_LIMIT);
    expect(data.config.description).toMatch(/^x+… \[cut: 30000 characters in all\]$/);
    expect(JSON.parse(text)).toEqual(data);
  });
});
