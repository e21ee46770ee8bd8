import { Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { connectHost } from "../../src/ssh/connection.ts";
import { parseHostKeys } from "../../src/ssh/host-keys.ts";
import { HostPlaces } from "../../src/ssh/host-places.ts";
import { CALLER, hostsOn, shell } from "./support/hosts.ts";
import { freePort, type SshTarget, sshdMissing, startSshd } from "./support/sshd.ts";

const missing = sshdMissing();
if (missing) console.warn(`skipped: ${missing}`);

describe.skipIf(missing)("connections to a host", () => {
  let target: SshTarget;
  beforeAll(async () => {
    target = await startSshd();
  });
  afterAll(() => target?.close());

  const peer = async (hosts: ReturnType<typeof hostsOn>) =>
    (await hosts.exec(CALLER, shell("echo $SSH_CONNECTION"))).stdout;

  test("one serves all calls, is closed when idle, and a new one comes when it is needed", async () => {
    const hosts = hostsOn(target, { pool: { idleMs: 200 } });
    const first = await peer(hosts);
    expect(await peer(hosts)).toBe(first);
    await expect.poll(() => peer(hosts), { interval: 500 }).not.toBe(first);
    await hosts.close();
  });

  test("sends at once, not when the host has acknowledged what came before", async () => {
    const atOnce: boolean[] = [];
    const setNoDelay = vi.spyOn(Socket.prototype, "setNoDelay").mockImplementation(function (this: Socket, on) {
      atOnce.push(on ?? true);
      return this;
    });
    const hosts = hostsOn(target);
    try {
      await peer(hosts);
      expect(atOnce).toEqual([true]);
    } finally {
      setNoDelay.mockRestore();
      await hosts.close();
    }
  });

  test("a lost one is replaced at the next call", async () => {
    const hosts = hostsOn(target);
    const first = await peer(hosts);
    target.drop();
    await expect.poll(() => peer(hosts).catch(() => first)).not.toBe(first);
    await hosts.close();
  });

  test("a changed identity has a connection of its own", async () => {
    let pins = target.hostKeyLines;
    const { username, privateKey } = target;
    const hosts = hostsOn(target, { identity: async () => ({ username, privateKey, expectedHostKeys: pins }) });
    const first = await peer(hosts);
    pins = target.publicKeys;
    expect(await peer(hosts)).not.toBe(first);
    await hosts.close();
  });

  test("more calls than channels wait for their turn", async () => {
    const hosts = hostsOn(target, { pool: { channels: 2 } });
    const all = await Promise.all(Array.from({ length: 7 }, (_, n) => hosts.exec(CALLER, shell(`exit ${n}`))));
    expect(all.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    await hosts.close();
  });

  test("a jump host is gone through, and its own key is checked", async () => {
    const jump = await startSshd();
    const pin = (line: string) => /SHA256:\S+/.exec(line)![0];
    const way = { jump: { host: jump.address, port: jump.port } };
    // Both take the same key here.
    const both = await startSshd({ authorize: jump });
    const pins = [
      ...both.hostKeyLines.map((line) => `pve1=${pin(line)}`),
      ...jump.hostKeyLines.map((line) => `127.0.0.1=${pin(line)}`),
    ];
    const hosts = hostsOn({ ...both, privateKey: jump.privateKey }, { pins, way });
    expect(await peer(hosts)).toMatch(/^127\.0\.0\.1 /);
    await hosts.close();
    const half = hostsOn(
      { ...both, privateKey: jump.privateKey },
      { pins: pins.slice(0, both.hostKeyLines.length), way },
    );
    await expect(peer(half)).rejects.toMatchObject({ code: "host-key-unpinned", data: { node: "127.0.0.1" } });
    await half.close();
    await both.close();
    await jump.close();
  });

  test("an encrypted key wants its passphrase, and a wrong key is refused by name of the user", async () => {
    const locked = await startSshd({ passphrase: "correct horse" });
    const { username, privateKey, hostKeyLines: expectedHostKeys } = locked;
    const as = (more: object) =>
      hostsOn(locked, { identity: async () => ({ username, privateKey, expectedHostKeys, ...more }) });
    await expect(peer(as({}))).rejects.toMatchObject({ code: "ssh-key-unusable", next: /PASSPHRASE/ });
    await expect(peer(as({ passphrase: "wrong" }))).rejects.toMatchObject({ code: "ssh-key-unusable" });
    const right = as({ passphrase: "correct horse" });
    expect(await peer(right)).toMatch(/^127/);
    await right.close();
    await expect(peer(as({ privateKey: target.privateKey }))).rejects.toMatchObject({
      code: "ssh-login-refused",
      message: expect.stringContaining(`user ${username}`),
    });
    await locked.close();
  });

  test("nothing that listens there is an error that says where", async () => {
    const port = await freePort();
    await expect(peer(hostsOn({ ...target, port }))).rejects.toMatchObject({
      code: "host-unreachable",
      message: expect.stringContaining(`127.0.0.1:${port}`),
    });
  });

  test("one that was ended tells whoever listens, and opens nothing more", async () => {
    const pins = parseHostKeys(target.hostKeyLines.join("\n"));
    const identity = { username: target.username, privateKey: target.privateKey };
    const connection = await connectHost({ node: "pve1", address: target.address, port: target.port, identity, pins });
    expect(connection.isOpen).toBe(true);
    let ended = 0;
    connection.onEnd(() => ended++);
    connection.end();
    await expect.poll(() => ended).toBe(1);
    await expect(connection.sftp()).rejects.toMatchObject({ code: "host-connection-lost" });
  });
});

describe("where a node is", () => {
  const places = (overrides = {}, now = () => 0) => {
    let asked = 0;
    const discover = async () => {
      asked++;
      return new Map([
        ["pve1", "192.0.2.1"],
        ["pve2", "2001:db8::2"],
        ["pve3", ""],
      ]);
    };
    return { it: new HostPlaces({ cluster: "lab", discover, overrides, port: 22, now }), asked: () => asked };
  };

  test("is what the cluster says, asked once a minute", async () => {
    let at = 0;
    const { it, asked } = places({}, () => at);
    expect(await it.find("pve1", CALLER)).toEqual({ node: "pve1", address: "192.0.2.1", port: 22 });
    expect(await it.find("pve2", CALLER)).toEqual({ node: "pve2", address: "2001:db8::2", port: 22 });
    expect(asked()).toBe(1);
    at = 60_000;
    await it.find("pve1", CALLER);
    expect(asked()).toBe(2);
  });

  test("is what the operator says before that, of one cluster before all", async () => {
    const { it, asked } = places({ pve1: { host: "a", port: 2222 }, "lab/pve2": { host: "b" }, pve2: { host: "c" } });
    expect(await it.find("pve1", CALLER)).toEqual({ node: "pve1", address: "a", port: 2222 });
    expect(await it.find("pve2", CALLER)).toEqual({ node: "pve2", address: "b", port: 22 });
    expect(asked()).toBe(0);
  });

  test.each(["pve3", "pve9", "__proto__"])("of %s nobody knows it", async (node) => {
    await expect(places().it.find(node, CALLER)).rejects.toMatchObject({ code: "host-address-unknown" });
  });
});
