import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tracesWanted } from "../../src/telemetry/wanted.ts";
import { openLabSession, openSession } from "../support/session.ts";

interface Recorded {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  kind: number;
  status: { code?: number };
  attributes: { key: string; value: Record<string, unknown> }[];
}

/** A collector that keeps what it is sent. */
async function startCollector() {
  const bodies: string[] = [];
  const headers: unknown[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    bodies.push(Buffer.concat(chunks).toString());
    headers.push(request.headers.authorization);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  type Sent = { resourceSpans: { scopeSpans: { spans: Recorded[] }[] }[] };
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    headers,
    spans: () =>
      bodies.flatMap((body) =>
        (JSON.parse(body) as Sent).resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
      ),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const ABOVE = "b7ad6b7169203331";
const SECRET_NAME = "zebra-crossing-web";

describe("a server that is asked for traces", () => {
  let collector: Awaited<ReturnType<typeof startCollector>>;
  let session: Awaited<ReturnType<typeof openLabSession>>;
  beforeAll(async () => {
    collector = await startCollector();
    session = await openLabSession(
      { seed: "small" },
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20collector-secret-1",
        OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=tests",
        OTEL_BSP_SCHEDULE_DELAY: "100",
      },
    );
    const meta = { traceparent: `00-${TRACE}-${ABOVE}-01` };
    await session.call("proxmox_vm_get", { vmid: 100 }, { meta });
    await session.call("proxmox_vm_action", { vmid: 102, action: "start" });
    // Its disk is missing: the task fails.
    expect((await session.call("proxmox_vm_action", { vmid: 101, action: "start" })).error).toBeDefined();
    await session.call("proxmox_vm_list", { name: SECRET_NAME }, { meta: { traceparent: "00-nonsense" } });
    await session.close();
  });
  afterAll(() => collector?.close());

  const attribute = ({ attributes }: Recorded, name: string) =>
    Object.values(attributes.find(({ key }) => key === name)?.value ?? {})[0];
  const calls = (name: string) => collector.spans().filter((span) => span.name === name);
  const below = ({ spanId }: Recorded) => collector.spans().filter(({ parentSpanId }) => parentSpanId === spanId);

  test("puts a call below whoever asked, and the gate and the request below the call", () => {
    const [call] = calls("tools/call proxmox_vm_get");
    expect(call).toMatchObject({ traceId: TRACE, parentSpanId: ABOVE, kind: 2, status: {} });
    expect(attribute(call!, "gen_ai.tool.name")).toBe("proxmox_vm_get");
    const names = below(call!).map(({ name }) => name);
    expect(names).toContain("gate");
    expect(names.some((name) => name.startsWith("GET /"))).toBe(true);
    const request = below(call!).find(({ name }) => name.startsWith("GET /"))!;
    expect(request.kind).toBe(3);
    expect(attribute(request, "http.response.status_code")).toBe(200);
    expect(attribute(request, "server.address")).toBe("127.0.0.1");
  });

  test("shows a task from its start to its end, and what failed as an error", () => {
    const [good, bad] = calls("tools/call proxmox_vm_action");
    const taskOf = (call: Recorded) => below(call).find(({ name }) => name === "task qmstart")!;
    expect(attribute(taskOf(good!), "proxmox.task.state")).toBe("ok");
    expect(taskOf(good!).status.code ?? 0).toBe(0);
    expect(below(taskOf(good!)).map(({ name }) => name)).toContain("GET /nodes/{node}/tasks/{upid}/status");
    expect(taskOf(bad!)).toMatchObject({ status: { code: 2 } });
    expect(attribute(taskOf(bad!), "proxmox.task.state")).toBe("failed");
    expect(bad).toMatchObject({ status: { code: 2 } });
    expect(attribute(bad!, "error.type")).toBe("task-failed");
  });

  test("begins a trace of its own where the caller's makes no sense", () => {
    const [call] = calls("tools/call proxmox_vm_list");
    expect(call!.parentSpanId ?? "").toBe("");
    expect(call!.traceId).not.toBe(TRACE);
  });

  test("sends no secret, no argument and no name of a guest; the collector's key only to the collector", () => {
    const sent = collector.bodies.join("\n");
    for (const text of [session.lab.token.secret, SECRET_NAME, "legacy-app", "collector-secret-1"]) {
      expect(sent.includes(text)).toBe(false);
    }
    expect(new Set(collector.headers)).toEqual(new Set(["Bearer collector-secret-1"]));
    expect(sent).toContain("deployment.environment.name");
    expect(session.stderr()).not.toContain("collector-secret-1");
  });
});

test("a collector that is away is told of once, and nothing waits for it", async () => {
  const session = await openLabSession(
    { seed: "small" },
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
      OTEL_BSP_SCHEDULE_DELAY: "20",
      OTEL_EXPORTER_OTLP_TIMEOUT: "200",
    },
  );
  for (let call = 0; call < 3; call++) expect((await session.call("proxmox_vm_list")).error).toBeUndefined();
  await expect.poll(() => session.stderr()).toContain("traces cannot be sent");
  expect((await session.call("proxmox_vm_list")).error).toBeUndefined();
  await session.close();
  expect(session.stderr().match(/traces cannot be sent/g) ?? []).toHaveLength(1);
});

test("what cannot be done is said, and the server serves without traces", async () => {
  const session = await openSession({ OTEL_TRACES_EXPORTER: "console" });
  expect((await session.listTools()).length).toBeGreaterThan(0);
  await session.close();
  expect(session.stderr()).toContain('OTEL_TRACES_EXPORTER is "console"');
});

test.each<[string, Record<string, string>, boolean, RegExp?]>([
  ["nothing is set", {}, false],
  ["an endpoint is set", { OTEL_EXPORTER_OTLP_ENDPOINT: "http://h:4318" }, true],
  ["an exporter is named", { OTEL_TRACES_EXPORTER: "otlp" }, true],
  ["it is switched off", { OTEL_SDK_DISABLED: "TRUE", OTEL_TRACES_EXPORTER: "otlp" }, false],
  ["traces are switched off", { OTEL_TRACES_EXPORTER: "none", OTEL_EXPORTER_OTLP_ENDPOINT: "http://h" }, false],
  ["the endpoint is no URL", { OTEL_EXPORTER_OTLP_ENDPOINT: "h:4318" }, false, /OTEL_EXPORTER_OTLP_ENDPOINT is no/],
  [
    "another protocol is wanted",
    { OTEL_TRACES_EXPORTER: "otlp", OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" },
    false,
    /OTEL_EXPORTER_OTLP_PROTOCOL is "grpc".*http\/json/,
  ],
  [
    "the one for traces counts more",
    {
      OTEL_TRACES_EXPORTER: "otlp",
      OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: "http/json",
    },
    true,
  ],
])("traces: %s", (_, env, wanted, fault) => {
  const verdict = tracesWanted(env);
  expect(verdict.wanted).toBe(wanted);
  if (fault) expect(verdict.fault).toMatch(fault);
  else expect(verdict.fault).toBeUndefined();
});
