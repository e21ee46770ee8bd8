import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Check, Findings } from "../../src/doctor/check.ts";
import { checkConsole } from "../../src/doctor/console.ts";
import { startLab } from "../../src/lab/index.ts";
import { runDoctor } from "../../src/doctor/doctor.ts";
import { labEnvironment } from "../support/session.ts";

test.each([
  ["9.0.11", "root", "warn", /no consoles for API tokens/, /PROXMOX_SHELL_SSH_/],
  ["8.4.1", undefined, "warn", /no consoles for API tokens/, /PROXMOX_SHELL_SSH_/],
  ["9.1.0", undefined, "warn", /ask for a login/, /PROXMOX_SHELL_CONSOLE_PASSWORD/],
  ["10.0.1", "ops", "ok", /login ops/, undefined],
  [undefined, "root", "ok", /login root/, undefined],
] as const)("%s with the login %s: %s", (version, user, status, message, next) => {
  const findings = new Findings("default");
  checkConsole(version, user, findings);
  expect(findings.checks).toHaveLength(1);
  const [check] = findings.checks;
  expect(check).toMatchObject({ check: "console", status, message: expect.stringMatching(message) });
  if (next) expect(check!.next).toMatch(next);
  else expect(check!.next).toBeUndefined();
});

test("the doctor looks at it where commands may run and there is no SSH, and says no password", async () => {
  const home = mkdtempSync(join(tmpdir(), "doctor-console-"));
  const lab = await startLab({ seed: "small", authDelayMs: 0 });
  const examine = async (env: Record<string, string>) => {
    let text = "";
    const all = { XDG_STATE_HOME: home, ...labEnvironment(lab), ...env };
    await runDoctor({ env: all, version: "0", json: true }, { write: (part) => (text += part) });
    const { checks } = JSON.parse(text) as { checks: Check[] };
    return { text, console: checks.filter(({ check }) => check === "console") };
  };
  try {
    expect((await examine({})).console).toEqual([]);
    expect((await examine({ PROXMOX_MCP_ACCESS: "escape" })).console).toMatchObject([{ status: "warn" }]);
    const login = { PROXMOX_MCP_ACCESS: "escape", PROXMOX_SHELL_CONSOLE_PASSWORD: lab.rootPassword };
    const known = await examine(login);
    expect(known.console).toMatchObject([{ status: "ok", data: { user: "root" } }]);
    expect(known.text).not.toContain(lab.rootPassword);
  } finally {
    await lab.close();
    rmSync(home, { recursive: true, force: true });
  }
});
