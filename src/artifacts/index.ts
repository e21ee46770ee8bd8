import { join } from "node:path";
import type { ArtifactStore } from "./store.ts";

/** Bulk that a tool puts aside instead of answering with it. */
export interface ArtifactInput {
  /** File name for a reader, e.g. `task.log`. */
  name: string;
  mimeType: string;
  /**
   * A text is cleaned of invisible characters, and an object becomes JSON; bytes are kept exactly. Known secrets are
   * masked in all of them.
   */
  data: string | Uint8Array | object;
  /** Cluster that it comes from, where it is one. */
  cluster?: string;
}

/** What an answer says of an artifact. */
export interface ArtifactReference {
  uri: string;
  mimeType: string;
  /** Bytes. */
  size: number;
  sha256: string;
  hint: string;
}

/** One kept artifact, as it is listed. */
export interface ArtifactEntry {
  id: string;
  name: string;
  mimeType: string;
  /** Bytes. */
  size: number;
  sha256: string;
  cluster?: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** An artifact's content: text where it was put as text or JSON, else bytes. */
export type ArtifactContent = ArtifactEntry & ({ text: string } | { bytes: Buffer });

export interface ArtifactLimits {
  /**
   * Bytes of one principal's artifacts together; its oldest make room for a new one. All principals together may have
   * `SHARES` times as much, beyond which room is made by whoever has the most.
   */
  maxBytes: number;
  /** Milliseconds that one is kept. */
  keepMs: number;
}

/** Where bulk waits to be read; each artifact belongs to the principal that it was made for. */
export interface Artifacts {
  /** Throws when it is larger than all may be together, or cannot be written. */
  put(principal: string, input: ArtifactInput): Promise<ArtifactReference>;
  /** What this principal may read, newest first. */
  list(principal: string): Promise<readonly ArtifactEntry[]>;
  /** Nothing when there is no such artifact, or it is not this principal's. */
  read(principal: string, id: string): Promise<ArtifactContent | undefined>;
  /** Removes what an earlier process left behind; does nothing when there is none. */
  tidy(): Promise<void>;
  /** Removes all of this process's artifacts. */
  close(): void;
}

/** How many principals may have their full share at a time. */
export const SHARES = 16;

const SCHEME = "proxmox://artifacts/";

/** The address of an artifact. */
export function artifactUri(id: string): string {
  return SCHEME + id;
}

/** Artifacts in a private directory below the state directory; nothing is loaded or made before the first one. */
export function createArtifacts(stateDirectory: string, limits: ArtifactLimits): Artifacts {
  const directory = join(stateDirectory, "artifacts");
  let opened: Promise<ArtifactStore> | undefined;
  let store: ArtifactStore | undefined;
  let closed = false;
  const open = (): Promise<ArtifactStore> => {
    opened ??= import("./store.ts").then(({ openStore }) => {
      store = openStore(directory, limits);
      if (closed) store.close();
      return store;
    });
    return opened;
  };
  return {
    put: async (principal, input) => (await open()).put(principal, input),
    list: async (principal) => (opened ? (await opened).list(principal) : []),
    read: async (principal, id) => (opened ? (await opened).read(principal, id) : undefined),
    async tidy() {
      const { existsSync } = await import("node:fs");
      if (!existsSync(directory)) return;
      const { sweep } = await import("./folder.ts");
      sweep(directory);
    },
    close() {
      closed = true;
      store?.close();
    },
  };
}
