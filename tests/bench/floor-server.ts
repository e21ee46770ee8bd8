/** The least that a server on this SDK is: one tool over stdio, bundled as the project itself is. */
import { fromJsonSchema, McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";

serveStdio(() => {
  const server = new McpServer({ name: "floor", version: "0" });
  server.registerTool(
    "echo",
    {
      description: "Gives the text back.",
      inputSchema: fromJsonSchema({ type: "object", properties: { text: { type: "string" } }, required: ["text"] }),
    },
    (input) => ({ content: [{ type: "text", text: String((input as { text: string }).text) }] }),
  );
  return server;
});
