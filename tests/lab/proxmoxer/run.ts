import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Lab } from "../../../src/lab/index.ts";

const PYTHON = "/usr/bin/python3";
const SCRIPT = fileURLToPath(new URL("drive.py", import.meta.url));

/** What one step of the script came to. */
export interface Step {
  step: string;
  ok: boolean;
  error?: string;
}

/** Why proxmoxer cannot be used here; nothing when it can. */
export function missingClient(): string | undefined {
  const { status, error } = spawnSync(PYTHON, ["-c", "import proxmoxer, requests"]);
  if (error) return `${PYTHON} is not there`;
  return status === 0 ? undefined : "proxmoxer is not installed (Debian: python3-proxmoxer)";
}

/** Names of the script's steps, in their order. */
export function stepNames(): string[] {
  return [...readFileSync(SCRIPT, "utf8").matchAll(/^@step\ndef (\w+)\(/gm)].map((match) =>
    match[1]!.replaceAll("_", " "),
  );
}

/** Drives a lab with proxmoxer. */
export async function drive(lab: Lab): Promise<Step[]> {
  const folder = mkdtempSync(join(tmpdir(), "lab-proxmoxer-"));
  const certificate = join(folder, "lab.pem");
  writeFileSync(certificate, lab.certificate);
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(PYTHON, [SCRIPT], {
        env: {
          PATH: process.env.PATH,
          // Nothing stands between this machine and itself.
          NO_PROXY: "*",
          LAB_HOST: lab.host,
          LAB_PORT: String(lab.port),
          LAB_CERTIFICATE: certificate,
          LAB_USER: `${lab.token.user}@${lab.token.realm}`,
          LAB_TOKEN_NAME: lab.token.id,
          LAB_TOKEN_VALUE: lab.token.secret,
          LAB_POWERLESS_USER: `${lab.powerless.user}@${lab.powerless.realm}`,
          LAB_POWERLESS_NAME: lab.powerless.id,
          LAB_POWERLESS_VALUE: lab.powerless.secret,
        },
      });
      let output = "";
      let complaints = "";
      child.stdout.on("data", (chunk: Buffer) => {
        output += chunk.toString("utf8");
      });
      child.stderr.on("data", (chunk: Buffer) => {
        complaints += chunk.toString("utf8");
      });
      child.once("error", reject);
      child.once("close", (code) => {
        if (code !== 0) reject(new Error(`the script ended with ${code}: ${complaints}`));
        else
          resolve(
            output
              .split("\n")
              .filter((line) => line !== "")
              .map((line) => JSON.parse(line) as Step),
          );
      });
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
