import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
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

const SOURCE = fileURLToPath(new URL("../src/", import.meta.url));
const START = join(SOURCE, "cli/serve.ts");

/**
 * What a start loads becomes few files. A bundle is split by which entries reach a module, and each dynamic import is an
 * entry: with the start behind all of them, which is loaded by then anyway, the start's own modules are reached by the same.
 */
const startTogether: Plugin = {
  name: "start-together",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.{1,2}\// }, ({ path, kind, importer, resolveDir, namespace }) => {
      // Packages know nothing of the start, and other commands than the server do without it.
      const isOurs = importer.startsWith(SOURCE) && importer !== join(SOURCE, "index.ts");
      if (kind !== "dynamic-import" || namespace !== "file" || !isOurs) return undefined;
      // Not the whole path: the same sources make the same bundle, wherever they are.
      return { path: relative(SOURCE, resolve(resolveDir, path)), namespace: "after-start" };
    });
    onLoad({ filter: /./, namespace: "after-start" }, async ({ path: name }) => {
      const path = join(SOURCE, name);
      const source = await readFile(path, "utf8");
      const real = JSON.stringify(path);
      const own = /^export default |^export \{[^}]*\bdefault\b/m.test(source) ? `export { default } from ${real};` : "";
      return {
        contents: `import ${JSON.stringify(START)}; export * from ${real}; ${own}`,
        resolveDir: dirname(path),
      };
    });
  },
};

/** JSON is parsed when it is loaded, which is faster than to compile it as code. */
const jsonParsed: Plugin = {
  name: "json-parsed",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]generated[\\/][^\\/]+\.json$/ }, async ({ path }) => {
      const text = JSON.stringify(JSON.parse(await readFile(resolve(SOURCE, path), "utf8")));
      return { contents: `export default JSON.parse(${JSON.stringify(text)});` };
    });
  },
};

/** The module of `process` takes a copy of all it has, streams included, which are made for it. */
const globalProcess: Plugin = {
  name: "global-process",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:process$/ }, ({ kind }) =>
      kind === "import-statement" ? { path: "process", namespace: "global" } : undefined,
    );
    onLoad({ filter: /./, namespace: "global" }, () => ({ contents: "export default globalThis.process;" }));
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
  plugins: [jsonParsed, globalProcess, startTogether, httpApart, noValidator],
} satisfies BuildOptions;

/** The whole of dist/, of the version that package.json names. */
export function productBuild(root: string) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  return {
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
  } satisfies BuildOptions;
}
