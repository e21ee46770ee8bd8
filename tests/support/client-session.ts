import { Client as ModernClient } from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { ElicitRequestSchema, ResourceUpdatedNotificationSchema } from "@modelcontextprotocol/sdk/types.js";
import { legacyCheck, modernCheck } from "./output-check.ts";

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

export interface ClientSession {
  /** Calls a tool; `onProgress` hears every message as it comes. */
  call(tool: string, args?: Data, options?: { signal?: AbortSignal; meta?: Data }): Promise<ToolOutcome>;
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
}

/** What the client can do beside calling tools. */
export interface ClientOptions {
  /** Arguments of the command line of a server that is started for the client. */
  args?: readonly string[];
  /** Answers the question that a call is put to the user with; without it the client cannot ask. */
  elicit?: (question: string) => { action: "accept" | "decline" | "cancel"; content?: Record<string, string> };
}

/** A real client of the era, not connected yet. */
export function makeClient(era: Era, options: ClientOptions): ModernClient | LegacyClient {
  const info = { name: "proxmox-mcp-tests", version: "0" };
  const capabilities = options.elicit ? { elicitation: { form: {} } } : {};
  const elicit = (question: string) => options.elicit!(question);
  if (era === "2026-07-28") {
    const modern = new ModernClient(info, {
      capabilities,
      versionNegotiation: { mode: { pin: "2026-07-28" } },
      jsonSchemaValidator: modernCheck,
    });
    if (options.elicit) modern.setRequestHandler("elicitation/create", (request) => elicit(request.params.message));
    return modern;
  }
  const legacy = new LegacyClient(info, { capabilities, jsonSchemaValidator: legacyCheck });
  if (options.elicit) legacy.setRequestHandler(ElicitRequestSchema, (request) => elicit(request.params.message));
  return legacy;
}

/** What a test does with a client, in the way of its era. */
export function clientSession(client: ModernClient | LegacyClient): ClientSession {
  const updates: string[] = [];
  if (client instanceof LegacyClient) {
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => void updates.push(params.uri));
  } else {
    client.setNotificationHandler("notifications/resources/updated", ({ params }) => void updates.push(params.uri));
  }

  return {
    async call(name, args = {}, { signal, meta } = {}) {
      const progress: string[] = [];
      const steps: ToolOutcome["steps"] = [];
      const onprogress = (step: ToolOutcome["steps"][number]) => {
        progress.push(step.message ?? "");
        steps.push(step);
      };
      const request = { name, arguments: args, ...(meta ? { _meta: meta } : {}) };
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
  };
}
