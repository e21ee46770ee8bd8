import { createHash } from "node:crypto";
import { nowSeconds } from "../clock.ts";
import { die, parameterRefusal } from "../refusal.ts";
import type { ClusterState } from "../state/cluster.ts";
import { account, activeStorage, directoryOf, enabledStorage } from "../state/storage.ts";
import type { LabStorage, LabVolume } from "../state/types.ts";
import { pathOf, volumeOn } from "../state/volume.ts";
import { extension, ISO_FILE, TEMPLATE_FILE } from "../state/volume-name.ts";
import { type Call, type Route, text } from "./route.ts";
import { startTask } from "./tasks.ts";

type Kind = "iso" | "vztmpl" | "import";

/** A file's name as storages keep it: no folders, nothing unusual (pve-facts 43). */
function tidyName(name: string): string {
  return name
    .replace(/\n$/, "")
    .replace(/^.*[/\\]/s, "")
    .replace(/[^a-zA-Z0-9_.-]/g, "_");
}

/** Refuses a file whose name does not fit what it is said to hold. */
function checkFileName(kind: string, name: string): asserts kind is Kind {
  if (kind === "iso" || kind === "vztmpl") {
    const fits = kind === "iso" ? ISO_FILE : TEMPLATE_FILE;
    if (!fits.test(name) || name.replace(fits, "") === "") throw parameterRefusal({ filename: "wrong file extension" });
  } else if (kind === "import") {
    if (!/^[a-zA-Z0-9_.-]+\.(?:ova|qcow2|raw|vmdk)$/.test(name))
      throw parameterRefusal({ filename: "invalid filename or wrong extension" });
  } else throw parameterRefusal({ content: `upload content type '${kind}' not allowed` });
}

const TEMPLATE_FORMATS: Readonly<Record<string, string>> = { gz: "tgz", xz: "txz", zst: "tzst", bz2: "tbz2" };

function formatOf(kind: Kind, name: string): string {
  if (kind === "iso") return "iso";
  return kind === "vztmpl" ? (TEMPLATE_FORMATS[extension(name)] ?? extension(name)) : extension(name);
}

/** Puts a file into a storage; one of the same name is replaced. */
function addFile(
  state: ClusterState,
  storage: LabStorage,
  node: string,
  kind: Kind,
  name: string,
  size: number,
): LabVolume {
  const volume: LabVolume = {
    volid: `${storage.storage}:${kind}/${name}`,
    storage: storage.storage,
    ...(storage.shared ? {} : { node }),
    content: kind,
    format: formatOf(kind, name),
    size,
    ctime: nowSeconds(),
  };
  const old = volumeOn(state, volume.volid, node);
  state.volumes.set(volume.volid, volume);
  account(storage, node, size - (old?.size ?? 0));
  return volume;
}

function checkSum(call: Call, bytes: Buffer | undefined, seed: string): void {
  const algorithm = text(call, "checksum-algorithm");
  const wanted = text(call, "checksum");
  if (algorithm === undefined || wanted === undefined) return;
  const got = createHash(algorithm)
    .update(bytes ?? seed)
    .digest("hex");
  if (got !== wanted.toLowerCase()) throw new Error(`checksum mismatch: got '${got}' != expect '${wanted}'`);
}

function upload(call: Call): string {
  const { state } = call;
  const node = text(call, "node") ?? "";
  const storage = enabledStorage(state, text(call, "storage") ?? "", node);
  if (directoryOf(storage) === undefined) throw die(`can't upload to storage type '${storage.type}'`);
  const kind = text(call, "content") ?? "";
  const spooled = text(call, "tmpfilename");
  if (spooled === undefined) throw die("missing temporary file name");
  const bytes = state.backups.uploads.get(spooled);
  if (!bytes) throw die(`temporary file '${spooled}' does not exist`);
  const name = tidyName(text(call, "filename") ?? "");
  try {
    checkFileName(kind, name);
    if (!storage.content.includes(kind)) throw die(`storage '${storage.storage}' does not support '${kind}' content`);
  } catch (error) {
    state.backups.uploads.delete(spooled);
    throw error;
  }
  return startTask(call, {
    node,
    type: "imgcopy",
    id: "",
    weight: 0.5,
    work: (task) => {
      state.backups.uploads.delete(spooled);
      const target = pathOf(state, `${storage.storage}:${kind}/${name}`);
      task.log.push(`starting file import from: ${spooled}`);
      checkSum(call, bytes, "");
      task.log.push(`target node: ${node}`, `target file: ${target}`, `file size is: ${bytes.length} B`);
      activeStorage(state, storage.storage, node);
      addFile(state, storage, node, kind, name, bytes.length);
      task.log.push("finished file import successfully");
      return undefined;
    },
  }).data;
}

