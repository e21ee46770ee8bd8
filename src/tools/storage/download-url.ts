import * as z from "zod";
import { getNodesQueryUrlMetadata } from "../../../generated/clients/nodes-query-url-metadata.ts";
import { getNodesStorageContent, postNodesStorageDownloadUrl } from "../../../generated/clients/nodes-storage.ts";
import { ProxmoxMcpError } from "../../errors/index.ts";
import type { ResourceSnapshot } from "../../pve/cluster.ts";
import type { Send } from "../../schema/operation.ts";
import { cluster, type Listed, node } from "../arguments.ts";
import { change, changeArguments, changeOutput } from "../change.ts";
import type { ToolContext } from "../context.ts";
import { defineTool } from "../contract.ts";
import { ArgumentError } from "../errors.ts";
import { reasonOf } from "../gather.ts";
import { resolveNode } from "../inventory/resolve-node.ts";
import { chooseStorage } from "./choose.ts";
import { downloadName } from "./download-name.ts";
import { FileExistsError, UnfitStorageError } from "./errors.ts";
import type { StoragePlace } from "./places.ts";

const input = z.strictObject({
  cluster,
  url: z
    .url({ protocol: /^https?$/, error: "must be an http or https address" })
    .meta({ listed: { type: "string" } } satisfies Listed),
  content: z.enum(["iso", "vztmpl", "import"]).describe("import: qcow2, raw, vmdk, ova"),
  storage: z.string().optional(),
  node: node.optional(),
  filename: z.string().optional(),
  checksum: z.string().optional().describe("With checksumAlgorithm"),
  checksumAlgorithm: z.enum(["md5", "sha1", "sha224", "sha256", "sha384", "sha512"]).optional(),
  compression: z.enum(["gz", "lzo", "zst", "bz2"]).optional(),
  verifyCertificates: z.boolean().optional(),
  ...changeArguments,
});

export default defineTool({
  name: "proxmox_storage_download_url",
  title: "Download a file to a storage",
  description: "Download an ISO, container template or disk image from a URL to a storage. Never overwrites a file.",
  toolset: "storage",
  class: "mutate",
  idempotent: false,
  input,
  output: z.object({
    cluster: z.string(),
    node: z.string(),
    volume: z.string().describe("Volume id of the file"),
    size: z.int().optional().describe("Bytes, as the web server says"),
    ...changeOutput,
  }),
  async run(context, given) {
    if ((given.checksum === undefined) !== (given.checksumAlgorithm === undefined)) {
      const lacks = given.checksum === undefined ? "checksum" : "checksumAlgorithm";
      throw new ArgumentError(lacks, "is missing: the two come together", "Give both, or neither.");
    }
    const { on, place, node: at } = await choosePlace(context, given);
    const storage = place.storage;
    const warnings: string[] = [];
    const metadata = await metadataOf(on.send, at, given, warnings);
    const { name, compression, notes } = downloadName(given.content, {
      filename: given.filename,
      offered: metadata?.filename ?? lastSegment(given.url),
      compression: given.compression,
    });
    warnings.push(...notes);
    const volume = `${storage}:${given.content}/${name}`;
    if (await exists(on.send, at, storage, given.content, volume, warnings)) {
      if (given.checksum === undefined) throw new FileExistsError(volume);
      warnings.push(`${volume} exists: it is compared with the checksum, and not downloaded again.`);
    }
    const free = place.nodes.get(at)?.free;
    const size = metadata?.size;
    if (size !== undefined && free !== undefined && size > free) {
      throw new UnfitStorageError(storage, `has ${free} bytes free on ${at}, and the file has ${size}`, []);
    }
    if (given.verifyCertificates === false) warnings.push("The web server's certificate is not verified.");
    const request = (send: Send) =>
      postNodesStorageDownloadUrl(send, {
        node: at,
        storage,
        content: given.content,
        filename: name,
        url: given.url,
        ...(given.checksum === undefined
          ? {}
          : { checksum: given.checksum, "checksum-algorithm": given.checksumAlgorithm! }),
        ...(compression === undefined ? {} : { compression }),
        ...(given.verifyCertificates === false ? { "verify-certificates": false } : {}),
      });
    const { data, failed } = await change(context, on, request, given, { warnings });
    on.cluster.resources.invalidate();
    return {
      data: { cluster: on.name, node: at, volume, ...(size === undefined ? {} : { size }), ...data },
      ...(failed ? { failed } : {}),
    };
  },
});

/** The storage, and the node that is to download: the one named, the configured one, or any that reaches a shared one. */
async function choosePlace(
  context: ToolContext,
  given: z.output<typeof input>,
): Promise<{ on: ReturnType<ToolContext["cluster"]>; place: StoragePlace; node: string }> {
  const on = context.cluster(given.cluster);
  const snapshot: ResourceSnapshot = await on.cluster.resources.get(on.caller, { signal: context.signal });
  const wanted = given.node ?? on.cluster.config.defaults.node;
  if (wanted !== undefined) {
    const { node: at } = await resolveNode(context, { cluster: on.name, node: wanted });
    return { on, place: chooseStorage(snapshot, { ...given, nodes: [at] }), node: at };
  }
  const place = chooseStorage(snapshot, { ...given, nodes: [] });
  const active = [...place.nodes]
    .filter(([, state]) => state.active)
    .map(([name]) => name)
    .sort();
  if (!place.shared && active.length > 1) {
    throw new ArgumentError(
      "node",
      `is missing, and storage ${place.storage} is another one on each node`,
      `Set node to one of: ${active.join(", ")}.`,
    );
  }
  return { on, place, node: await context.pin("node", () => active[0]!) };
}

/** What the web server says of the file; a signed address may refuse to tell, and can be downloaded all the same. */
async function metadataOf(
  send: Send,
  at: string,
  { url, verifyCertificates }: { url: string; verifyCertificates?: boolean | undefined },
  warnings: string[],
): Promise<{ filename?: string; size?: number } | undefined> {
  try {
    const { data } = await getNodesQueryUrlMetadata(send, {
      node: at,
      url,
      ...(verifyCertificates === false ? { "verify-certificates": false } : {}),
    });
    const size = Number(data.size ?? 0);
    return {
      ...(data.filename === undefined ? {} : { filename: data.filename }),
      ...(size > 0 ? { size } : {}),
    };
  } catch (error) {
    // Who may not ask may not download either.
    if (!(error instanceof ProxmoxMcpError) || error.code === "permission-denied") throw error;
    warnings.push(`The web server did not tell the node about the file (${reasonOf(error)}); the download may fail.`);
    return undefined;
  }
}

async function exists(
  send: Send,
  at: string,
  storage: string,
  content: string,
  volume: string,
  warnings: string[],
): Promise<boolean> {
  try {
    const { data } = await getNodesStorageContent(send, { node: at, storage, content });
    return (data ?? []).some(({ volid }) => volid === volume);
  } catch (error) {
    warnings.push(`Whether the file exists could not be looked up (${reasonOf(error)}); the node refuses if it does.`);
    return false;
  }
}

/** The file name in an address, if it has one. */
function lastSegment(url: string): string | undefined {
  return new URL(url).pathname.split("/").at(-1) || undefined;
}
