import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/** A package of which something is in the bundle. */
export interface BundledPackage {
  /** Where it is installed. */
  folder: string;
  name: string;
  version: string;
  license: string;
}

interface About {
  name: string;
  version: string;
  license?: string;
  licenses?: readonly { type: string }[];
}

/** The packages that a build took anything from, in the order of their folders. */
export function bundledPackages(root: string, metafile: Metafile): BundledPackage[] {
  const taken = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.keys(inputs).filter((path) => inputs[path]!.bytesInOutput > 0),
  );
  const folders = new Set(taken.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));
  return [...folders].sort().map((path) => {
    const folder = join(root, path);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as About;
    // The older way to say it, which ssh2 keeps.
    const license = about.license ?? about.licenses?.map(({ type }) => type).join(" OR ");
    if (!license) throw new Error(`${path}/package.json names no licence: without one it cannot be bundled.`);
    return { folder, name: about.name, version: about.version, license };
  });
}
