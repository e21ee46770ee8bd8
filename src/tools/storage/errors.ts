import { ProxmoxMcpError } from "../../errors/index.ts";
import { nearest } from "../../schema/nearest.ts";
import type { Incomplete } from "../arguments.ts";
import { listed } from "../guests/errors.ts";

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

/** No snippet of that name was found where it could be. */
export class UnknownSnippetError extends ProxmoxMcpError {
  constructor(volume: string, files: readonly { volume: string }[], gaps: NonNullable<Incomplete>) {
    const [near] = nearest(
      volume,
      files.map((file) => file.volume),
    );
    const silent = gaps.map(({ node, part, reason }) => `${part} on ${node}: ${reason}`);
    super({
      code: "unknown-snippet",
      message: `There is no ${volume}${silent.length > 0 ? `, as far as could be seen (${listed(silent)})` : ""}. Nothing was sent.`,
      next: near
        ? `Did you mean ${JSON.stringify(near)}?`
        : "proxmox_cloud_init_snippet_list shows the snippets; a token without Datastore.Allocate is shown none.",
      data: { volume, ...(near ? { nearest: near } : {}) },
    });
  }
}

/** VMs name the snippet: without it they do not start. */
export class SnippetInUseError extends ProxmoxMcpError {
  constructor(volume: string, users: readonly { vmid: number; name: string | undefined; part: string }[]) {
    const names = users.map(({ vmid, name, part }) => `${vmid}${name ? ` (${name})` : ""} as ${part}`);
    super({
      code: "snippet-in-use",
      message: `${volume} is used by ${listed(names)}. Nothing was sent.`,
      next: "Change or delete cicustom of those VMs first (proxmox_vm_update_config).",
      data: { volume, names: listed(names) },
    });
  }
}
