import type { Dialect } from "./model.ts";

type Part = { functionResponse?: { response?: { output?: unknown; error?: unknown } } };

/** The Gemini API, as Gemini CLI talks to it. */
export const gemini: Dialect = {
  turns: /:streamGenerateContent(\?|$)/,
  nameOf: (name) => `mcp_proxmox_${name}`,
  read(body) {
    const tools = ((body.tools ?? []) as { functionDeclarations?: { name: string }[] }[]).flatMap(
      ({ functionDeclarations = [] }) => functionDeclarations,
    );
    const parts = ((body.contents ?? []) as { parts?: Part[] }[]).flatMap(({ parts = [] }) => parts);
    return {
      tools: tools.map((tool) => ({ name: tool.name, json: JSON.stringify(tool) })),
      results: parts.flatMap(({ functionResponse }) => {
        if (functionResponse === undefined) return [];
        const { response } = functionResponse;
        const given = response?.output ?? response?.error ?? response;
        return [typeof given === "string" ? given : JSON.stringify(given)];
      }),
    };
  },
  write(action, id) {
    const part =
      "say" in action
        ? { text: action.say }
        : {
            functionCall:
              "search" in action
                ? { id: `call_${id}`, name: "search", args: { query: action.search } }
                : { id: `call_${id}`, name: gemini.nameOf(action.call), args: action.args },
          };
    const chunk = {
      candidates: [{ index: 0, content: { role: "model", parts: [part] }, finishReason: "STOP" }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
    };
    return `data: ${JSON.stringify(chunk)}\n\n`;
  },
};
