import type { JSONRPCMessage, Transport } from "@modelcontextprotocol/server";
import { expect, test } from "vitest";
import { ListenTransport } from "../../src/mcp/subscriptions/listen-transport.ts";

const ack = (stream: string | number, uris: string[]) =>
  ({
    jsonrpc: "2.0",
    method: "notifications/subscriptions/acknowledged",
    params: {
      notifications: { resourceSubscriptions: uris },
      _meta: { "io.modelcontextprotocol/subscriptionId": stream },
    },
  }) as JSONRPCMessage;

/** A transport between a wire that does nothing and an observer that notes what it hears. */
async function between() {
  const heard: unknown[] = [];
  const passed: unknown[] = [];
  const wire: Transport = {
    start: async () => {},
    close: async () => wire.onclose?.(),
    send: async (message) => void passed.push(message),
  };
  const transport = new ListenTransport(wire, {
    opened: (stream, uris) => heard.push(["opened", stream, uris]),
    closed: (stream) => heard.push(["closed", stream]),
    ended: () => heard.push(["ended"]),
  });
  transport.onmessage = (message) => void passed.push(message);
  await transport.start();
  return { heard, passed, wire, transport };
}

const cancelled = (requestId: string | number) =>
  ({ jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId } }) as JSONRPCMessage;

test.each<[string, (of: Awaited<ReturnType<typeof between>>) => unknown, unknown[]]>([
  ["its client cancels it", ({ wire }) => wire.onmessage!(cancelled(7)), [["closed", 7]]],
  [
    "it is answered",
    ({ transport }) => transport.send({ jsonrpc: "2.0", id: 7, result: {} } as JSONRPCMessage),
    [["closed", 7]],
  ],
  ["the connection closes", ({ wire }) => wire.close(), [["ended"]]],
  ["another request is cancelled", ({ wire }) => wire.onmessage!(cancelled("7")), []],
])("a stream ends when %s", async (_, happen, wanted) => {
  const of = await between();
  await of.transport.send(ack(7, ["proxmox://guests/100"]));
  expect(of.heard).toEqual([["opened", 7, ["proxmox://guests/100"]]]);
  await happen(of);
  expect(of.heard.slice(1)).toEqual(wanted);
});

test("everything passes through, and streams without resources are none of its business", async () => {
  const { heard, passed, wire, transport } = await between();
  const messages = [
    ack("a", []),
    { jsonrpc: "2.0", id: 1, result: {} },
    { jsonrpc: "2.0", method: "x" },
  ] as JSONRPCMessage[];
  for (const message of messages) await transport.send(message);
  wire.onmessage!({ jsonrpc: "2.0", id: 2, method: "ping" } as JSONRPCMessage);
  expect(passed).toHaveLength(4);
  expect(heard).toEqual([]);
});
