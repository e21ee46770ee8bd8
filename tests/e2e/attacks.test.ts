import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { BIN, type Era, labEnvironment, openLabSession, openSession, type Session } from "../support/session.ts";

type Data = Record<string, unknown>;
type LabSession = Session & { lab: Lab };

const writes = (lab: Lab) => lab.requests.filter(({ method }) => method !== "GET");
const STOP = { vmid: 103, action: "stop" };

/** A client that says what it likes, line by line. */
class RawClient {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (answer: Data) => void>();
  #id = 0;

  constructor(env: Record<string, string>) {
    this.#child = spawn(process.execPath, [BIN], { env: { PATH: process.env.PATH ?? "", ...env } });
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      const answer = JSON.parse(line) as Data;
      this.#waiting.get(answer.id as number)?.(answer);
    });
  }

  /** One request of the modern era; `capabilities` is what it says it can do. */
  call(name: string, args: Data, extra: Data = {}, capabilities: Data = {}): Promise<Data> {
    const id = ++this.#id;
    const _meta = {
      "io.modelcontextprotocol/protocolVersion": "2026-07-28",
      "io.modelcontextprotocol/clientInfo": { name: "raw", version: "0" },
      "io.modelcontextprotocol/clientCapabilities": capabilities,
    };
    const message = { jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: args, ...extra, _meta } };
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.stdin.write(`${JSON.stringify(message)}\n`);
    });
  }

  close(): void {
    this.#child.stdin.end();
  }
}

describe.each<Era>(["2026-07-28", "2025"])("a client of the %s era that can ask its user", (era) => {
  let session: LabSession;
  let questions: string[];
  beforeAll(async () => {
    questions = [];
    session = await openLabSession({ seed: "small" }, {}, era, {
      elicit: (question) => {
        questions.push(question);
        return { action: "decline" };
      },
    });
  });
  afterAll(() => session?.close());

  test("is asked also where the model brings the plan of a dry run and the name along", async () => {
    const { data } = await session.call("proxmox_lxc_action", { ...STOP, dryRun: true });
    const { planId, confirm } = data.plan;
    expect(questions).toEqual([]);
    const { error } = await session.call("proxmox_lxc_action", { ...STOP, planId, confirm });
    expect(error?.code).toBe("confirmation-declined");
    expect(questions).toHaveLength(1);
    expect(writes(session.lab)).toEqual([]);
  });

  test("is shown no line that the arguments made up", async () => {
    questions = [];
    const { error } = await session.call("proxmox_api_call", {
      method: "PUT",
      path: "/nodes/pve1/qemu/102/config",
      params: { delete: "scsi0", description: "a\n- it is harmless\u2028- b\u202e" },
    });
    expect(error?.code).toBe("confirmation-declined");
    expect(questions).toHaveLength(1);
    expect(questions[0]!.split(/[\n\u2028]/).filter((line) => /harmless|- b/.test(line))).toEqual([
      expect.stringContaining("delete=scsi0"),
    ]);
    expect(writes(session.lab)).toEqual([]);
  });
});

test("who is asked about a command sees the command, and no record, answer or plan has it", async () => {
  const questions: string[] = [];
  const session = await openLabSession({ seed: "small" }, { PROXMOX_MCP_ACCESS: "escape" }, "2026-07-28", {
    elicit: (question) => {
      questions.push(question);
      return { action: "decline" };
    },
  });
  const { text } = await session.call("proxmox_api_call", {
    method: "POST",
    path: "/nodes/pve1/qemu/100/agent/exec",
    params: { command: ["rm", "-rf", "/srv"], "input-data": "Sesam" },
  });
  expect(questions[0]).toContain('["rm","-rf","/srv"]');
  expect(questions[0]).toContain("input-data=Sesam");
  expect(text + JSON.stringify(await session.record())).not.toMatch(/\/srv|Sesam/);
  await session.close();
});

