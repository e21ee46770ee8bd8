import type { ServerContext } from "@modelcontextprotocol/server";
import { describe, expect, test } from "vitest";
import { progressOf } from "../../src/mcp/progress.ts";

type Sent = { progressToken: string; progress: number; total?: number; message: string };

/** Progress over a connection that only remembers. */
function listen({ progressToken }: { progressToken?: string } = { progressToken: "token" }) {
  const sent: Sent[] = [];
  const abort = new AbortController();
  const context = {
    mcpReq: {
      _meta: progressToken === undefined ? undefined : { progressToken },
      signal: abort.signal,
      notify: async ({ params }: { params: Sent }) => void sent.push(params),
    },
  } as unknown as ServerContext;
  return { sent, abort, progress: progressOf(context) };
}

describe("progress", () => {
  test("grows with every notification, whatever is reported, and names a total only where it is right", () => {
    const { sent, progress } = listen();
    const percents = [undefined, 0, undefined, 34.21, 34.21, undefined, 12, 40, 100, 3, 100, undefined, 250];
    for (const [i, percent] of percents.entries()) progress.report(`step ${i}`, percent);
    expect(sent).toHaveLength(percents.length);
    for (let i = 1; i < sent.length; i += 1) expect(sent[i]!.progress).toBeGreaterThan(sent[i - 1]!.progress);
    expect(sent.filter(({ total }) => total !== undefined).map(({ progress, total }) => [progress, total])).toEqual([
      [34.21, 100],
      [40, 100],
      [100, 100],
    ]);
    expect(sent[0]).toEqual({ progressToken: "token", progress: 0.001, message: "step 0" });
  });

  test("says nothing after the end, after an abort, and to a client that did not ask", () => {
    const ended = listen();
    ended.progress.report("one");
    ended.progress.end();
    ended.progress.report("two", 50);
    expect(ended.sent.map(({ message }) => message)).toEqual(["one"]);
    const aborted = listen();
    aborted.abort.abort();
    aborted.progress.report("one");
    expect(aborted.sent).toEqual([]);
    const deaf = listen({});
    deaf.progress.report("one", 50);
    expect(deaf.sent).toEqual([]);
  });

  test("does not show what is invisible", () => {
    const { sent, progress } = listen();
    progress.report("a\u202eb\u200b");
    expect(sent[0]!.message).not.toMatch(/[\u202e\u200b]/);
  });
});
