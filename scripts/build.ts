import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { BUNDLE } from "./bundle.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };

// A server that runs from dist/ loads its chunks as it needs them: only `--clean` takes the old ones away.
if (process.argv.includes("--clean")) rmSync(join(root, "dist"), { recursive: true, force: true });

const { metafile } = await build({
  ...BUNDLE,
  absWorkingDir: root,
  // Scripts run in a thread, which starts from a file of its own.
  entryPoints: { index: "src/index.ts", "script-thread": "src/scripts/thread.ts" },
  define: {
    PROXMOX_MCP_VERSION: JSON.stringify(version),
    // The native helpers of ws are not even looked for.
    "process.env.WS_NO_BUFFER_UTIL": '"1"',
    "process.env.WS_NO_UTF_8_VALIDATE": '"1"',
  },
  // Bundled CommonJS packages ask for Node's own modules through `require`, and for their folder.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url),__dirname=import.meta.dirname;',
  },
  logLevel: "warning",
});

writeFileSync(join(root, "dist/THIRD-PARTY-LICENSES.txt"), licences(Object.keys(metafile.inputs)));
chmodSync(join(root, "dist/index.js"), 0o755);

/** The licence texts of the packages that the bundle contains. */
function licences(inputs: readonly string[]): string {
  const packages = new Set(inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  return [...packages]
    .sort()
    .map(licenceOf)
    .join(`\n${"=".repeat(80)}\n\n`);
}

function licenceOf(folder: string): string {
  const at = join(root, folder);
  const about = JSON.parse(readFileSync(join(at, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "license", "LICENSE-MIT"].find((name) =>
    existsSync(join(at, name)),
  );
  const text =
    file === undefined ? `Licence: ${about.license ?? "see its package"}\n` : readFileSync(join(at, file), "utf8");
  return `${about.name} ${about.version} (${about.license})\n\n${text}`;
}
