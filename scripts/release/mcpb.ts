import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Zippable, zipSync } from "fflate";
import { mcpbManifest } from "./mcpb-manifest.ts";

/** The same files make the same bundle, whenever that is: the earliest time that a zip file can name. */
const TIME = new Date(1980, 0, 1);

/** The files of the bundle by their paths: what npm gets, and a manifest. */
function mcpbFiles(root: string): Map<string, Uint8Array> {
  const read = (path: string) => readFileSync(join(root, path));
  const about = JSON.parse(read("package.json").toString("utf8"));
  const manifest = mcpbManifest(about, JSON.parse(read("generated/tools.json").toString("utf8")));
  const { name, version, type, license, engines, bin } = about;
  const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
  const dist = readdirSync(join(root, "dist"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll("\\", "/").replace(/^\//, ""))
    .sort();
  return new Map<string, Uint8Array>([
    ["manifest.json", json(manifest)],
    // Node reads from it that dist/ holds ES modules.
    ["package.json", json({ name, version, type, license, engines, bin })],
    ...["LICENSE", "NOTICE", ...dist].map((path) => [path, read(path)] as const),
  ]);
}

/** The bundle, which is a zip file; `level` is how hard it is compressed, from 0 to 9. */
export function mcpbBundle(root: string, level: 0 | 9 = 9): Uint8Array {
  const entries = [...mcpbFiles(root)].map(([path, bytes]) => [path, [bytes, { mtime: TIME, level }]] as const);
  return zipSync(Object.fromEntries(entries) as Zippable);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { name, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const bundle = mcpbBundle(root);
  const path = `release/${name}-${version}.mcpb`;
  mkdirSync(join(root, "release"), { recursive: true });
  writeFileSync(join(root, path), bundle);
  const sum = createHash("sha256").update(bundle).digest("hex");
  console.log(`${path}: ${Math.round(bundle.length / 1024)} KiB, sha256 ${sum}`);
}
