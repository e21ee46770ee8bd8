import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { BUNDLE } from "../../scripts/bundle.ts";
import { openRaw, type RawClient } from "./raw-client.ts";

/** Bundles the least server on this SDK, as anybody would, into a folder; gives its file. */
export async function buildFloor(folder: string): Promise<string> {
  const { plugins: _, ...usual } = BUNDLE;
  await build({
    ...usual,
    absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
    entryPoints: ["tests/bench/floor-server.ts"],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
  });
  return join(folder, "floor-server.mjs");
}

/** A client of that server, for as long as something is measured. */
export async function withFloor<T>(measure: (floor: RawClient) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-bench-"));
  const floor = openRaw([await buildFloor(folder)], { PATH: process.env.PATH ?? "" });
  try {
    await floor.initialize();
    return await measure(floor);
  } finally {
    await floor.end();
    await rm(folder, { recursive: true, force: true });
  }
}
