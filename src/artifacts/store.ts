import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cleanText, cleanValue, maskSecretBytes, maskSecrets } from "../access/index.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import { makeFolder, removeFolder } from "./folder.ts";
import {
  type ArtifactContent,
  type ArtifactEntry,
  type ArtifactInput,
  type ArtifactLimits,
  type ArtifactReference,
  artifactUri,
  SHARES,
} from "./index.ts";

/** What was put aside is larger than one message, or all artifacts of its caller together, may be. */
class ArtifactTooLargeError extends ProxmoxMcpError {
  constructor(size: number, limit: string, next: string) {
    super({
      code: "artifact-too-large",
      message: `It has ${size} bytes, and ${limit}.`,
      next,
      data: { size },
    });
  }
}

/** Bytes of one message; clients that read lines stop at 10 MB. */
const MESSAGE = 8 * 2 ** 20;

/** It could not be written to the state directory. */
class ArtifactNotKeptError extends ProxmoxMcpError {
  constructor(directory: string, cause: unknown) {
    const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
    super({
      code: "artifact-not-kept",
      message: `It could not be kept in ${directory} (${reason}).`,
      next: "Ask for less at a time; the operator makes that directory writable, or gives another by XDG_STATE_HOME.",
      data: { directory, reason },
      cause,
    });
  }
}

interface Kept extends ArtifactEntry {
  principal: string;
  path: string;
  isText: boolean;
}

export interface ArtifactStore {
  put(principal: string, input: ArtifactInput): ArtifactReference;
  list(principal: string): readonly ArtifactEntry[];
  read(principal: string, id: string): Promise<ArtifactContent | undefined>;
  close(): void;
}

/** Files of one process in a folder of its own, mode 0700; what is known of them is in memory and ends with it. */
export function openStore(
  directory: string,
  { maxBytes, keepMs }: ArtifactLimits,
  now: () => number = Date.now,
): ArtifactStore {
  const kept = new Map<string, Kept>();
  let folder: string | undefined;
  const totals = new Map<string, number>();
  let timer: NodeJS.Timeout | undefined;

  const count = (principal: string, bytes: number): void => {
    const total = (totals.get(principal) ?? 0) + bytes;
    if (total > 0) totals.set(principal, total);
    else totals.delete(principal);
  };
  const remove = (one: Kept): void => {
    kept.delete(one.id);
    count(one.principal, -one.size);
    rmSync(one.path, { force: true });
  };
  const expire = (): void => {
    // Kept in the order in which they were put, which is that of their end.
    for (const one of kept.values()) if (one.expiresAt <= now()) remove(one);
    clearTimeout(timer);
    const [oldest] = kept.values();
    if (oldest) timer = setTimeout(expire, Math.max(oldest.expiresAt - now(), 1000)).unref();
  };
  const close = (): void => {
    clearTimeout(timer);
    process.off("exit", close);
    kept.clear();
    totals.clear();
    if (folder !== undefined) removeFolder(folder);
    folder = undefined;
  };

  /** Nobody's artifacts go because of what another one puts, unless he has more than anybody. */
  const makeRoom = (principal: string, bytes: number): void => {
    const sum = (): number => [...totals.values()].reduce((all, one) => all + one, 0);
    const isFull = (): string | undefined => {
      if ((totals.get(principal) ?? 0) + bytes > maxBytes) return principal;
      if (sum() + bytes <= maxBytes * SHARES) return undefined;
      return [...totals].sort(([, a], [, b]) => b - a)[0]?.[0];
    };
    for (let whose = isFull(); whose !== undefined; whose = isFull()) {
      const oldest = [...kept.values()].find((one) => one.principal === whose);
      if (!oldest) return;
      remove(oldest);
    }
  };

  const check = (bytes: Buffer, isText: boolean): void => {
    const sent = isText ? Buffer.byteLength(JSON.stringify(bytes.toString("utf8"))) : (bytes.length / 3) * 4;
    if (sent > MESSAGE) {
      throw new ArtifactTooLargeError(bytes.length, `one message may have ${MESSAGE}`, "Ask for less at a time.");
    }
    if (bytes.length > maxBytes) {
      throw new ArtifactTooLargeError(
        bytes.length,
        `all artifacts of a caller together may have ${maxBytes}`,
        "Ask for less at a time, or the operator raises PROXMOX_MCP_ARTIFACT_MIB.",
      );
    }
  };
  const write = (id: string, bytes: Buffer): string => {
    try {
      if (folder === undefined) {
        folder = makeFolder(directory);
        process.once("exit", close);
      }
      // It may have been swept by a server that took this process for gone.
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, id);
      writeFileSync(path, bytes, { mode: 0o600, flag: "wx" });
      return path;
    } catch (error) {
      throw new ArtifactNotKeptError(directory, error);
    }
  };

  return {
    put(principal, { name, mimeType, data, cluster }) {
      const bytes = bytesOf(data);
      const isText = !(data instanceof Uint8Array);
      check(bytes, isText);
      expire();
      makeRoom(principal, bytes.length);
      const id = randomBytes(12).toString("base64url");
      const path = write(id, bytes);
      const one: Kept = {
        id,
        name,
        mimeType,
        size: bytes.length,
        sha256: createHash("sha256").update(bytes).digest("hex"),
        ...(cluster === undefined ? {} : { cluster }),
        expiresAt: now() + keepMs,
        principal,
        path,
        isText,
      };
      kept.set(id, one);
      count(principal, one.size);
      expire();
      return {
        uri: artifactUri(id),
        mimeType,
        size: one.size,
        sha256: one.sha256,
        hint: `kept for ${Math.round(keepMs / 60_000)} minutes`,
      };
    },
    list(principal) {
      expire();
      return [...kept.values()]
        .filter((one) => one.principal === principal)
        .reverse()
        .map(entryOf);
    },
    async read(principal, id) {
      expire();
      const one = kept.get(id);
      if (one?.principal !== principal) return undefined;
      const bytes = await readFile(one.path).catch(() => undefined);
      if (bytes === undefined) return undefined;
      return one.isText ? { ...entryOf(one), text: bytes.toString("utf8") } : { ...entryOf(one), bytes };
    },
    close,
  };
}

function bytesOf(data: ArtifactInput["data"]): Buffer {
  if (data instanceof Uint8Array) return maskSecretBytes(data);
  if (typeof data === "string") return Buffer.from(maskSecrets(cleanText(data)));
  return Buffer.from(JSON.stringify(maskSecrets(cleanValue(data))));
}

function entryOf({ principal: _, path: __, isText: ___, ...entry }: Kept): ArtifactEntry {
  return entry;
}
