import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readSettings } from "../../scripts/live/site.ts";
import { loadConfig } from "../../src/config/index.ts";
import { putCommand, sshdMissing, startSshd } from "../ssh/support/sshd.ts";

const SCRIPTS = join(import.meta.dirname, "..", "..", "scripts", "outer-lab");
const scripts = readdirSync(SCRIPTS).filter((name) => name.endsWith(".sh"));
const hasBash = spawnSync("bash", ["-c", "true"]).status === 0;

test.skipIf(!hasBash).each(scripts)("%s is a script that bash understands, and can be run", (name) => {
  const path = join(SCRIPTS, name);
  const { status, stderr } = spawnSync("bash", ["-n", path], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  expect(readFileSync(path, "utf8")).toMatch(/^#!\/usr\/bin\/env bash\n# [\s\S]*\nset -euo pipefail\n/);
  expect(statSync(path).mode & 0o111).not.toBe(0);
});

test("the answers leave nothing open that is not filled in", () => {
  const open = (text: string) => new Set(text.match(/@[A-Z_]+@/g));
  expect(open(readFileSync(join(SCRIPTS, "answer.toml"), "utf8"))).toEqual(
    open(readFileSync(join(SCRIPTS, "iso.sh"), "utf8")),
  );
});

test("every bracket of the PowerShell script is closed", () => {
  const text = readFileSync(join(SCRIPTS, "hyper-v.ps1"), "utf8").replace(/<#[\s\S]*?#>|#.*|'[^']*'|"[^"]*"/g, "");
  const closes: Record<string, string> = { ")": "(", "]": "[", "}": "{" };
  const open: string[] = [];
  for (const sign of text.match(/[()[\]{}]/g) ?? []) {
    if (closes[sign] === undefined) open.push(sign);
    else expect(open.pop()).toBe(closes[sign]);
  }
  expect(open).toEqual([]);
});

const reason = sshdMissing() ?? (userInfo().username === "root" ? undefined : "the node is logged in to as root");

test.skipIf(reason !== undefined || !hasBash)(
  "what a new node gives becomes an environment that the server takes",
  async () => {
    const node = await startSshd();
    const folder = mkdtempSync(join(tmpdir(), "outer-lab-"));
    try {
      const token = "11111111-2222-4333-8444-555555555555";
      // What prepares the node is not carried out here.
      putCommand(node, "bash", `[ "$1" = -s ] || exit 0; cat >'${join(folder, "sent")}'; echo ${token}`);
      putCommand(node, "openssl", `echo 'sha256 Fingerprint=${"AB:".repeat(31)}CD'`);
      putCommand(node, "hostname", "echo pve");
      writeFileSync(join(folder, "id_ed25519"), node.privateKey, { mode: 0o600 });
      execFileSync("bash", [join(SCRIPTS, "environment.sh"), folder, "127.0.0.1", String(node.port), "18006"], {
        encoding: "utf8",
      });
      expect(readFileSync(join(folder, "sent"), "utf8")).toBe(readFileSync(join(SCRIPTS, "prepare.sh"), "utf8"));
      const shown = execFileSync("bash", ["-c", `. '${join(folder, "env")}' && env -0`], { encoding: "utf8" });
      const env = Object.fromEntries(
        shown.split("\0").map((line) => [line.split("=")[0]!, line.slice(line.indexOf("=") + 1)]),
      );
      const own = Object.fromEntries(Object.entries(env).filter(([name]) => /^(PROXMOX|ENABLE)_/.test(name)));
      expect(own.ENABLE_LIVE_PROXMOX_TESTS).toBe("1");
      expect(readSettings(own)).toMatchObject({ template: 9000, storage: "local-lvm", nodeCommands: true });
      const config = await loadConfig(own);
      expect(config.clusters[0]).toMatchObject({
        endpoints: ["https://127.0.0.1:18006"],
        token: { id: "live", secret: token },
      });
      expect(JSON.stringify(config)).toContain(/SHA256:\S+/.exec(node.hostKeyLines[0]!)![0]);
      for (const name of ["env", "token"]) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    } finally {
      await node.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
