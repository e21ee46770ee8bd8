import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assembleArgv } from "../../src/tools/agent/assemble-script.ts";

/** The script in real shells, where there are any. */
const shells = [["/bin/sh"], ["/bin/bash"], ["/bin/busybox", "sh"], ["/usr/bin/busybox", "sh"]].filter(
  ([program]) => process.platform === "linux" && existsSync(program!),
);

let folder: string;
const at = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "assemble it's-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const mode = (name: string) => (statSync(at(name)).mode & 0o7777).toString(8);

describe.each(shells)("the script in %s %s", (program, ...more) => {
  const run = (
    name: string,
    bytes: Uint8Array,
    options: { parts?: string[]; input?: string; sum?: string; mode?: string; owner?: string } = {},
  ) => {
    const file = { suffix: ".x1.tmp", sha256: options.sum ?? sha256(bytes), mode: options.mode, owner: options.owner };
    const [, ...args] = assembleArgv(at(name), file, options.parts?.map(at) ?? []);
    const input = options.input ?? (options.parts ? undefined : Buffer.from(bytes).toString("base64"));
    const { status, stderr } = spawnSync(program!, [...more.filter((one) => one !== undefined), ...args], {
      input,
      encoding: "utf8",
    });
    return { status, stderr };
  };
  const BYTES = Buffer.from([0, 1, 255, 10, 13, 0, ...Buffer.from("grüße €\n")]);

  test.each([
    ["bytes", BYTES],
    ["nothing", Buffer.alloc(0)],
    ["a lot", Buffer.alloc(300_000, BYTES)],
  ])("writes %s into a new file of mode 644", (_, bytes) => {
    expect(run("new file", bytes)).toEqual({ status: 0, stderr: "" });
    expect(readFileSync(at("new file")).equals(bytes)).toBe(true);
    expect(mode("new file")).toBe("644");
    expect(readdirSync(folder)).toEqual(["new file"]);
  });

  test("puts parts together in their order and takes them away", () => {
    const pieces = ["b", "a", "c"].map((text) => Buffer.from(text.repeat(50_000)));
    const parts = pieces.map((piece, index) => {
      writeFileSync(at(`part ${index}`), piece);
      return `part ${index}`;
    });
    expect(run("whole", Buffer.concat(pieces), { parts })).toEqual({ status: 0, stderr: "" });
    expect(readFileSync(at("whole")).equals(Buffer.concat(pieces))).toBe(true);
    expect(readdirSync(folder)).toEqual(["whole"]);
  });

  test.each(["600", "755", "2640"])("keeps mode %s of a file that is there", (bits) => {
    writeFileSync(at("old"), "old");
    chmodSync(at("old"), Number.parseInt(bits, 8));
    expect(run("old", BYTES).status).toBe(0);
    expect([mode("old"), readFileSync(at("old")).equals(BYTES)]).toEqual([bits, true]);
  });

  test("sets mode and owner", () => {
    const owner = `${process.getuid!()}:${process.getgid!()}`;
    expect(run("new", BYTES, { mode: "0640", owner }).status).toBe(0);
    expect(mode("new")).toBe("640");
  });

  test("writes where a link leads, and leaves the link", () => {
    mkdirSync(at("there"));
    writeFileSync(at("there/real"), "old");
    symlinkSync("there/real", at("link"));
    expect(run("link", BYTES).status).toBe(0);
    expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
    expect(readFileSync(at("there/real")).equals(BYTES)).toBe(true);
    expect([readdirSync(folder), readdirSync(at("there"))]).toEqual([["link", "there"], ["real"]]);
  });

  test.each<[string, Parameters<typeof run>[2], RegExp]>([
    ["another sum", { sum: "0".repeat(64) }, /arrived damaged/],
    ["input that is no base64", { input: "%%%" }, /base64/],
    ["a part that is missing", { parts: ["part a", "none"] }, /none/],
    ["an owner that there is not", { owner: "no-such-user:x" }, /no-such-user/],
    ["a mode that is none", { mode: "9" }, /9/],
  ])("changes nothing and leaves nothing with %s", (_, options, says) => {
    writeFileSync(at("old"), "old");
    writeFileSync(at("part a"), "a");
    const before = options?.parts ? ["old"] : ["old", "part a"];
    const { status, stderr } = run("old", BYTES, options);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(says);
    expect(readFileSync(at("old"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(before);
  });

  test("refuses a directory", () => {
    mkdirSync(at("dir"));
    expect(run("dir", BYTES)).toEqual({ status: 1, stderr: expect.stringMatching(/dir is not a regular file/) });
    expect(readdirSync(at("dir"))).toEqual([]);
  });

  test("makes no directory", () => {
    expect(run("none/file", BYTES).status).not.toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test("there is a shell to try the script in", () => {
  if (process.platform === "linux") expect(shells.length).toBeGreaterThan(0);
});
