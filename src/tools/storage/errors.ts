import { ProxmoxMcpError } from "../../errors/index.ts";
import { nearest } from "../../schema/nearest.ts";

/** No storage of that name is defined, or visible. */
export class UnknownStorageError extends ProxmoxMcpError {
  constructor(given: string, known: readonly string[]) {
    const [near] = nearest(given, known);
    super({
      code: "unknown-storage",
      message: `No storage ${JSON.stringify(given)} is visible to this token.`,
      next: near ? `Did you mean ${JSON.stringify(near)}?` : `Known storages: ${known.join(", ") || "none"}.`,
      data: { storage: given, known },
    });
  }
}

/** The storage is there and does not fit what is wanted of it. */
export class UnfitStorageError extends ProxmoxMcpError {
  constructor(storage: string, fault: string, fitting: readonly string[]) {
    super({
      code: "unfit-storage",
      message: `Storage ${storage} ${fault}. Nothing was sent.`,
      next: fitting.length > 0 ? `These fit: ${fitting.join(", ")}.` : "No storage that this token can see fits.",
      data: { storage, fitting },
    });
  }
}

/** A file of that name is there already, and would not be overwritten. */
export class FileExistsError extends ProxmoxMcpError {
  constructor(volume: string) {
    super({
      code: "already-exists",
      message: `${volume} exists already. Nothing was sent.`,
      next: "Use it, set another filename, or give checksum and checksumAlgorithm to have it compared.",
      data: { volume },
    });
  }
}
