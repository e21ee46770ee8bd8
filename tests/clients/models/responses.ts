import { type Dialect, events } from "./model.ts";

type Item = { type: string; output?: unknown; tools?: unknown };

/** The Responses API, as Codex talks to it. */
export const responses: Dialect = {
  turns: /^\/v1\/responses(\?|$)/,
  nameOf: (name) => name,
  read(body) {
    const tools = (body.tools ?? []) as { name?: string; type: string }[];
    const items = (body.input ?? []) as Item[];
    return {
      tools: tools.map((tool) => ({ name: tool.name ?? tool.type, json: JSON.stringify(tool) })),
      results: items
        .filter(({ type }) => type === "function_call_output" || type === "tool_search_output")
        .map(({ output, tools }) => (typeof output === "string" ? output : JSON.stringify(output ?? tools))),
    };
  },
  write(action, id) {
    const call = { call_id: `call_${id}`, status: "completed" };
    const item =
      "say" in action
        ? { type: "message", role: "assistant", content: [{ type: "output_text", text: action.say }] }
        : "search" in action
          ? { type: "tool_search_call", execution: "client", arguments: { query: action.search }, ...call }
          : {
              type: "function_call",
              namespace: "mcp__proxmox",
              name: action.call,
              arguments: JSON.stringify(action.args),
              ...call,
            };
    const response = { id: `resp_${id}`, object: "response", output: [] };
    const usage = { input_tokens: 1, output_tokens: 1, total_tokens: 2 };
    return events([
      ["response.created", { type: "response.created", response }],
      ["response.output_item.done", { type: "response.output_item.done", output_index: 0, item }],
      ["response.completed", { type: "response.completed", response: { ...response, usage } }],
    ]);
  },
};