describe("an answer to a question that was not put", () => {
  let lab: Lab;
  let home: string;
  let raw: RawClient;
  beforeAll(async () => {
    lab = await startLab({ seed: "small", authDelayMs: 0, taskMs: 50 });
    home = mkdtempSync(join(tmpdir(), "raw-"));
    raw = new RawClient({ ...labEnvironment(lab), XDG_STATE_HOME: home, PROXMOX_MCP_CONFIRM: "human" });
  });
  afterAll(async () => {
    raw?.close();
    await lab?.close();
    rmSync(home, { recursive: true, force: true });
  });

  const ASKS = { elicitation: { form: {} } };
  const accept = (name: string) => ({ confirm: { action: "accept", content: { name } } });
  const errorOf = (answer: Data) => {
    const result = answer.result as { structuredContent?: { error?: { code: string } } } | undefined;
    return result?.structuredContent?.error?.code ?? (answer.error as { code?: number } | undefined)?.code;
  };

  test("counts for nothing from a client that cannot ask", async () => {
    const first = await raw.call("proxmox_lxc_action", STOP);
    expect(errorOf(first)).toBe("confirmation-required");
    const { planId } = (first.result as { structuredContent: { error: { data: { plan: Data } } } }).structuredContent
      .error.data.plan;
    const again = await raw.call("proxmox_lxc_action", STOP, {
      requestState: planId,
      inputResponses: accept("dns01"),
    });
    expect(errorOf(again)).toBe("confirmation-required");
    expect(writes(lab)).toEqual([]);
  });

  test.each<[string, (state: string) => [string, Data, Data]]>([
    ["other arguments", (state) => ["proxmox_lxc_action", { ...STOP, vmid: 104 }, { requestState: state }]],
    ["another tool", (state) => ["proxmox_vm_action", { vmid: 100, action: "stop" }, { requestState: state }]],
    [
      "another operation",
      (state) => ["proxmox_api_call", { method: "DELETE", path: "/nodes/pve1/lxc/103" }, { requestState: state }],
    ],
    ["an altered state", (state) => ["proxmox_lxc_action", STOP, { requestState: `A${state.slice(1)}` }]],
    ["a state of nobody", () => ["proxmox_lxc_action", STOP, { requestState: "e30" }]],
    ["no state", () => ["proxmox_lxc_action", STOP, {}]],
  ])("is bound to its plan: %s", async (_, change) => {
    const first = await raw.call("proxmox_lxc_action", STOP, {}, ASKS);
    const state = (first.result as { requestState: string }).requestState;
    expect(state).toEqual(expect.any(String));
    const [tool, args, extra] = change(state);
    const again = await raw.call(tool, args, { ...extra, inputResponses: accept("dns01") }, ASKS);
    expect((again.result as Data | undefined)?.isError === true || (again.result as Data)?.requestState).toBeTruthy();
    expect(writes(lab)).toEqual([]);
  });

  test("serves once", async () => {
    const first = await raw.call("proxmox_lxc_action", STOP, {}, ASKS);
    const { requestState } = first.result as { requestState: string };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        raw.call("proxmox_lxc_action", STOP, { requestState, inputResponses: accept("dns01") }, ASKS),
      ),
    );
    expect(answers.filter((answer) => errorOf(answer) === undefined)).toHaveLength(1);
    expect(writes(lab)).toHaveLength(1);
  });
});

test("two servers with one state directory honour a plan once between them", async () => {
  const lab = await startLab({ seed: "small", authDelayMs: 0, taskMs: 50 });
  const stateHome = mkdtempSync(join(tmpdir(), "shared-"));
  const [one, other] = await Promise.all([1, 2].map(() => openSession(labEnvironment(lab), { stateHome })));
  const { error } = await one!.call("proxmox_lxc_action", STOP);
  const { planId, confirm } = error!.data!.plan as { planId: string; confirm: string };
  const uses = [one!, other!, one!, other!].map((session) =>
    session.call("proxmox_lxc_action", { ...STOP, planId, confirm }),
  );
  const done = await Promise.all(uses);
  expect(done.filter(({ error }) => error === undefined)).toHaveLength(1);
  expect(writes(lab)).toHaveLength(1);
  await Promise.all([one!.close(), other!.close()]);
  await lab.close();
  rmSync(stateHome, { recursive: true, force: true });
});

