import { type Dialect, events } from "./model.ts";

type Block = { type: string; content?: unknown; tool_use_id?: string };

/** The Messages API, as Claude Code talks to it. */
export const anthropic: Dialect = {
  turns: /^\/v1\/messages(\?|$)/,
  nameOf: (name) => `mcp__proxmox__${name}`,
  read(body) {
    const tools = (body.tools ?? []) as { name: string }[];
    const messages = (body.messages ?? []) as { content: string | Block[] }[];
    const blocks = messages.flatMap(({ content }) => (typeof content === "string" ? [] : content));
    return {
      tools: tools.map((tool) => ({ name: tool.name, json: JSON.stringify(tool) })),
      results: blocks.filter(({ type }) => type === "tool_result").map(({ content }) => textOf(content)),
    };
  },
  write(action, id) {
    const block =
      "say" in action
        ? { type: "text", text: "" }
        : {
            type: "tool_use",
            id: `toolu_${id}`,
            name: "search" in action ? "ToolSearch" : anthropic.nameOf(action.call),
            input: {},
          };
    const input = "search" in action ? { query: action.search, max_results: 5 } : "call" in action ? action.args : {};
    const delta =
      "say" in action
        ? { type: "text_delta", text: action.say }
        : { type: "input_json_delta", partial_json: JSON.stringify(input) };
    const message = {
      id: `msg_${id}`,
      type: "message",
      role: "assistant",
      model: "claude-sonnet-4-5",
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    };
    const stop = { stop_reason: "say" in action ? "end_turn" : "tool_use", stop_sequence: null };
    return events([
      ["message_start", { type: "message_start", message }],
      ["content_block_start", { type: "content_block_start", index: 0, content_block: block }],
      ["content_block_delta", { type: "content_block_delta", index: 0, delta }],
      ["content_block_stop", { type: "content_block_stop", index: 0 }],
      ["message_delta", { type: "message_delta", delta: stop, usage: { output_tokens: 1 } }],
      ["message_stop", { type: "message_stop" }],
    ]);
  },
};

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return (content as { type: string; text?: string }[])
    .map((block) => (block.type === "text" ? block.text! : JSON.stringify(block)))
    .join("\n");
}
