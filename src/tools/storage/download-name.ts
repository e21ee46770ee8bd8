import { ArgumentError } from "../errors.ts";

/** What a download is to hold. */
export type DownloadContent = "iso" | "vztmpl" | "import";

/** Endings by content, as the storage layer takes them (pve-facts 43). */
const ENDINGS: Readonly<Record<DownloadContent, { fits: RegExp; say: string }>> = {
  iso: { fits: /.\.(?:iso|img)$/i, say: ".iso or .img" },
  vztmpl: { fits: /.\.tar(?:\.(?:gz|xz|zst|bz2))?$/i, say: ".tar, .tar.gz, .tar.xz, .tar.zst or .tar.bz2" },
  import: { fits: /.\.(?:ova|qcow2|raw|vmdk)$/, say: ".qcow2, .raw, .vmdk or .ova" },
};

/** What the host unpacks, and only for `iso` (pve-facts 98). */
const PACKED = /\.(gz|lzo|zst|bz2)$/i;

/** The name under which a download is kept, how it is unpacked, and what a person should know of that. */
export interface DownloadName {
  name: string;
  compression?: string;
  notes: string[];
}

/** Settles the name: the one asked for, or what the server calls the file; as Proxmox keeps it, checked. */
export function downloadName(
  content: DownloadContent,
  given: { filename?: string | undefined; offered?: string | undefined; compression?: string | undefined },
): DownloadName {
  const notes: string[] = [];
  let compression = given.compression;
  if (compression !== undefined && content !== "iso") {
    throw new ArgumentError("compression", `is only possible for iso, not for ${content}`, "Leave it out.");
  }
  const offered = given.offered === undefined ? undefined : decoded(given.offered);
  const wanted = given.filename ?? offered;
  if (!wanted) {
    throw new ArgumentError("filename", "is missing, and the address does not tell one", "Set filename.");
  }
  let name = wanted;
  if (content === "iso") {
    const packed = PACKED.exec(offered ?? "")?.[1]?.toLowerCase();
    if (compression === undefined && packed !== undefined) {
      compression = packed;
      notes.push(`The file is packed (${packed}), and is unpacked by the node.`);
    }
    if (compression !== undefined) name = name.replace(PACKED, "");
  }
  const tidy = name.replace(/^.*[/\\]/s, "").replace(/[^a-zA-Z0-9_.-]/g, "_");
  if (!ENDINGS[content].fits.test(tidy)) throw wrongEnding(content, tidy);
  if (tidy !== wanted) notes.push(`It is kept as ${tidy}.`);
  return { name: tidy, ...(compression === undefined ? {} : { compression }), notes };
}

/** A name that was taken out of an address may still be escaped. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function wrongEnding(content: DownloadContent, name: string): ArgumentError {
  const other = (Object.keys(ENDINGS) as DownloadContent[]).find(
    (one) => one !== content && ENDINGS[one].fits.test(name),
  );
  const packed = /\.(?:xz|zip|7z|rar)$/i.test(name)
    ? " The node unpacks gz, lzo, zst and bz2 only, and only for iso."
    : "";
  return new ArgumentError(
    "filename",
    `${JSON.stringify(name)} does not fit content ${content}, which needs ${ENDINGS[content].say}`,
    `${other ? `Set content to ${other}, or` : "Set"} filename to a name of that ending if the file is one.${packed}`,
  );
}
