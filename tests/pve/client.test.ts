import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import { build } from "esbuild";
import { afterEach, describe, expect, test } from "vitest";
import { ProxmoxMcpError } from "../../src/errors/index.ts";
import type { ClusterConfig } from "../../src/pve/cluster.ts";
import {
  AuthenticationError,
  InvalidParametersError,
  VersionError,
  NotConfiguredError,
  PathParameterError,
} from "../../src/pve/errors.ts";
import { redactedCause, redactText } from "../../src/pve/redaction.ts";
import type { OperationId } from "../../src/schema/operation.ts";
import { CALLER, connectTo, type Handler, recordingGate, reply, SECRET, startServer, TOKEN } from "./test-server.ts";

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function serve(handler: Handler, options: Parameters<typeof connectTo>[1] = {}) {
  const server = await startServer(handler);
  const gate = recordingGate();
  const cluster = connectTo([server], { gate, ...options });
  closers.push(() => cluster.close(), server.close);
  return { server, cluster, gate, send: cluster.send(CALLER) };
}

/** The real validation, which most tests here go without. */
const checked: Parameters<typeof connectTo>[1] = { dependencies: { validate: undefined } };
const version: Handler = (request, response) =>
  request.url.endsWith("/version")
    ? reply(response, 200, { data: { version: "8.4.1" } })
    : reply(response, 200, { data: null });

describe("the gate", () => {
  test("hears of every call before anything is sent, and how it ended", async () => {
    const { send, gate } = await serve((_, response, count) =>
      count === 1
        ? reply(response, 200, { data: [] })
        : reply(response, 500, { data: null }, "Configuration file 'nodes/pve1/qemu-server/100.conf' does not exist"),
    );
    await send("GET /nodes/{node}/qemu", { node: "pve1" });
    await expect(send("DELETE /nodes/{node}/qemu/{vmid}", { node: "pve1", vmid: 100 })).rejects.toThrow();
    expect(gate.calls).toEqual([
      { cluster: "test", operation: "GET /nodes/{node}/qemu", params: { node: "pve1" }, caller: CALLER },
      {
        cluster: "test",
        operation: "DELETE /nodes/{node}/qemu/{vmid}",
        params: { node: "pve1", vmid: 100 },
        caller: CALLER,
      },
    ]);
    expect(gate.outcomes).toMatchObject([
      { outcome: "ok", status: 200 },
      { outcome: "error", status: 500, detail: "not-found" },
    ]);
    for (const { durationMs } of gate.outcomes) expect(durationMs).toBeGreaterThanOrEqual(0);
  });

  test("lets nothing pass that it refuses", async () => {
    const refusal = new ProxmoxMcpError({ code: "denied", message: "no" });
    const { server, send } = await serve((_, response) => reply(response, 200, { data: null }), {
      gate: { enter: () => Promise.reject(refusal) },
    });
    await expect(send("GET /version")).rejects.toBe(refusal);
    expect(server.connections()).toBe(0);
  });
});

describe("nothing is sent when", () => {
  test.each<[string, OperationId, object, new (...args: never[]) => Error]>([
    ["a parameter is wrong", "POST /nodes/{node}/qemu", { node: "pve1", vmid: 7 }, InvalidParametersError],
    [
      "a parameter is unknown",
      "PUT /nodes/{node}/qemu/{vmid}/config",
      { node: "pve1", vmid: 100, corse: 2 },
      InvalidParametersError,
    ],
    [
      "a path parameter is empty",
      "DELETE /nodes/{node}/network/{iface}",
      { node: "pve1", iface: "" },
      PathParameterError,
    ],
    ["a path parameter is missing", "DELETE /nodes/{node}/network/{iface}", { node: "pve1" }, InvalidParametersError],
    ["the operation is unknown", "GET /nosuch", {}, ProxmoxMcpError],
  ])("%s", async (_, operation, params, kind) => {
    const { server, send, gate } = await serve(version, checked);
    await expect(send(operation, params)).rejects.toBeInstanceOf(kind);
    expect(server.requests.filter(({ url }) => !url.endsWith("/version"))).toEqual([]);
    expect(gate.outcomes.at(-1)).toMatchObject({ outcome: "error" });
  });

  test("the host's version lacks the operation", async () => {
    const { server, send } = await serve(version, checked);
    await expect(send("GET /cluster/ha/rules")).rejects.toThrow(/since 9\.0; the host runs 8\.4/);
    await expect(send("GET /cluster/ha/rules")).rejects.toBeInstanceOf(VersionError);
    expect(server.requests.map(({ url }) => url)).toEqual(["/api2/json/version"]);
    await send("GET /cluster/ha/resources");
    expect(server.requests.length).toBe(2);
  });

  test.each<[string, Partial<ClusterConfig>, RegExp, string]>([
    ["no endpoint is configured", { endpoints: [] }, /endpoint/, "PROXMOX_HOST"],
    ["no token is configured", { token: undefined }, /API token/, "PROXMOX_API_TOKEN_SECRET"],
  ])("%s", async (_, config, text, variable) => {
    const { server, gate, cluster } = await serve(version, { config });
    for (const attempt of [cluster.send(CALLER)("GET /version"), cluster.resources.get(CALLER)]) {
      const error = await attempt.catch((e: unknown) => e);
      expect(error).toBeInstanceOf(NotConfiguredError);
      expect((error as Error).message).toMatch(text);
      expect((error as NotConfiguredError).next).toContain(variable);
    }
    expect(gate.calls).toEqual([]);
    expect(server.connections()).toBe(0);
  });
});

