import { execFileSync } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fingerprintOf, judgeHostKey, parseHostKeys, pinnedAlgorithms } from "../../src/ssh/host-keys.ts";
import { CALLER, hostsOn, shell } from "./support/hosts.ts";
import { type SshTarget, sshdMissing, startSshd } from "./support/sshd.ts";

const blob = (type: string, byte: number) => {
  const part = (data: Buffer) => Buffer.concat([Buffer.from([0, 0, 0, data.length]), data]);
  return Buffer.concat([part(Buffer.from(type)), part(Buffer.alloc(32, byte))]);
};
const KEY = blob("ssh-ed25519", 1);
const OTHER = blob("ssh-ed25519", 2);
const PUBLIC = `ssh-ed25519 ${KEY.toString("base64")}`;
const PRINT = fingerprintOf(KEY);
const hashed = (name: string) => {
  const salt = Buffer.alloc(20, 7);
  return `|1|${salt.toString("base64")}|${createHmac("sha1", salt).update(name).digest("base64")}`;
};
const HOST = { node: "pve1", address: "192.0.2.1", port: 22 };
const verdict = (text: string, host = HOST, key = KEY) => judgeHostKey(parseHostKeys(text), host, key).is;

test("the fingerprint is the one of ssh-keygen", () => {
  const hash = createHash("sha256").update(KEY).digest("base64").replace(/=+$/, "");
  expect(PRINT).toBe(`SHA256:${hash}`);
});

describe("what is taken as this host's key", () => {
  test.each([
    PRINT,
    `${PRINT}=`,
    `256 ${PRINT} root@pve1 (ED25519)`,
    `256 ${PRINT} no comment (ED25519)`,
    `256 ${PRINT} a, comment with SHA of 2 (ED25519)`,
    `pve1=${PRINT}`,
    `PVE1=${PRINT}`,
    `pve1=256 ${PRINT} root@pve1 (ED25519)`,
    `pve2=${fingerprintOf(OTHER)},pve1=${PRINT}`,
    `${fingerprintOf(OTHER)} ${PRINT}`,
    `256 ${fingerprintOf(OTHER)} root@pve2 (ED25519)\n256 ${PRINT} root@pve1 (ED25519)`,
    `256 ${fingerprintOf(OTHER)} root@pve2 (ED25519), 256 ${PRINT} root@pve1 (ED25519)`,
    PUBLIC,
    `${PUBLIC} root@pve1`,
    `pve1=${PUBLIC}`,
    `pve1 ${PUBLIC}`,
    `# comment\n\npve9,pve1,192.0.2.1 ${PUBLIC} x`,
    `192.0.2.1 ${PUBLIC}`,
    `[192.0.2.1]:22 ${PUBLIC}`,
    `*.lan,pve? ${PUBLIC}`,
    `${hashed("pve1")} ${PUBLIC}`,
    `${hashed("192.0.2.1")} ${PUBLIC}`,
  ])("%s", (text) => {
    expect(verdict(text)).toBe("expected");
    expect(verdict(text, HOST, blob("ssh-ed25519", 3))).toBe("another");
  });
});

test.each([
  ["another key", fingerprintOf(OTHER), "another"],
  ["a key for another node only", `pve2=${PRINT}`, "unpinned"],
  ["another host's line", `pve2 ${PUBLIC}`, "unpinned"],
  ["another host's hash", `${hashed("pve2")} ${PUBLIC}`, "unpinned"],
  ["the address at another port", `[192.0.2.1]:2222 ${PUBLIC}`, "unpinned"],
  ["a pattern that rules the host out", `pve*,!pve1 ${PUBLIC}`, "unpinned"],
  ["a key for this node beside one for any", `pve1=${fingerprintOf(OTHER)},${PRINT}`, "another"],
  ["a revoked key", `pve1 ${PUBLIC}\n@revoked * ${PUBLIC}`, "revoked"],
])("%s: %s is %s", (_, text, is) => {
  expect(verdict(text)).toBe(is);
});

test("an address at a port of its own is looked up with that port", () => {
  expect(verdict(`[192.0.2.1]:2222 ${PUBLIC}`, { ...HOST, port: 2222 })).toBe("expected");
  expect(verdict(`192.0.2.1 ${PUBLIC}`, { ...HOST, port: 2222 })).toBe("unpinned");
});

