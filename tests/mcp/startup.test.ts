import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { BUNDLE } from "../../scripts/bundle.ts";

/** The files that are loaded before a server has answered anything, and the bytes of their code. */
async function loadedAtStart(): Promise<{ inputs: string[]; files: number; bytes: number }> {
  const { metafile } = await build({
    ...BUNDLE,
    absWorkingDir: fileURLToPath(new URL("../..", import.meta.url)),
    entryPoints: ["src/cli/serve.ts"],
    write: false,
    define: { PROXMOX_MCP_VERSION: '"0"' },
  });
  const outputs = metafile.outputs;
  const entry = Object.keys(outputs).find((path) => outputs[path]!.entryPoint === "src/cli/serve.ts")!;
  const waiting = [entry];
  const seen = new Set<string>();
  const inputs = new Set<string>();
  let bytes = 0;
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const output = outputs[path]!;
    // The list of tools is the first answer itself, and its size has a budget of its own.
    bytes += output.bytes - (output.inputs["generated/tools.json"]?.bytesInOutput ?? 0);
    for (const input of Object.keys(output.inputs)) inputs.add(input);
    for (const { path: next, kind } of output.imports) {
      if (kind === "import-statement" && outputs[next]) waiting.push(next);
    }
  }
  return { inputs: [...inputs], files: seen.size, bytes };
}

test("nothing is loaded at the start that the first answers do not need", async () => {
  const { inputs, files, bytes } = await loadedAtStart();
  const early = inputs.filter((path) =>
    /^generated\/(?!tools\.json)|^src\/(lab|admin|secrets|mcp\/http|telemetry\/otel)\b|^src\/tools\/(?!registry|contract|errors|context|output-budget)|node_modules\/(undici|ky|yaml|commander|ssh2|jose|ioredis|@opentelemetry)\//.test(
      path,
    ),
  );
  expect(early).toEqual([]);
  console.log(`at the start: ${files} files, ${bytes} bytes of code`);
  expect(files).toBeLessThanOrEqual(5);
  expect(bytes).toBeLessThan(610_000);
});
