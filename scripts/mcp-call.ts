/**
 * One call over stdio, as a client makes it: `npm run mcp -- list`, `npm run mcp -- call TOOL JSON`, with the environment of
 * the shell. `--lab` calls a lab that is started for it. The answer goes to stdout as JSON, progress to stderr; ends with 1
 * when the call failed, with 2 when it could not be made.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type CallToolResult, Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { labEnvironment } from "../src/cli/lab-environment.ts";

const USAGE = `npm run mcp -- [--lab] list
npm run mcp -- [--lab] call TOOL [JSON]`;

/** What is to be done, of the command line; undefined where it makes no sense. */
function wantedOf(
  words: readonly string[],
): { tool?: string; args: Record<string, unknown>; lab: boolean } | undefined {
  const rest = words.filter((word) => word !== "--lab");
  const lab = rest.length < words.length;
  const [verb, tool, text = "{}", ...more] = rest;
  if (verb === "list" && tool === undefined) return { args: {}, lab };
  if (verb !== "call" || tool === undefined || more.length > 0) return undefined;
  const args = JSON.parse(text) as unknown;
  if (typeof args !== "object" || args === null || Array.isArray(args))
    throw new Error("the arguments are no JSON object");
  return { tool, args: args as Record<string, unknown>, lab };
}

const closers: (() => Promise<unknown>)[] = [];

/** Environment of a lab that ends with this process. */
async function ownLab(): Promise<Record<string, string>> {
  const { startLab } = await import("../src/lab/index.ts");
  const lab = await startLab({ seed: "small" });
  const state = await mkdtemp(join(tmpdir(), "proxmox-mcp-call-"));
  closers.push(
    () => lab.close(),
    () => rm(state, { recursive: true, force: true }),
  );
  return { ...labEnvironment(lab), XDG_STATE_HOME: state };
}

async function main(): Promise<number> {
  const wanted = wantedOf(process.argv.slice(2));
  if (!wanted) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined));
  const client = new Client({ name: "proxmox-mcp-call", version: "0" });
  closers.unshift(() => client.close());
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [fileURLToPath(new URL("../dist/index.js", import.meta.url))],
      env: { ...(inherited as Record<string, string>), ...(wanted.lab ? await ownLab() : {}) },
      stderr: "inherit",
    }),
  );
  if (wanted.tool === undefined) {
    const { tools } = await client.listTools();
    for (const { name, description } of tools) process.stdout.write(`${name}  ${description?.split("\n")[0] ?? ""}\n`);
    return 0;
  }
  const onprogress = ({ message }: { message?: string }) => void process.stderr.write(`… ${message ?? ""}\n`);
  const request = { name: wanted.tool, arguments: wanted.args };
  const result = (await client.callTool(request, { onprogress })) as CallToolResult;
  process.stdout.write(`${JSON.stringify(result.structuredContent ?? result.content, null, 1)}\n`);
  return result.isError ? 1 : 0;
}

process.exitCode = await main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  return 2;
});
for (const close of closers) await close().catch(() => {});
