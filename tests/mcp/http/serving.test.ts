import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { connectHttp, type HttpServer, startHttpServer } from "../../support/http-server.ts";
import { type Era, labEnvironment } from "../../support/session.ts";

let lab: Lab;
let server: HttpServer;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 0, taskMs: 100, seed: "small" });
  server = await startHttpServer(labEnvironment(lab));
});
afterAll(async () => {
  await server?.close();
  await lab?.close();
});

describe.each<Era>(["2026-07-28", "2025"])("a client of the %s era over HTTP", (era) => {
  test("lists, calls, reads, completes and is prompted", async () => {
    const session = await connectHttp(server.url, { era });
    expect(session.protocolVersion()).toBe(era === "2025" ? "2025-11-25" : era);
    expect((await session.listTools()).length).toBeGreaterThan(50);
    const { data } = await session.call("proxmox_vm_list");
    expect(data.rows.length).toBeGreaterThan(0);
    expect((await session.listResourceTemplates()).length).toBeGreaterThan(2);
    const { text } = await session.readResource("proxmox://inventory");
    expect(JSON.parse(text!).clusters[0].nodes.total).toBe(1);
    expect((await session.listPrompts()).length).toBeGreaterThan(3);
    expect((await session.complete("proxmox://guests/{vmid}", "vmid", "10")).values).toContain("100");
    await session.close();
  });

  test("hears how far a task is, and how it ended", async () => {
    const session = await connectHttp(server.url, { era });
    const { data, progress } = await session.call("proxmox_lxc_action", { vmid: 103, action: "reboot" });
    expect(data.job).toMatchObject({ state: "ok" });
    expect(progress.join("\n")).toContain("has started");
    await session.close();
  });

  test("is asked before anything is destroyed, and what it declines is not done", async () => {
    const questions: string[] = [];
    let answer: "accept" | "decline" = "decline";
    const session = await connectHttp(server.url, {
      era,
      elicit: (question) => {
        questions.push(question);
        return answer === "accept" ? { action: "accept", content: { name: "dns01" } } : { action: "decline" };
      },
    });
    const stop = { vmid: 103, action: "stop" };
    const refused = await session.call("proxmox_lxc_action", stop);
    expect(refused.error?.code).toBe("confirmation-declined");
    answer = "accept";
    const { data } = await session.call("proxmox_lxc_action", stop);
    expect(data.job).toMatchObject({ type: "vzstop", state: "ok" });
    expect(questions).toHaveLength(2);
    expect(questions[0]).toContain("/status/stop");
    await session.call("proxmox_lxc_action", { vmid: 103, action: "start" });
    await session.close();
  });

  test("that cannot be asked gets a plan, which is good for it alone", async () => {
    const session = await connectHttp(server.url, { era });
    const stop = { vmid: 103, action: "stop" };
    const { error } = await session.call("proxmox_lxc_action", stop);
    expect(error?.code).toBe("confirmation-required");
    const { planId, confirm } = error!.data!.plan as { planId: string; confirm: string };
    const { data } = await session.call("proxmox_lxc_action", { ...stop, planId, confirm });
    expect(data.job).toMatchObject({ type: "vzstop", state: "ok" });
    await session.call("proxmox_lxc_action", { vmid: 103, action: "start" });
    await session.close();
  });

  test("hears of a guest that somebody else changed", async () => {
    const session = await connectHttp(server.url, { era });
    const end = await session.subscribe("proxmox://guests/101");
    await session.subscribe("proxmox://guests/999").catch(() => {});
    // The first look is what changes are told from.
    await session.readResource("proxmox://guests/101");
    lab.state.guests.get(101)!.config.name = `renamed-${era}`;
    await expect.poll(() => session.updates).toContain("proxmox://guests/101");
    expect(session.updates).not.toContain("proxmox://guests/999");
    await end();
    await session.close();
  });

  test("is refused what does not exist", async () => {
    const session = await connectHttp(server.url, { era });
    await expect(session.call("no_such_tool")).rejects.toThrow(/Unknown tool/);
    await expect(session.readResource("proxmox://guests/999")).rejects.toThrow();
    expect((await session.call("proxmox_vm_get", { vmid: "nobody" })).error?.code).toBeTypeOf("string");
    await session.close();
  });
});

test("the record says that nobody in particular called", async () => {
  const lines = await server.record();
  expect(new Set(lines.map(({ principal }) => principal))).toEqual(new Set(["anonymous"]));
  expect(server.stdout()).toBe("");
});

describe("both", () => {
  test("stdio and HTTP share their services, and HTTP stays when the client on stdio goes", async () => {
    const both = await startHttpServer(labEnvironment(lab), { mode: "both" });
    const say = (message: object) => both.child.stdin!.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
    say({
      id: 1,
      method: "initialize",
      params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "t", version: "0" } },
    });
    say({ method: "notifications/initialized" });
    say({ id: 2, method: "tools/call", params: { name: "proxmox_vm_list", arguments: {} } });
    const session = await connectHttp(both.url, { era: "2025" });
    const { data } = await session.call("proxmox_vm_list");
    const answerOf = (id: number) =>
      both
        .stdout()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line))
        .find((message) => message.id === id);
    await expect.poll(() => answerOf(2)?.result.structuredContent).toEqual(data);
    // Every line of stdout is a message, whatever HTTP had to say.
    expect(answerOf(1).result.serverInfo.name).toBe("proxmox-mcp");
    both.child.stdin!.end();
    expect((await session.call("proxmox_vm_list")).data).toEqual(data);
    await session.call("proxmox_vm_get", { vmid: 101 });
    const principals = (await both.record()).map(({ principal }) => principal);
    expect(new Set(principals)).toEqual(new Set(["local", "anonymous"]));
    await session.close();
    await both.close();
  });
});
