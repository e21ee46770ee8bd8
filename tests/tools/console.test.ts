import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { call } from "../lab/support.ts";
import { freeEscape } from "../support/free-escape.ts";
import { labEnvironment, openLabSession, openSession, type Session } from "../support/session.ts";
import { requestsOf, writesOf } from "./rows.ts";

const free = freeEscape();
let session: Session & { lab: Lab };
let lab: Lab;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 40 }, free.env);
  lab = session.lab;
});
afterEach(() => lab.faults.clear());
afterAll(async () => {
  await session?.close();
  free.remove();
});

const ticket = (args: object) =>
  session.call("proxmox_console_ticket", { targetKind: "vm", target: 100, kind: "vnc", ...args });
const guest = (vmid: number) => lab.state.guests.get(vmid)!;

/** Whether the lab takes the ticket at the place that the URL names. */
async function opens(url: string): Promise<number> {
  const { pathname, search } = new URL(url);
  return (await call(lab, "GET", `${pathname.replace("/api2/json", "")}${search}`)).status;
}

describe("a console ticket", () => {
  test.each([
    ["node", "pve1", "terminal", "/nodes/pve1"],
    ["node", "pve2", "terminal", "/nodes/pve2"],
    ["vm", "web01", "terminal", "/nodes/pve1/qemu/100"],
    ["vm", 100, "vnc", "/nodes/pve1/qemu/100"],
    ["container", 103, "terminal", "/nodes/pve1/lxc/103"],
    ["container", "dns01", "vnc", "/nodes/pve1/lxc/103"],
  ])("for %s %s, %s, opens the websocket that its URL names", async (targetKind, target, kind, path) => {
    const { data, error, text } = await ticket({ targetKind, target, kind });
    expect(error).toBeUndefined();
    expect(data.websocket).toMatch(
      new RegExp(`^wss://127\\.0\\.0\\.1:${lab.port}/api2/json${path}/vncwebsocket\\?port=59\\d\\d&vncticket=`),
    );
    expect(data).toMatchObject({
      kind,
      user: "root@pam!lab",
      ticket: expect.stringMatching(/PVEVNC:[0-9A-F]{8}::/),
      port: expect.any(Number),
      openWithinSeconds: 10,
      ticketValidSeconds: 40,
      upid: expect.stringMatching(/^UPID:/),
      how: expect.stringMatching(/Authorization header of the same API token/),
    });
    expect(new URL(data.websocket).searchParams.get("vncticket")).toBe(data.ticket);
    expect(JSON.parse(text)).toEqual(data);
    expect(await opens(data.websocket)).toBe(200);
    expect(await opens(data.websocket.replace(/port=\d+/, "port=5999"))).not.toBe(200);
  });

  test("names the endpoint that gave it, not another of the cluster", async () => {
    const env = labEnvironment(lab);
    const two = await openSession({ ...env, PROXMOX_HOST: `127.0.0.1:9,${env.PROXMOX_HOST}`, ...free.env });
    const { data } = await two.call("proxmox_console_ticket", { targetKind: "vm", target: 100, kind: "vnc" });
    expect(new URL(data.websocket).port).toBe(String(lab.port));
    expect(await opens(data.websocket)).toBe(200);
    await two.close();
  });

  test("has the password of the screen, where there is one", async () => {
    const { data } = await ticket({ kind: "vnc" });
    expect(data.password).toHaveLength(8);
    expect(data.ticket.startsWith(`${data.password}:`)).toBe(true);
  });

  test("for SPICE is a file for its viewer", async () => {
    guest(100).config.vga = "qxl";
    const { data } = await ticket({ kind: "spice" });
    delete guest(100).config.vga;
    expect(data.viewer).toMatch(/^\[virt-viewer\]\n/);
    for (const line of [
      /^type=spice$/m,
      /^password=[0-9a-f]{40}$/m,
      /^proxy=http:\/\/127\.0\.0\.1:3128$/m,
      /^tls-port=61000$/m,
    ])
      expect(data.viewer).toMatch(line);
    expect(data.viewer).toMatch(/^ca=-----BEGIN CERTIFICATE-----\\n/m);
    expect(data).not.toHaveProperty("websocket");
    expect((await ticket({ targetKind: "container", target: 103, kind: "spice" })).data.viewer).toMatch(
      /^type=spice$/m,
    );
  });

  test("reaches the caller, and neither the record nor the server's own output", async () => {
    const { data } = await ticket({ kind: "terminal" });
    const secret = data.ticket.split("::")[1].slice(0, 60);
    expect(secret).toHaveLength(60);
    const record = JSON.stringify(await session.record());
    expect(record).toContain("termproxy");
    for (const place of [record, session.stderr()]) {
      expect(place).not.toContain(secret);
      expect(place).not.toContain("PVEVNC");
    }
  });

  test("is planned without a console being opened", async () => {
    const before = writesOf(lab).length;
    const { data } = await ticket({ kind: "vnc", dryRun: true });
    expect(writesOf(lab)).toHaveLength(before);
    expect(data.plan).toMatchObject({
      class: "escape",
      allowed: true,
      requests: [{ operation: "POST /nodes/{node}/qemu/{vmid}/vncproxy", params: { websocket: 1 } }],
    });
    expect(data).not.toHaveProperty("ticket");
  });

  test("is asked about, and then handed out once", async () => {
    const careful = await openSession({ ...labEnvironment(lab), PROXMOX_MCP_ACCESS: "escape" });
    const args = { targetKind: "vm", target: 100, kind: "vnc" };
    const { error } = await careful.call("proxmox_console_ticket", args);
    expect(error?.code).toBe("confirmation-required");
    const consent = { planId: (error!.data!.plan as { planId: string }).planId, confirm: "web01" };
    const { data } = await careful.call("proxmox_console_ticket", { ...args, ...consent });
    expect(await opens(data.websocket)).toBe(200);
    expect((await careful.call("proxmox_console_ticket", { ...args, ...consent })).error?.code).toBe("plan-refused");
    await careful.close();
  });

  test("is not handed out by a server that does not let consoles through", async () => {
    const plain = await openSession(labEnvironment(lab));
    const before = writesOf(lab).length;
    const { error } = await plain.call("proxmox_console_ticket", {
      targetKind: "node",
      target: "pve1",
      kind: "terminal",
    });
    expect(error?.code).toBe("access-ceiling");
    expect(writesOf(lab)).toHaveLength(before);
    await plain.close();
  });

  test.each([
    ["vnc", /take kind terminal/],
    ["spice", /take kind terminal/],
  ])("of a node by %s is refused to tokens, and the answer says what is not", async (kind, next) => {
    const { error } = await ticket({ targetKind: "node", target: "pve1", kind });
    expect(error).toMatchObject({ code: "console-refused", next: expect.stringMatching(next) });
  });

  test("by SPICE needs such a display", async () => {
    expect((await ticket({ kind: "spice" })).error).toMatchObject({
      code: "console-refused",
      message: "no spice port",
      next: expect.stringMatching(/vnc/),
    });
  });

  test.each([
    [{ target: 100, kind: "terminal" }, /no serial port/],
    [{ target: 102, kind: "vnc" }, /not running/],
    [{ targetKind: "node", target: "pve1", kind: "terminal" }, /asks for a login/],
    [{ targetKind: "container", target: "ct-stopped", kind: "terminal" }, /not running/],
  ])("warns of a console in which nothing is to be seen: %j", async (args, warning) => {
    const { data } = await ticket(args);
    expect(data.warnings).toEqual([expect.stringMatching(warning)]);
  });

  test("does not warn of a serial port that is there", async () => {
    guest(100).config.serial0 = "socket";
    expect((await ticket({ kind: "terminal" })).data).not.toHaveProperty("warnings");
    delete guest(100).config.serial0;
  });

  test.each([
    [{ target: 103 }, "invalid-argument", /targetKind is vm.*container/],
    [{ targetKind: "container", target: 100 }, "invalid-argument", /targetKind is container.*vm/],
    [{ targetKind: "node", target: "pve9" }, "unknown-node", /pve9/],
    [{ target: "twin" }, "ambiguous-guest", /115/],
    [{ target: "nobody" }, "unknown-guest", /nobody/],
    [{ kind: "rdp" }, "invalid-arguments", /kind/],
  ])("refuses %j: %s", async (args, code, says) => {
    const { result, requests } = await requestsOf(lab, () => ticket(args));
    expect(result.error?.code).toBe(code);
    expect(`${result.error?.message} ${result.error?.next}`).toMatch(says);
    expect(requests.filter((request) => request.startsWith("POST"))).toEqual([]);
  });

  test("tells a missing privilege", async () => {
    lab.faults.add({
      match: { method: "POST" },
      status: 403,
      reason: "Permission check failed (/vms/100, VM.Console)",
    });
    expect((await ticket({ kind: "vnc" })).error).toMatchObject({ code: "permission-denied" });
  });
});

describe("before 9.1, when terminals refused API tokens", () => {
  test.each(["7.4", "8.4", "9.0"] as const)("%s hands out no terminal that cannot be opened", async (version) => {
    const old = await openLabSession({ version, taskMs: 40 }, free.env);
    for (const [targetKind, target] of [
      ["vm", 100],
      ["container", 103],
      ["node", "pve1"],
    ]) {
      const { error } = await old.call("proxmox_console_ticket", { targetKind, target, kind: "terminal" });
      expect(error).toMatchObject({
        code: "console-refused",
        message: expect.stringMatching(/before Proxmox VE 9\.1/),
      });
    }
    expect(writesOf(old.lab)).toEqual([]);
    const { data } = await old.call("proxmox_console_ticket", { targetKind: "vm", target: 100, kind: "vnc" });
    expect(data.websocket).toMatch(/vncwebsocket/);
    await old.close();
  });
});
