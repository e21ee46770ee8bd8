import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { connect, run } from "./client.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ ssh: true, taskMs: 30, taskVisibleMs: 0, authDelayMs: 0 });
});
afterEach(() => lab.faults.clear());
afterAll(() => lab.close());

/** The fingerprint that a node shows. */
async function shown(): Promise<string> {
  let seen = "";
  const client = await connect(lab, "pve1", {
    hostHash: "sha256",
    hostVerifier: (hash: string) => {
      seen = `SHA256:${Buffer.from(hash, "hex").toString("base64").replace(/=+$/, "")}`;
      return true;
    },
  });
  client.end();
  return seen;
}

it("another host key is shown for as long as the fault is on", async () => {
  const { hostKey } = lab.ssh!.nodes.pve1!;
  const off = lab.faults.add({ fault: "ssh-host-key-changed" });
  expect(await shown()).not.toBe(hostKey);
  off();
  expect(await shown()).toBe(hostKey);
});

it("a login is refused", async () => {
  lab.faults.add({ fault: "ssh-refused" });
  await expect(connect(lab)).rejects.toThrow(/authentication/i);
});

it("a connection ends within the output, and the command was carried out", async () => {
  lab.faults.add({ fault: "ssh-dropped", count: 3 });
  expect(await run(lab, "echo started > /tmp/mark; echo 0123456789")).toMatchObject({ lost: true, out: "012" });
  lab.faults.clear();
  expect((await run(lab, "cat /tmp/mark")).out).toBe("started\n");
});

it("a command is slow, and a shorter timeout of its own is not what ends it", async () => {
  lab.faults.add({ fault: "command-slow", ms: 300 });
  const since = Date.now();
  expect((await run(lab, "echo x")).out).toBe("x\n");
  expect(Date.now() - since).toBeGreaterThanOrEqual(300);
});

it("a signal ends a command, which has no code then", async () => {
  lab.faults.add({ fault: "command-killed", text: "TERM" });
  expect(await run(lab, "echo x")).toMatchObject({ code: undefined, signal: "SIGTERM", out: "" });
});

it("a complaint of the locale goes to stderr, and LC_ALL stops it", async () => {
  lab.faults.add({ fault: "locale-noise" });
  const noisy = await run(lab, "qm status 100");
  expect(noisy).toMatchObject({ code: 0, out: "status: running\n" });
  expect(noisy.err).toContain("perl: warning: Setting locale failed.");
  expect((await run(lab, "LC_ALL=C.UTF-8 qm status 100")).err).toBe("");
});

it("sudo wants a password", async () => {
  lab.faults.add({ fault: "sudo-password" });
  expect(await run(lab, "sudo -n qm list", { username: "admin" })).toMatchObject({
    code: 1,
    err: "sudo: a password is required\n",
  });
  expect((await run(lab, "sudo -n qm list")).code).toBe(0);
});
