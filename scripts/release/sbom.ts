import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { productBuild } from "../bundle.ts";
import { type BundledPackage, bundledPackages } from "../bundled-packages.ts";

interface Component {
  "bom-ref": string;
  name: string;
  version: string;
  scope?: string;
  properties?: { name: string; value: string }[];
  licenses?: unknown[];
}

/** A bill of materials in CycloneDX, as far as it matters here. */
export interface Bom {
  bomFormat: string;
  specVersion: string;
  metadata: { lifecycles?: { phase: string }[]; component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/**
 * What of npm's own bill of materials is in the bundle. npm knows all that is installed for development, and nothing of it
 * is installed with the package: what was bundled is part of it all the same.
 */
export function bundledBom(whole: Bom, bundled: readonly BundledPackage[]): Bom {
  const id = ({ name, version }: { name: string; version: string }) => `${name}@${version}`;
  const wanted = new Map(bundled.map((one) => [id(one), one.license]));
  // One that is installed in several places is listed once for each.
  const components = whole.components
    .filter((one, at, all) => wanted.has(id(one)) && all.findIndex((other) => id(other) === id(one)) === at)
    .map(({ scope: _scope, properties: _properties, ...rest }) => ({
      ...rest,
      scope: "required",
      licenses: rest.licenses?.length ? rest.licenses : [{ license: { id: wanted.get(id(rest))! } }],
    }));
  const found = new Set(components.map(id));
  const missing = [...wanted.keys()].filter((one) => !found.has(one));
  if (missing.length > 0) {
    throw new Error(`package-lock.json does not have ${missing.join(", ")}, which is in the bundle: run npm ci.`);
  }
  const root = whole.metadata.component["bom-ref"];
  const refs = new Set(components.map((one) => one["bom-ref"]));
  const dependencies = whole.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
  // npm names it after the folder that it is in.
  const name = root.replace(/@[^@]*$/, "");
  const metadata = {
    ...whole.metadata,
    lifecycles: [{ phase: "build" }],
    component: { ...whole.metadata.component, name },
  };
  return { ...whole, metadata, components, dependencies: [{ ref: root, dependsOn: [...refs] }, ...dependencies] };
}

/** npm's bill of materials of all that package-lock.json has. */
export function installedBom(root: string): Bom {
  const words = ["sbom", "--sbom-format=cyclonedx", "--sbom-type=application", "--package-lock-only"];
  const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, shell: process.platform === "win32" } as const;
  return JSON.parse(execFileSync("npm", words, options)) as Bom;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const { metafile } = await build({ ...productBuild(root), write: false });
  const bom = bundledBom(installedBom(root), bundledPackages(root, metafile));
  mkdirSync(join(root, "release"), { recursive: true });
  const path = `release/proxmox-mcp-${version}.cdx.json`;
  writeFileSync(join(root, path), `${JSON.stringify(bom, null, 2)}\n`);
  console.log(`${path}: ${bom.components.length} packages in the bundle, CycloneDX ${bom.specVersion}`);
}
