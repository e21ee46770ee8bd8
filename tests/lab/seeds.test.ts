import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type SeedName, startLab } from "../../src/lab/index.ts";
import { call, wire } from "./support.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("seeds", () => {
  it.each<[SeedName, number, number]>([
    ["small", 1, 5],
    ["medium", 3, 100],
    ["large", 32, 10_000],
  ])("%s has %i nodes and %i guests, and is up in three seconds", async (seed, nodes, guests) => {
    const since = performance.now();
    const lab = await startLab({ seed });
    expect(performance.now() - since).toBeLessThan(3000);
    try {
      expect([lab.nodes, lab.guests]).toEqual([nodes, guests]);
      const { data } = await call(lab, "GET", "/cluster/resources?type=vm");
      expect(data).toHaveLength(guests);
      expect((await call(lab, "GET", "/nodes")).data).toHaveLength(nodes);
    } finally {
      await lab.close();
    }
  });

  it("grow in the same way every time", async () => {
    const [one, two] = await Promise.all([startLab({ seed: "medium" }), startLab({ seed: "medium" })]);
    const names = (lab: typeof one) =>
      [...lab.state.guests.values()].map(({ vmid, node, config }) => [
        vmid,
        node,
        config.name ?? config.hostname,
        config.net0,
      ]);
    expect(names(one)).toEqual(names(two));
    expect(one.token.secret).not.toBe(two.token.secret);
    await Promise.all([one.close(), two.close()]);
  });

  it("can stand side by side under other names", async () => {
    const token = { user: "op", realm: "pve", id: "b", secret: "22222222-2222-3333-4444-555555555555" };
    const one = await startLab({ seed: "medium", name: "one" });
    const two = await startLab({
      seed: "medium",
      name: "two",
      nodePrefix: "node",
      firstVmid: 5000,
      token,
      authDelayMs: 1,
    });
    expect((await call(two, "GET", "/cluster/status")).data[0].name).toBe("two");
    expect((await call(two, "GET", "/nodes/node1/qemu/5000/config")).data.name).toBe("web01");
    expect(two.token).toEqual(token);
    expect((await wire(two, "GET", "/version", { token: one.token })).status).toBe(401);
    await Promise.all([one.close(), two.close()]);
  });

  it("close at once, whatever is open", async () => {
    const lab = await startLab();
    lab.faults.add({ hang: true });
    const hanging = wire(lab, "GET", "/version").catch((error: Error) => error.message);
    await expect.poll(() => lab.requests.length).toBe(1);
    const since = Date.now();
    await lab.close();
    expect(Date.now() - since).toBeLessThan(4000);
    expect(await hanging).toContain("closed");
  });
});

function launch(...args: string[]): ChildProcess {
  const tsx = createRequire(import.meta.url).resolve("tsx");
  return spawn(process.execPath, ["--import", tsx, "src/lab/main.ts", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

describe("the command", () => {
  it.each<NodeJS.Signals>(["SIGTERM", "SIGINT"])(
    "says where it is in one line, serves, and ends with 0 on %s",
    async (signal) => {
      const child = launch("--seed", "medium", "--name", "spare");
      const [chunk] = await once(child.stdout!, "data");
      const line = JSON.parse(String(chunk));
      expect(Object.keys(line)).toEqual(["host", "port", "fingerprint", "token", "nodes", "guests"]);
      expect(line).toMatchObject({ host: "127.0.0.1", nodes: 3, guests: 100, token: { user: "root", realm: "pam" } });
      const lab = { ...line } as Parameters<typeof call>[0];
      expect((await call(lab, "GET", "/cluster/status")).data[0].name).toBe("spare");
      child.kill(signal);
      expect(await once(child, "exit")).toEqual([0, null]);
    },
  );

  it.each([
    ["--seed", "huge", "unknown seed 'huge'"],
    ["--port", "http", "'http' is no port"],
  ])("refuses %s %s", async (option, value, complaint) => {
    const child = launch(option, value);
    let text = "";
    child.stderr!.on("data", (chunk) => {
      text += chunk;
    });
    expect(await once(child, "close")).toEqual([2, null]);
    expect(text).toContain(complaint);
  });
});
