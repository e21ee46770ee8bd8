import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import type { SshNode } from "../../../src/lab/ssh/server.ts";
import { openSftp, run } from "./client.ts";

let lab: Lab;
let web: SshNode;
let windows: SshNode;
beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 20, ssh: true });
  Object.assign(lab.state.guests.get(102)!, { running: true });
  Object.assign(lab.state.guests.get(102)!.config, { ostype: "win11" });
  web = await lab.ssh!.guest(100);
  windows = await lab.ssh!.guest(102);
});
afterAll(() => lab?.close());

const into = ({ host, port }: SshNode, username: string) => ({ host, port, username });
const encoded = (script: string) =>
  `powershell -NoProfile -EncodedCommand ${Buffer.from(script, "utf16le").toString("base64")}`;

describe("guests of the lab over SSH of their own", () => {
  test.each([
    ["hostname", "", { code: 0, out: "web01\n" }],
    ["cat; exit 3", "in", { code: 3, out: "in" }],
    ["sudo -n -- timeout -k 2 61.5 sh -c 'echo $1' sh x", "", { code: 0, out: "x\n" }],
    ["nosuch", "", { code: 127 }],
  ])("%s", async (command, stdin, ends) => {
    expect(await run(lab, command, { ...into(web, "debian"), stdin })).toMatchObject(ends);
  });

  test("a guest has files of its own, the ones that its agent sees", async () => {
    const { sftp, end } = await openSftp(lab, into(web, "root"));
    const names = await new Promise<string[]>((resolve, reject) =>
      sftp.readdir("/etc", (error, list) => (error ? reject(error) : resolve(list.map(({ filename }) => filename)))),
    );
    expect(names).toContain("motd");
    end();
  });

  test("what is looked for by its line is ended", async () => {
    const long = run(lab, "timeout -k 2 600.123456 sleep 500", into(web, "root"));
    await expect.poll(() => lab.ssh!.commands.some(({ command }) => command.includes("600.123456"))).toBe(true);
    // Once it is there to be found.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await run(lab, `/bin/sh -c 'exec pkill -TERM -f '\\''^timeout -k 2 600.123456'\\'''`, into(web, "root"));
    expect(await long).toMatchObject({ code: 124 });
  });

  test("Windows has cmd.exe, and PowerShell behind it", async () => {
    const on = (command: string, stdin = "") => run(lab, command, { ...into(windows, "Administrator"), stdin });
    expect(await on("echo %OS%")).toMatchObject({ code: 0, out: "Windows_NT\r\n" });
    expect(await on(encoded("$input\ncmd /c exit 9"), "ü")).toMatchObject({ code: 9, out: "ü" });
    expect(await on("ls")).toMatchObject({ code: 1, err: expect.stringContaining("not recognized") });
    expect(await on("x".repeat(9000))).toMatchObject({ code: 1, err: "The command line is too long.\r\n" });
  });

  test("only its own users and keys are let in, and only while it runs", async () => {
    await expect(run(lab, "id", into(web, "mallory"))).rejects.toThrow();
    await expect(run(lab, "id", into(windows, "root"))).rejects.toThrow();
    const dns = await lab.ssh!.guest(103);
    lab.state.guests.get(103)!.running = false;
    await expect(run(lab, "id", into(dns, "root"))).rejects.toThrow();
  });
});