describe("a server that may do anything", () => {
  let session: LabSession;
  beforeAll(async () => {
    session = await openLabSession({ seed: "small" }, { PROXMOX_MCP_ACCESS: "escape" });
  });
  afterAll(() => session?.close());
  const api = (method: string, path: string, params: Data = {}, more: Data = {}) =>
    session.call("proxmox_api_call", { method, path, params, ...more });

  test("writes nothing in a dry run of any operation, and nothing unasked that is not a mutate", async () => {
    const values: Data = { node: "pve1", vmid: 100, storage: "local", userid: "a@pve", snapname: "s", pos: 0 };
    for (const { id, class: its } of manifest.filter(({ id }) => !id.startsWith("GET "))) {
      const [method, path] = id.split(" ") as [string, string];
      const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);
      const params = Object.fromEntries(names.map((name) => [name, values[name] ?? "x1"]));
      await api(method, path, params, { dryRun: true });
      if (its === "destructive" || its === "escape") {
        const { error } = await api(method, path, params);
        expect([id, error]).toEqual([id, expect.anything()]);
      }
    }
    expect(writes(session.lab)).toEqual([]);
  }, 120_000);

  test.each<[string, string, Data]>([
    ["PUT", "/nodes/pve1/qemu/102/config", { scsi5: { file: "/dev/sda" } }],
    ["PUT", "/nodes/pve1/qemu/102/config", { scsi5: "file=/dev/sda" }],
    ["PUT", "/nodes/pve1/lxc/103/config", { mp7: { volume: "/etc", mp: "/host" } }],
    ["PUT", "/nodes/pve1/lxc/103/config", { dev0: "/dev/sda" }],
    ["POST", "/nodes/pve1/vzdump", { vmid: 102, "prune-backups": { "keep-last": 1 } }],
    ["PUT", "/storage/local", { "prune-backups": "keep-last=1" }],
    ["POST", "/cluster/firewall/rules", { type: "in", action: "DROP", enable: 1 }],
    ["POST", "/cluster/ha/resources", { sid: "vm:102", state: "stopped" }],
    ["POST", "/cluster/mapping/dir", { id: "etc", map: ["node=pve1,path=/etc"] }],
  ])("asks before %s %s %j", async (method, path, params) => {
    const { error } = await api(method, path, params);
    expect(error?.code).toBe("confirmation-required");
    expect(writes(session.lab)).toEqual([]);
  });

  test("gives its token's secret to nobody, wherever the host has it", async () => {
    const { secret } = session.lab.token;
    const guest = session.lab.state.guests.get(102)!;
    guest.config.description = `PVEAPIToken=root@pam!lab=${secret} and ${encodeURIComponent(secret)}`;
    session.lab.faults.add({ match: { method: "PUT" }, status: 500, reason: `no ${secret}`, times: 1 });
    const texts = [
      (await api("GET", "/nodes/pve1/qemu/102/config")).text,
      (await session.call("proxmox_vm_get", { vmid: 102 })).text,
      (await api("PUT", "/nodes/pve1/qemu/102/config", { description: secret })).text,
      (await api("PUT", "/nodes/pve1/qemu/102/config", { name: secret, [secret]: "x" }, { dryRun: true })).text,
      (await api("GET", `/nodes/${secret}/status`)).text,
      (await session.call(`proxmox_vm_get`, { vmid: secret })).text,
    ];
    for (const text of texts) expect(text).not.toContain(secret);
    expect(texts[0]).toContain("[redacted]");
    expect(JSON.stringify(await session.record())).not.toContain(secret);
    expect(session.stderr()).not.toContain(secret);
  });
});

test("a policy that asks before a read asks, and the confirmed read goes out", async () => {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  const path = join(folder, "policy.json");
  const match = { operation: "GET /nodes/{node}/qemu/{vmid}/config" };
  writeFileSync(path, JSON.stringify({ version: 1, rules: [{ effect: "confirm", match }] }));
  const session = await openLabSession({ seed: "small" }, { PROXMOX_MCP_POLICY_FILE: path });
  const read = { method: "GET", path: "/nodes/pve1/qemu/102/config" };
  const { error } = await session.call("proxmox_api_call", read);
  expect(error?.code).toBe("confirmation-required");
  const { planId, confirm } = error!.data!.plan as { planId: string; confirm: string };
  const passed = await session.call("proxmox_api_call", { ...read, planId, confirm });
  expect(passed.error).toBeUndefined();
  const test = (params: Data) =>
    spawnSync(
      process.execPath,
      [BIN, "admin", "policy", "test", "--operation", "POST /nodes/{node}/stopall", "--params", JSON.stringify(params)],
      { encoding: "utf8", env: { PATH: process.env.PATH, PROXMOX_MCP_POLICY_FILE: path } },
    );
  writeFileSync(path, JSON.stringify({ version: 1, protect: { vmids: [100] } }));
  expect(test({ node: "pve1", vms: "101" })).toMatchObject({ status: 0, stdout: expect.stringContaining("confirm") });
  expect(test({ node: "pve1", vms: "101,100" })).toMatchObject({ status: 1, stdout: expect.stringContaining("deny") });
  expect(test({ node: "pve1" })).toMatchObject({ status: 1, stdout: expect.stringContaining("all guests") });
  await session.close();
  rmSync(folder, { recursive: true, force: true });
});
