import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Writable } from "node:stream";
import { type CallToolResult, Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { type Lab, startLab } from "../lab/index.ts";
import { packageVersion } from "../version.ts";
import { labEnvironment } from "./lab-environment.ts";

/** A step that did not show what it is there to show. */
class DemoError extends Error {}

type Data = Record<string, unknown>;

/**
 * Starts a lab and this server as a child over stdio, and drives it with the official client: inventory, a VM that
 * starts, and one whose start fails. Answers with the exit code.
 */
export async function runDemo(out: Writable): Promise<number> {
  const step = stepper(out);
  const state = await mkdtemp(join(tmpdir(), "proxmox-mcp-demo-"));
  let lab: Lab | undefined;
  let client: Client | undefined;
  out.write("proxmox-mcp demo: a simulated Proxmox VE cluster, this server, and the official MCP client\n\n");
  try {
    const started = await step("start a lab", async () => {
      const it = await startLab({ seed: "small" });
      return { it, say: `node pve1 with 5 guests at ${it.url}, API token, self-signed TLS` };
    });
    lab = started.it;
    client = new Client(
      { name: "proxmox-mcp-demo", version: packageVersion() },
      { versionNegotiation: { mode: { pin: "2026-07-28" } } },
    );
    const mcp = client;
    await step("connect over stdio", async () => {
      await mcp.connect(serverProcess(started.it, state));
      const { tools } = await mcp.listTools();
      return { say: `protocol ${mcp.getNegotiatedProtocolVersion()}, ${tools.length} tools` };
    });
    await step("proxmox_inventory_overview", async () => {
      const { clusters } = await answer(mcp, "proxmox_inventory_overview", {});
      const [one] = clusters as Data[];
      const { vms, containers, version, problems } = one as Record<string, Data> & { problems: Data[] };
      const lines = problems.map(({ what, id, detail }) => `! ${what}: ${id}, ${detail}`);
      return { say: `PVE ${version}: ${words(vms)} VMs; ${words(containers)} containers`, lines };
    });
    const { stopped } = await step("proxmox_vm_list status=stopped", async () => {
      const list = await answer(mcp, "proxmox_vm_list", { status: "stopped", fields: ["vmid", "name", "lock"] });
      const rows = (list.rows as [number, string, string | null][]).filter(([, , lock]) => !lock);
      if (rows.length < 2) throw new DemoError("the lab should hold two stopped VMs");
      return { stopped: rows, say: rows.map(([vmid, name]) => `${vmid} ${name}`).join(", ") };
    });
    await startVms(mcp, step, stopped);
    out.write(
      "\nAll steps did what they should. Next: README.md shows how to point your MCP client at your own cluster.\n",
    );
    return 0;
  } catch (error) {
    out.write(`\nThe demo failed: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    await client?.close().catch(() => {});
    await lab?.close();
    await rm(state, { recursive: true, force: true });
  }
}

/** Of the stopped VMs one starts, and one fails to, because its ISO image is missing. */
async function startVms(mcp: Client, step: Step, stopped: readonly [number, string, string | null][]): Promise<void> {
  let succeeded = false;
  let failed = false;
  for (const [vmid, name] of stopped) {
    if (succeeded && failed) return;
    await step(`proxmox_vm_action vmid=${vmid} action=start`, async () => {
      const lines: string[] = [];
      const result = await call(mcp, "proxmox_vm_action", { vmid, action: "start" }, (message) => {
        if (lines.at(-1) !== `… ${message}`) lines.push(`… ${message}`);
      });
      const body = result.structuredContent as Data;
      if (!result.isError) {
        succeeded = true;
        const job = body.job as Data;
        return { say: `${name}: task ${job.type} on ${job.node} ended ${job.state}`, lines };
      }
      const error = body.error as Data & { data: { job?: { log?: string[] } } };
      if (error.code !== "task-failed") throw new DemoError(String(error.message));
      failed = true;
      for (const line of error.data.job?.log ?? []) lines.push(`log: ${line}`);
      return { say: `${name}: an error, as it should be: ${error.message}`, lines };
    });
  }
  if (!succeeded) throw new DemoError("no VM could be started");
  if (!failed) throw new DemoError("no start failed, though the lab holds a VM whose start must fail");
}

function serverProcess(lab: Lab, state: string): StdioClientTransport {
  return new StdioClientTransport({
    command: process.execPath,
    args: [...process.execArgv, process.argv[1]!],
    stderr: "inherit",
    env: {
      PATH: process.env.PATH ?? "",
      XDG_STATE_HOME: state,
      ...labEnvironment(lab),
    },
  });
}

async function answer(mcp: Client, name: string, args: Data): Promise<Data> {
  const result = await call(mcp, name, args);
  if (result.isError) throw new DemoError(`${name}: ${JSON.stringify(result.structuredContent)}`);
  return result.structuredContent as Data;
}

async function call(
  mcp: Client,
  name: string,
  args: Data,
  progress?: (message: string) => void,
): Promise<CallToolResult> {
  const options = progress ? { onprogress: ({ message }: { message?: string }) => message && progress(message) } : {};
  return (await mcp.callTool({ name, arguments: args }, options)) as CallToolResult;
}

function words(counts: Data | undefined): string {
  const { total, ...by } = counts ?? {};
  const parts = Object.entries(by).map(([status, number]) => `${number} ${status}`);
  return `${total}${parts.length > 0 ? ` (${parts.join(", ")})` : ""}`;
}

type Step = <T extends { say: string; lines?: string[] }>(title: string, run: () => Promise<T>) => Promise<T>;

function stepper(out: Writable): Step {
  let number = 0;
  return async (title, run) => {
    number += 1;
    const began = performance.now();
    try {
      const result = await run();
      const took = `${Math.round(performance.now() - began)} ms`;
      out.write(
        `${number}. ${title} ${".".repeat(Math.max(2, 58 - title.length))} ${took.padStart(8)}\n   ${result.say}\n`,
      );
      for (const line of result.lines ?? []) out.write(`   ${line}\n`);
      return result;
    } catch (error) {
      out.write(`${number}. ${title}: FAILED\n`);
      throw error;
    }
  };
}
