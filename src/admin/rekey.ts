import { randomBytes } from "node:crypto";
import { open, rm } from "node:fs/promises";
import { keepSecret } from "../access/index.ts";
import type { Config } from "../config/index.ts";
import { key as parseKey } from "../config/parsers.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import { openSecretStore, rekeySecretFile } from "../secrets/index.ts";
import type { Report } from "./report.ts";

export interface RekeyOptions {
  config: Config;
  /** A new file, into which a new key is written. */
  generate?: string | undefined;
  /** Text of the new key, as it came in. */
  key?: string | undefined;
  /** Leaves the file without a key. */
  plain: boolean;
}

/** Encrypts the file of secrets with another key. Resolves to the exit code. */
export async function rekey({ config, generate, key, plain }: RekeyOptions, report: Report): Promise<number> {
  const { secrets } = config;
  const fail = (message: string, next: string): never => {
    throw new ProxmoxMcpError({ code: "invalid-argument", message, next });
  };
  if (secrets.backend !== "file") {
    return fail(`The backend is ${secrets.backend}, which has no key of ours.`, "Use --secret-backend file.");
  }
  if ([generate !== undefined, key !== undefined, plain].filter(Boolean).length !== 1) {
    fail("One new key is needed.", "Give --generate PATH, --new-key-stdin, or --plain.");
  }
  // A file that cannot be read with the old key is never written.
  await (await openSecretStore(config)).list();
  let next: Buffer | undefined;
  if (generate !== undefined) next = await newKeyFile(generate);
  else if (key !== undefined) {
    try {
      next = parseKey(key);
    } catch {
      fail(
        "What came in is no key.",
        "A key is 32 bytes as base64 or as 64 hexadecimal digits: openssl rand -base64 32.",
      );
    }
  }
  if (next) for (const text of [next.toString("base64"), next.toString("hex")]) keepSecret(text);
  try {
    await rekeySecretFile(secrets, next);
  } catch (error) {
    if (generate !== undefined) await rm(generate, { force: true });
    throw error;
  }
  report.line(`${secrets.path} is ${next ? "encrypted with the new key" : "no longer encrypted"}.`);
  if (generate !== undefined) {
    report.line(
      `The key is in ${generate}. Move it to where PROXMOX_MCP_SECRET_FILE_KEY_FILE points, and send the server SIGHUP;`,
    );
    report.line("or let the variable point to it, and start the server anew.");
  } else
    report.line(
      "Give the server the new PROXMOX_MCP_SECRET_FILE_KEY, and start it anew; until then it cannot read the file.",
    );
  report.object({
    ok: true,
    path: secrets.path,
    encrypted: next !== undefined,
    ...(generate ? { keyFile: generate } : {}),
  });
  return 0;
}

async function newKeyFile(path: string): Promise<Buffer> {
  const bytes = randomBytes(32);
  try {
    const file = await open(path, "wx", 0o600);
    try {
      await file.writeFile(`${bytes.toString("base64")}\n`);
      // Without it the file of secrets is lost.
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new ProxmoxMcpError({
      code: "key-file",
      message: `${path} cannot be written (${(error as NodeJS.ErrnoException).code}). Nothing was changed.`,
      next: "Name a new file; one that is there is never written over.",
    });
  }
  return bytes;
}
