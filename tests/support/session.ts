import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client as ModernClient } from "@modelcontextprotocol/client";
import { StdioClientTransport as ModernStdio } from "@modelcontextprotocol/client/stdio";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as LegacyStdio } from "@modelcontextprotocol/sdk/client/stdio.js";
import { ElicitRequestSchema, ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { type Lab, type LabOptions, startLab } from "../../src/lab/index.ts";

/** The bin, as it is published. */
export const BIN = fileURLToPath(new URL("../../dist/index.js", import.meta.url));

export type Era = "2026-07-28" | "2025";

type Data = Record<string, unknown>;

/** A tool's answer, taken apart. */
export interface ToolOutcome {
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks at
  data: any;
  text: string;
  /** Set when the result is an error. */
  error?: { code: string; message: string; next?: string; data?: Data };
  progress: string[];
  /** Contents beside the text. */
  links: Data[];
  /** The progress notifications whole. */
  steps: { progress: number; total?: number; message?: string }[];
}

export interface Session {
  /** Calls a tool; `onProgress` hears every message as it comes. */
  call(tool: string, args?: Data, options?: { signal?: AbortSignal }): Promise<ToolOutcome>;
  listTools(): Promise<{ name: string; [key: string]: unknown }[]>;
  listResources(): Promise<{ uri: string; [key: string]: unknown }[]>;
  listResourceTemplates(): Promise<{ uriTemplate: string; [key: string]: unknown }[]>;
  listPrompts(): Promise<
    { name: string; arguments?: { name: string; required?: boolean }[]; [key: string]: unknown }[]
  >;
  /** The text of a prompt's one message. */
  getPrompt(name: string, args?: Record<string, string>): Promise<string>;
  /** The completions of an argument, or of a resource's variable where `of` is a template. */
  complete(
    of: string,
    name: string,
    value: string,
    filled?: Record<string, string>,
  ): Promise<{ values: string[]; total?: number; hasMore?: boolean }>;
  /** Subscribes to a resource in the way of the era; ends with the function that it gives. */
  subscribe(uri: string): Promise<() => Promise<void>>;
  /** Addresses that the server said had changed, so far. */
  updates: readonly string[];
  /** The one content of a resource. */
  readResource(uri: string): Promise<{ uri: string; mimeType?: string; text?: string; blob?: string }>;
  /** What the server wrote to stderr so far. */
  stderr(): string;
  protocolVersion(): string | undefined;
  /** Sends SIGHUP and waits until the server has said this on stderr. */
  hangUp(says: string): Promise<void>;
  /** Lines of the server's record of calls. */
  record(): Promise<Data[]>;
  /** The private state directory of this session. */
  stateHome: string;
  /** Ends the server as a crash would, and waits until it is gone; its state directory stays. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** Environment that points a server at a lab. */
export function labEnvironment(lab: Lab, token = lab.token): Record<string, string> {
  return {
    PROXMOX_HOST: `${lab.host}:${lab.port}`,
    PROXMOX_TLS_FINGERPRINT: lab.fingerprint,
    PROXMOX_API_TOKEN_USER: token.user,
    PROXMOX_API_TOKEN_REALM: token.realm,
    PROXMOX_API_TOKEN_ID: token.id,
    PROXMOX_API_TOKEN_SECRET: token.secret,
    ...(lab.ssh ? sshEnvironment(lab.ssh) : {}),
  };
}

/** Environment by which a server logs in to a lab's nodes. */
function sshEnvironment({ nodes, privateKey }: NonNullable<Lab["ssh"]>): Record<string, string> {
  const each = Object.entries(nodes);
  return {
    PROXMOX_SHELL_SSH_USERNAME: "root",
    PROXMOX_SHELL_SSH_PRIVATE_KEY: privateKey,
    PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: each.map(([node, { hostKey }]) => `${node}=${hostKey}`).join(","),
    PROXMOX_SHELL_SSH_HOSTS: each.map(([node, { host, port }]) => `${node}=${host}:${port}`).join(","),
  };
}

/** What the client can do beside calling tools. */
export interface ClientOptions {
  /** Answers the question that a call is put to the user with; without it the client cannot ask. */
  elicit?: (question: string) => { action: "accept" | "decline" | "cancel"; content?: Record<string, string> };
}

/** Starts the built server as a child over stdio and connects a real client of the given era. */
export async function openSession(
  env: Record<string, string>,
  options: { era?: Era; stateHome?: string } & ClientOptions = {},
): Promise<Session> {
  const stateHome = options.stateHome ?? (await mkdtemp(join(tmpdir(), "proxmox-mcp-test-")));
  const parameters = {
    command: process.execPath,
    args: [BIN],
    stderr: "pipe" as const,
    env: { PATH: process.env.PATH ?? "", XDG_STATE_HOME: stateHome, ...env },
  };
  const info = { name: "proxmox-mcp-tests", version: "0" };
  const capabilities = options.elicit ? { elicitation: { form: {} } } : {};
  const elicit = (question: string) => options.elicit!(question);
  let errors = "";
  const listen = (transport: { stderr: unknown }) =>
    (transport.stderr as NodeJS.ReadableStream | null)?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });

  let client: ModernClient | LegacyClient;
  let pid: () => number | null;
  let protocolVersion: () => string | undefined;
  if ((options.era ?? "2026-07-28") === "2026-07-28") {
    const modern = new ModernClient(info, { capabilities, versionNegotiation: { mode: { pin: "2026-07-28" } } });
    if (options.elicit) modern.setRequestHandler("elicitation/create", (request) => elicit(request.params.message));
    const transport = new ModernStdio(parameters);
    listen(transport);
    await modern.connect(transport);
    client = modern;
    pid = () => transport.pid;
    protocolVersion = () => modern.getNegotiatedProtocolVersion();
  } else {
    const legacy = new LegacyClient(info, { capabilities });
    if (options.elicit) {
      legacy.setRequestHandler(ElicitRequestSchema, (request) => elicit(request.params.message));
    }
    const transport = new LegacyStdio(parameters);
    let version: string | undefined;
    Object.assign(transport, { setProtocolVersion: (given: string) => (version = given) });
    listen(transport);
    await legacy.connect(transport);
    client = legacy;
    pid = () => transport.pid;
    protocolVersion = () => version;
  }
  const updates: string[] = [];
  if (client instanceof LegacyClient) {
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => void updates.push(params.uri));
  } else {
    client.setNotificationHandler("notifications/resources/updated", ({ params }) => void updates.push(params.uri));
  }
  // Clients check structured answers against the output schemas that they have listed.
  await client.listTools();

  return {
    stateHome,
    protocolVersion,
    stderr: () => errors,
    async call(name, args = {}, { signal } = {}) {
      const progress: string[] = [];
      const steps: ToolOutcome["steps"] = [];
      const onprogress = (step: ToolOutcome["steps"][number]) => {
        progress.push(step.message ?? "");
        steps.push(step);
      };
      const request = { name, arguments: args };
      const result =
        client instanceof LegacyClient
          ? await client.callTool(request, undefined, { onprogress, ...(signal ? { signal } : {}) })
          : await client.callTool(request, { onprogress, ...(signal ? { signal } : {}) });
      const structured = result.structuredContent as Data;
      const [content, ...links] = result.content as { type: string; text: string }[];
      return {
        links: links as Data[],
        data: structured,
        text: content?.text ?? "",
        progress,
        steps,
        ...(result.isError ? { error: structured.error as NonNullable<ToolOutcome["error"]> } : {}),
      };
    },
    async listTools() {
      return (await client.listTools()).tools as { name: string }[];
    },
    async listResources() {
      const found: { uri: string }[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.listResources(cursor === undefined ? {} : { cursor });
        found.push(...page.resources);
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return found;
    },
    async listResourceTemplates() {
      return (await client.listResourceTemplates()).resourceTemplates as { uriTemplate: string }[];
    },
    async listPrompts() {
      return (await client.listPrompts()).prompts as { name: string }[];
    },
    async getPrompt(name, args = {}) {
      const { messages } = await client.getPrompt({ name, arguments: args });
      if (messages.length !== 1) throw new Error(`${messages.length} messages`);
      return (messages[0]!.content as { text: string }).text;
    },
    async complete(of, name, value, filled) {
      const ref = of.includes("://")
        ? { type: "ref/resource" as const, uri: of }
        : { type: "ref/prompt" as const, name: of };
      const params = { ref, argument: { name, value }, ...(filled ? { context: { arguments: filled } } : {}) };
      return (await client.complete(params)).completion;
    },
    updates,
    async subscribe(uri) {
      if (client instanceof LegacyClient) {
        await client.subscribeResource({ uri });
        return async () => void (await client.unsubscribeResource({ uri }));
      }
      const stream = await client.listen({ resourceSubscriptions: [uri] });
      return () => stream.close();
    },
    async readResource(uri) {
      const { contents } = await client.readResource({ uri });
      if (contents.length !== 1) throw new Error(`${contents.length} contents`);
      return contents[0] as { uri: string };
    },
    async hangUp(says) {
      errors = "";
      process.kill(pid()!, "SIGHUP");
      for (let tries = 0; tries < 200 && !errors.includes(says); tries++) {
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      if (!errors.includes(says)) throw new Error(`the server did not say ${JSON.stringify(says)}: ${errors}`);
    },
    async record() {
      // Lines of reads are buffered for some milliseconds.
      await new Promise((resolve) => setTimeout(resolve, 120));
      const text = await readFile(join(stateHome, "proxmox-mcp", "audit.jsonl"), "utf8").catch(() => "");
      return text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Data);
    },
    async kill() {
      const one = pid()!;
      process.kill(one, "SIGKILL");
      while (isAlive(one)) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async close() {
      await client.close();
      if (options.stateHome === undefined) await rm(stateHome, { recursive: true, force: true });
    },
  };
}

/** A lab with a session on it; tasks run fast, refusals are not held back. */
export async function openLabSession(
  lab: LabOptions = {},
  env: Record<string, string> = {},
  era: Era = "2026-07-28",
  client: ClientOptions = {},
): Promise<Session & { lab: Lab }> {
  const it = await startLab({ authDelayMs: 0, taskMs: 100, ...lab });
  const session = await openSession({ ...labEnvironment(it), ...env }, { era, ...client });
  return {
    ...session,
    lab: it,
    async close() {
      await session.close();
      await it.close();
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
