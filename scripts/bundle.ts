import { fileURLToPath } from "node:url";
import type { BuildOptions, Plugin } from "esbuild";

/**
 * The SDK's index holds what serves HTTP together with re-exports that every server needs, so that all of it would load
 * at each start. What listens for HTTP gets an instance of that one file to itself; the files below it stay shared.
 */
const httpApart: Plugin = {
  name: "http-apart",
  setup({ onResolve, resolve }) {
    onResolve(
      { filter: /^@modelcontextprotocol\/server$/ },
      async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (pluginData === "apart" || !/[\\/]src[\\/]mcp[\\/]http[\\/]/.test(importer)) return undefined;
        const found = await resolve(path, { kind, resolveDir, importer, pluginData: "apart" });
        return { ...found, suffix: "?http" };
      },
    );
  },
};

/** Leaves out the JSON Schema validator that the SDK would load at each start and never use here. */
const noValidator: Plugin = {
  name: "no-validator",
  setup({ onResolve }) {
    const path = fileURLToPath(new URL("../src/mcp/sdk-shims.ts", import.meta.url));
    onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, () => ({ path }));
  },
};

/** How src/ becomes dist/, for the build and for whoever measures it. */
export const BUNDLE = {
  outdir: "dist",
  bundle: true,
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  platform: "node",
  format: "esm",
  target: "node20.19",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  // Native helpers of ssh2, which does without them.
  external: ["cpu-features", "*.node"],
  plugins: [httpApart, noValidator],
} satisfies BuildOptions;