describe("the secret", () => {
  test("is not part of what a cluster shows", async () => {
    const { cluster } = await serve(version);
    expect(cluster.config).not.toHaveProperty("token");
    expect(cluster.config.tokenUser).toBe("root@pam!mcp");
    expect(JSON.stringify(cluster)).not.toContain(SECRET);
    expect(inspect(cluster, { depth: 10 })).not.toContain(SECRET);
  });

  test.each<[string, Handler, Partial<ClusterConfig>]>([
    ["a refusal", (_, response) => reply(response, 401, undefined, "Authentication failed!"), {}],
    ["a cut", (_, response) => void response.destroy(), {}],
    ["silence", () => {}, { requestTimeoutMs: 80 }],
    ["a mismatch", version, { tls: { verify: true, fingerprints: ["AA"] } }],
    ["an untrusted chain", version, { tls: { verify: true, fingerprints: [] } }],
    ["a token that no header may hold", version, { token: { ...TOKEN, secret: `${SECRET}\n\u0000` } }],
  ])("is in no error: %s", async (_, handler, config) => {
    const { send } = await serve(handler, { config });
    for (const operation of ["GET /version", "POST /nodes/{node}/qemu/{vmid}/status/start"] as const) {
      const error = await send(operation, { node: "pve1", vmid: 100 }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(Error);
      const shown =
        inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error) + String((error as Error).stack);
      expect(shown).not.toContain(SECRET);
      expect(shown).not.toContain("PVEAPIToken=root");
    }
  });

  test("is blanked wherever a library repeats it", () => {
    expect(redactText(`header PVEAPIToken=a@b!c=${SECRET}, x`, SECRET)).toBe("header PVEAPIToken=[redacted], x");
    expect(redactText(`got ${SECRET} and PVEAPIToken a@b!c=1`, SECRET)).toBe(
      "got [redacted] and PVEAPIToken=[redacted]",
    );
    const cause = redactedCause(Object.assign(new TypeError(`bad ${SECRET}`), { code: "X", secret: SECRET }), SECRET);
    expect(inspect(cause)).not.toContain(SECRET);
    expect(cause).toMatchObject({ name: "TypeError", code: "X" });
  });
});

test("making a cluster loads no library and no generated table", async () => {
  const { metafile, outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("../../src/pve/client.ts", import.meta.url))],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outdir: "out",
    write: false,
    metafile: true,
  });
  expect(outputFiles.length).toBeGreaterThan(1);
  const reached = new Set<string>();
  const visit = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const { path: next, kind, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind === "import-statement" && !external) visit(next);
      if (kind === "import-statement" && external) reached.add(next);
    }
  };
  visit(
    Object.keys(metafile.outputs).find((path) => metafile.outputs[path]!.entryPoint?.endsWith("src/pve/client.ts"))!,
  );
  const inputs = [...reached].flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? { [path]: 1 }));
  expect(inputs.filter((path) => /generated|^(ky|undici|zod)/.test(path))).toEqual([]);
  expect(inputs.some((path) => path.endsWith("src/pve/failover.ts"))).toBe(true);
});

describe("a token that is kept elsewhere", () => {
  const kept = { user: "mcp", realm: "pve", id: "server", secret: "kept-elsewhere" };
  const other = { ...kept, id: "other", secret: "another" };
  const tokensOf = (server: { requests: { headers: object }[] }) =>
    server.requests.map(({ headers }) =>
      String((headers as { authorization?: string }).authorization).replace(/^PVEAPIToken=|=[^=]*$/g, ""),
    );

  test("is read once, by whoever needs it first, and again when that failed", async () => {
    let reads = 0;
    const loadToken = async () => {
      reads += 1;
      if (reads === 1) throw new Error("sealed");
      return kept;
    };
    const { server, gate, cluster } = await serve(version, {
      config: { token: undefined },
      dependencies: { loadToken },
    });
    expect([reads, cluster.config.tokenUser]).toEqual([0, undefined]);
    await expect(cluster.send(CALLER)("GET /version")).rejects.toThrow("sealed");
    expect([gate.calls.length, server.requests.length]).toEqual([0, 0]);
    const both = [cluster.send(CALLER)("GET /version"), cluster.tokenUser(), cluster.send(CALLER)("GET /version")];
    await Promise.all(both);
    expect([reads, cluster.config.tokenUser]).toEqual([2, "mcp@pve!server"]);
    expect(tokensOf(server)).toEqual(["mcp@pve!server", "mcp@pve!server"]);
  });

  test("is swapped when the host takes the other, through the gate, and kept when it does not", async () => {
    const handler: Handler = (request, response, count) =>
      String(request.headers.authorization).includes("refused")
        ? reply(response, 401, undefined, "Authentication failed!")
        : version(request, response, count);
    const { server, gate, cluster } = await serve(handler, { config: { token: kept } });
    expect(await cluster.swapToken(kept, CALLER)).toBe("unchanged");
    expect(server.requests).toEqual([]);
    await expect(cluster.swapToken({ ...kept, secret: "refused" }, CALLER)).rejects.toBeInstanceOf(AuthenticationError);
    expect(cluster.config.tokenUser).toBe("mcp@pve!server");
    expect(await cluster.swapToken({ ...other, expire: 7 }, CALLER)).toBe("swapped");
    expect(cluster.config).toMatchObject({ tokenUser: "mcp@pve!other", tokenExpire: 7 });
    await cluster.send(CALLER)("GET /version");
    expect(tokensOf(server)).toEqual(["mcp@pve!server", "mcp@pve!other", "mcp@pve!other"]);
    expect(gate.calls.map(({ operation }) => operation)).toEqual(["GET /version", "GET /version", "GET /version"]);
  });
});