const MIB = 1_048_576;

/** Why a host cannot be reached, if it cannot: nothing answers on the lab's own addresses. */
function unreachable(state: ClusterState, url: URL): string | undefined {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  if (/^(?:127\.|0\.0\.0\.0$|localhost$|::1$)/.test(host) && !state.datacenter.loopback)
    return `Can't connect to ${host}:${port} (Connection refused)`;
  if (!state.datacenter.internet || /\.(?:invalid|test)$/.test(host))
    return `Can't connect to ${host}:${port} (Name or service not known)`;
  return undefined;
}

/** A size that the same address always has, in bytes. */
function sizeOf(seed: string): number {
  const digest = createHash("sha1").update(seed).digest();
  return 64 * MIB + (digest.readUInt32BE(0) % (1024 * MIB));
}

/** Downloads into a storage; a worker's id carries no unusual character. */
function startDownload(
  call: Call,
  storage: LabStorage,
  kind: Kind,
  name: string,
  source: { url: string; problem?: string | undefined; compression?: string | undefined },
): string {
  const { state } = call;
  const node = text(call, "node") ?? "";
  return startTask(call, {
    node,
    type: "download",
    id: encodeURIComponent(name),
    weight: 2,
    work: (task) => {
      const target = pathOf(state, `${storage.storage}:${kind}/${name}`);
      if (source.compression !== undefined) {
        if (kind !== "iso") throw new Error(`decompression not supported for ${kind}`);
        if (!["gz", "lzo", "zst", "bz2"].includes(source.compression)) throw new Error("no decompression method found");
      }
      task.log.push(`downloading ${source.url} to ${target}`);
      if (volumeOn(state, `${storage.storage}:${kind}/${name}`, node)) {
        if (text(call, "checksum") === undefined) throw new Error(`refusing to override existing file '${target}'`);
        checkSum(call, undefined, source.url);
        task.log.push("OK, got correct file already, no need to re-download");
        return undefined;
      }
      if (source.problem !== undefined)
        throw new Error(
          `download failed: command '/usr/bin/wget --progress=dot:giga -O ${target}.tmp_dwnl ${source.url}' failed: exit code 4`,
        );
      checkSum(call, undefined, source.url);
      addFile(state, storage, node, kind, name, sizeOf(source.url));
      task.log.push(`download of '${source.url}' to '${target}' finished`);
      return undefined;
    },
  }).data;
}

function downloadUrl(call: Call): string {
  const node = text(call, "node") ?? "";
  const storage = enabledStorage(call.state, text(call, "storage") ?? "", node);
  if (directoryOf(storage) === undefined)
    throw die(`can't upload to storage type '${storage.type}', not a file based storage!`);
  const kind = text(call, "content") ?? "";
  if (!storage.content.includes(kind))
    throw die(`storage '${storage.storage}' is not configured for content-type '${kind}'`);
  const name = tidyName(text(call, "filename") ?? "");
  checkFileName(kind, name);
  activeStorage(call.state, storage.storage, node);
  const url = text(call, "url") ?? "";
  return startDownload(call, storage, kind, name, {
    url,
    problem: URL.canParse(url) ? unreachable(call.state, new URL(url)) : "bad address",
    compression: text(call, "compression"),
  });
}

function pullImage(call: Call): string {
  const node = text(call, "node") ?? "";
  const storage = enabledStorage(call.state, text(call, "storage") ?? "", node);
  if (directoryOf(storage) === undefined)
    throw die(`can't upload to storage type '${storage.type}', not a file based storage!`);
  if (!storage.content.includes("vztmpl"))
    throw die(`storage '${storage.storage}' is not configured for content-type 'vztmpl'`);
  const reference = text(call, "reference") ?? "";
  const [path = "", tag = "latest"] = reference.replace(/^.*\//, "").split(":");
  const given = tidyName(text(call, "filename") ?? `${path}_${tag}`);
  const name = given.endsWith(".tar") ? given : `${given}.tar`;
  if (volumeOn(call.state, `${storage.storage}:vztmpl/${name}`, node))
    throw die(`refusing to override existing file '${name}'`);
  return startDownload(call, storage, "vztmpl", name, { url: `docker://${reference}` });
}

const base = "/nodes/{node}/storage/{storage}";
const template = { path: "/storage/{storage}", any: ["Datastore.AllocateTemplate"] };

/** Files on their way into storages. */
export const transferRoutes: readonly Route[] = [
  { id: `POST ${base}/upload`, permission: template, run: (call) => ({ data: upload(call) }) },
  { id: `POST ${base}/download-url`, permission: template, run: (call) => ({ data: downloadUrl(call) }) },
  { id: `POST ${base}/oci-registry-pull`, permission: template, run: (call) => ({ data: pullImage(call) }) },
];