test.each([
  ["", "no host key"],
  ["# nothing", "no host key"],
  ["SHA256:short", "neither"],
  [`${PRINT}x`, "neither"],
  ["MD5:aa:bb:cc", "MD5 proves nothing"],
  ["hello", "neither"],
  [`${PRINT} and more`, "neither"],
  [`@cert-authority *.lan ${PUBLIC}`, "certificates of hosts are not checked"],
  [`@other pve1 ${PUBLIC}`, "unknown marker"],
])("%j is refused: %s", (text, why) => {
  expect(() => parseHostKeys(text)).toThrow(why);
});

test("the host is asked for keys of the pinned types only, where the pins say them", () => {
  expect(pinnedAlgorithms(parseHostKeys(`256 ${PRINT} x (RSA)`))).toEqual(["rsa-sha2-512", "rsa-sha2-256"]);
  expect(pinnedAlgorithms(parseHostKeys(PUBLIC))).toEqual(["ssh-ed25519"]);
  expect(pinnedAlgorithms(parseHostKeys(PRINT))).toBeUndefined();
});

const missing = sshdMissing();
if (missing) console.warn(`skipped: ${missing}`);

describe.skipIf(missing)("a real host's key", () => {
  let target: SshTarget;
  beforeAll(async () => {
    target = await startSshd({ keyTypes: ["ed25519", "ecdsa", "rsa"] });
  });
  afterAll(() => target?.close());

  const connect = async (pins: readonly string[], way = {}) => {
    const hosts = hostsOn(target, { pins, way });
    try {
      return (await hosts.exec(CALLER, shell("echo in"))).stdout;
    } finally {
      await hosts.close();
    }
  };
  const printOf = (line: string) => /SHA256:\S+/.exec(line)![0];

  test("each line of ssh-keygen is taken, whichever key it is of, and so is its fingerprint alone", async () => {
    for (const line of target.hostKeyLines) {
      expect(await connect([line])).toBe("in\n");
      expect(await connect([printOf(line)])).toBe("in\n");
      expect(await connect([`pve1=${printOf(line)}`])).toBe("in\n");
    }
    for (const key of target.publicKeys) expect(await connect([key])).toBe("in\n");
  });

  test("a file of known hosts is taken, hashed by ssh-keygen itself", async () => {
    const file = join(target.folder, "known_hosts");
    writeFileSync(file, `[127.0.0.1]:${target.port} ${target.publicKeys[0]}\n`);
    expect(await connect([], { knownHostsFile: file })).toBe("in\n");
    execFileSync("ssh-keygen", ["-Hf", file], { stdio: "ignore" });
    expect(await connect([], { knownHostsFile: file })).toBe("in\n");
    await expect(connect([], { knownHostsFile: `${file}.none` })).rejects.toMatchObject({
      code: "host-keys-unreadable",
    });
  });

  test("without a pin nothing is sent, and the error says what was seen and what to set", async () => {
    const shown = printOf(target.hostKeyLines[0]!);
    await expect(connect([])).rejects.toMatchObject({
      code: "host-key-unpinned",
      message: expect.stringContaining(shown),
      next: expect.stringContaining(`PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY to pve1=${shown}`),
    });
    await expect(connect([`pve2=${shown}`])).rejects.toMatchObject({ code: "host-key-unpinned" });
  });

  test("another key than the expected one is refused, with both named", async () => {
    const shown = printOf(target.hostKeyLines[0]!);
    for (const pins of [[PRINT], [`256 ${PRINT} root@pve1 (ED25519)`], [`pve1 ${PUBLIC}`]]) {
      await expect(connect(pins)).rejects.toMatchObject({
        code: "host-key-mismatch",
        message: expect.stringMatching(/somebody stands between, or the node was installed anew/),
        data: { fingerprint: shown, expected: [PRINT] },
      });
    }
  });

  test("a revoked key is refused though it is expected", async () => {
    const key = target.publicKeys[0]!;
    await expect(connect([key, `@revoked * ${key}`])).rejects.toMatchObject({ code: "host-key-revoked" });
  });
});
