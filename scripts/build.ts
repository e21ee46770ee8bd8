import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { productBuild } from "./bundle.ts";
import { type BundledPackage, bundledPackages } from "./bundled-packages.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

const LICENCE_FILES = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license", "LICENSE-MIT"];
const NOTICE_FILES = ["NOTICE", "NOTICE.md", "NOTICE.txt", "CopyrightNotice.txt"];

// A server that runs from dist/ loads its chunks as it needs them: only `--clean` takes the old ones away.
if (process.argv.includes("--clean")) rmSync(join(root, "dist"), { recursive: true, force: true });

const { metafile } = await build(productBuild(root));
// The names of chunks are made of those of modules: one that says where the sources are would change every bundle.
const placed = Object.keys(metafile.inputs).filter((path) => path.includes(root));
if (placed.length > 0) throw new Error(`A plugin names modules by their whole path: ${placed.slice(0, 3).join(", ")}`);

writeFileSync(
  join(root, "dist/THIRD-PARTY-LICENSES.txt"),
  bundledPackages(root, metafile)
    .map(licenceOf)
    .join(`\n${"=".repeat(80)}\n\n`),
);
chmodSync(join(root, "dist/index.js"), 0o755);

/** What a package says of its licence, and the notices that have to go with it. */
function licenceOf({ folder, name, version, license }: BundledPackage): string {
  const read = (path: string) =>
    existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined;
  const text = LICENCE_FILES.map(read).find((one) => one !== undefined) ?? `Licence: ${license}\n`;
  const notices = NOTICE_FILES.flatMap((path) => read(path) ?? []);
  return [`${name} ${version} (${license})\n`, text, ...notices].join("\n");
}
