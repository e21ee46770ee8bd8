/**
 * Many people at once: `npm run bench:http`. 200 real clients of both eras, each signed in as somebody else, make 10,000
 * calls to the built server, and each asks for what only it would get. Then single calls are timed against the bare
 * handler of the SDK. Ends with 1 when a bound is not kept.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { Agent, request } from "undici";
import { BUNDLE } from "../../scripts/bundle.ts";
import { connectHttp, type HttpSession } from "../support/http-server.ts";
import { BIN } from "../support/session.ts";
import { benchLab } from "./lab-process.ts";
import { type Row, ratio } from "./rows.ts";

const CLIENTS = 200;
const CALLS = 10_000;
const WARM = 2000;
const TIMED = 1500;
const AUDIENCE = "urn:proxmox-mcp:bench";

const root = fileURLToPath(new URL("../..", import.meta.url));
const state = await mkdtemp(join(tmpdir(), "proxmox-mcp-bench-"));
const children: ChildProcess[] = [];

/** A lab with a VM for each client, which is named after it. */
const lab = await benchLab("medium", CLIENTS);

/** An issuer that is only its keys. */
const pair = await generateKeyPair("ES256");
const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: "1", alg: "ES256" }] });
const keys = createServer((_, response) => response.end(jwks));
await new Promise<void>((resolve) => keys.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${(keys.address() as AddressInfo).port}`;
const tokenOf = (person: string) =>
  new SignJWT({ scope: "proxmox.mutate" })
    .setProtectedHeader({ alg: "ES256", kid: "1", typ: "at+jwt" })
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setSubject(person)
    .setExpirationTime("2h")
    .sign(pair.privateKey);

async function start(args: string[], env: Record<string, string>): Promise<{ url: string; pid: number }> {
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env.PATH ?? "", ...lab.env, ...env },
  });
  children.push(child);
  let said = "";
  child.stderr!.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  for (;;) {
    const [, url] = /(http:\/\/127\.0\.0\.1:\d+\/mcp)/.exec(said) ?? [];
    if (url) return { url, pid: child.pid! };
    if (child.exitCode !== null) throw new Error(said);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const rssOf = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1024;
const quantile = (sorted: number[], at: number): number => sorted[Math.floor((sorted.length - 1) * at)]!;
/** What `npm run bench` puts into its table. */
const rows: Row[] = [];
const failures: string[] = [];
const fail = (text: string): void => {
  if (failures.length < 20) console.log(`  ! ${text.slice(0, 300)}`);
  failures.push(text);
};

interface Own {
  index: number;
  vmid: number;
  session: HttpSession;
  job: string;
}

/** One call of a client for what is its own; says what is wrong with the answer. */
async function call({ index, vmid, session, job }: Own, turn: number): Promise<string | undefined> {
  const name = `own-${index}`;
  if (turn % 3 === 0) {
    const { data, error } = await session.call("proxmox_vm_get", { vmid });
    return error
      ? JSON.stringify(error)
      : data.name === name
        ? undefined
        : `asked for ${name}, got ${JSON.stringify(data)}`;
  }
  if (turn % 3 === 1) {
    // An id of a job is good for whoever began it, and for nobody else.
    const { data, error } = await session.call("job_get", { id: job });
    return error
      ? JSON.stringify(error)
      : data.job.id === job
        ? undefined
        : `asked for ${job}, got ${JSON.stringify(data)}`;
  }
  const path = `/nodes/${lab.node}/qemu/${vmid}/config`;
  const { data, error } = await session.call("proxmox_api_read", { path });
  return error
    ? JSON.stringify(error)
    : data.data.name === name
      ? undefined
      : `asked for ${name}, got ${JSON.stringify(data)}`;
}

async function load(url: string, pid: number): Promise<boolean> {
  const all = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, index): Promise<Own> => {
      const era = index % 2 === 0 ? "2026-07-28" : "2025";
      const session = await connectHttp(url, { era, token: await tokenOf(`person-${index}`), lists: false });
      const vmid = 5000 + index;
      const path = `/nodes/${lab.node}/qemu/${vmid}/snapshot`;
      const { data, error } = await session.call("proxmox_api_call", {
        method: "POST",
        path,
        params: { snapname: "own" },
      });
      if (error) throw new Error(JSON.stringify(error));
      return { index, vmid, session, job: data.job.id };
    }),
  );
  console.log(`${CLIENTS} clients are connected, half of them of the 2025 era; RSS ${rssOf(pid).toFixed(0)} MiB`);
  const times: number[] = [];
  const marks: number[] = [];
  const began = performance.now();
  await Promise.all(
    all.map(async (own) => {
      for (let turn = 0; turn < CALLS / CLIENTS; turn++) {
        const at = performance.now();
        const wrong = await call(own, turn + own.index).catch((error: Error) => String(error));
        if (wrong) fail(wrong);
        times.push(performance.now() - at);
        if (times.length === WARM || times.length === CALLS) marks.push(rssOf(pid));
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  // The same for what is somebody else's: it is refused.
  const [one, other] = all as [Own, Own];
  const { error } = await one.session.call("job_get", { id: other.job });
  if (error?.code !== "unknown-job") fail("somebody else's job was told of");
  times.sort((a, b) => a - b);
  const growth = marks[1]! / marks[0]! - 1;
  console.log(
    `${CALLS} calls in ${seconds.toFixed(1)} s (${(CALLS / seconds).toFixed(0)} a second), ${failures.length} errors or crossed answers`,
  );
  console.log(
    `latency p50 ${quantile(times, 0.5).toFixed(0)} ms, p95 ${quantile(times, 0.95).toFixed(0)} ms, max ${times.at(-1)!.toFixed(0)} ms`,
  );
  console.log(
    `RSS after ${WARM} calls ${marks[0]!.toFixed(1)} MiB, after ${CALLS} ${marks[1]!.toFixed(1)} MiB: ${(growth * 100).toFixed(1)} %`,
  );
  const what = `${CALLS.toLocaleString("en")} calls of ${CLIENTS} people at once over HTTP`;
  const wrong = String(failures.length);
  rows.push({
    what: `${what}: errors and crossed answers`,
    ours: `${(CALLS / seconds).toFixed(0)} calls a second`,
    against: "",
    result: wrong,
    bound: "0",
    kept: failures.length === 0,
  });
  rows.push({
    what: `${what}: growth of memory`,
    ours: `${marks[1]!.toFixed(0)} MiB after the last`,
    against: `after the ${WARM}th: ${marks[0]!.toFixed(0)} MiB`,
    result: `${(growth * 100).toFixed(1)} %`,
    bound: "10 %",
    kept: growth <= 0.1,
  });
  await Promise.all(all.map(({ session }) => session.close().catch(() => {})));
  return failures.length === 0 && growth <= 0.1;
}

/** Times single calls, now to one, now to the other, so that both meet the same machine. */
async function compare(url: string, bare: string): Promise<boolean> {
  const authorization = `Bearer ${await tokenOf("timer")}`;
  const dispatcher = new Agent({ keepAliveTimeout: 60_000 });
  const meta = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
  };
  const send = async (at: string, method: string, params: object, name?: string): Promise<number> => {
    const began = performance.now();
    const { statusCode, body } = await request(at, {
      dispatcher,
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "mcp-protocol-version": "2026-07-28",
        "mcp-method": method,
        ...(name ? { "mcp-name": name } : {}),
        authorization,
      },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: { ...params, _meta: meta } }),
    });
    const text = await body.text();
    if (statusCode !== 200 || text.includes('"isError":true')) throw new Error(`${statusCode} ${text.slice(0, 300)}`);
    return performance.now() - began;
  };
  let isKept = true;
  const kinds: [string, object, string?][] = [
    ["tools/call", { name: "proxmox_vm_get", arguments: { vmid: 5000 } }, "proxmox_vm_get"],
    ["tools/call", { name: "proxmox_api_describe", arguments: { call: "GET /version" } }, "proxmox_api_describe"],
    ["tools/list", {}],
  ];
  for (const [method, params, name] of kinds) {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = -300; round < TIMED; round++) {
      const [a, b] = round % 2 === 0 ? [url, bare] : [bare, url];
      const first = await send(a, method, params, name);
      const second = await send(b, method, params, name);
      if (round < 0) continue;
      (a === url ? ours : theirs).push(first);
      (a === url ? theirs : ours).push(second);
    }
    const [own, its] = [ours, theirs].map((times) =>
      quantile(
        times.sort((x, y) => x - y),
        0.5,
      ),
    ) as [number, number];
    console.log(
      `${name ?? method}: median ${own.toFixed(2)} ms, bare SDK handler ${its.toFixed(2)} ms: ${(own / its).toFixed(2)}x`,
    );
    rows.push(ratio(`\`${name ?? method}\` over HTTP`, own, ["bare SDK handler", its], { atMost: 1.3 }));
    isKept &&= own / its < 1.3;
  }
  await dispatcher.close();
  return isKept;
}

try {
  await build({
    ...BUNDLE,
    absWorkingDir: root,
    entryPoints: ["tests/bench/bare-server.ts"],
    outdir: join(state, "bare"),
    outExtension: { ".js": ".mjs" },
    define: { PROXMOX_MCP_VERSION: '"0"' },
    banner: {
      js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url),__dirname=import.meta.dirname;',
    },
  });
  const server = await start([BIN], {
    XDG_STATE_HOME: join(state, "ours"),
    PROXMOX_MCP_MODE: "http",
    PROXMOX_MCP_HTTP_PORT: "0",
    PROXMOX_MCP_OIDC_ISSUER: issuer,
    PROXMOX_MCP_OIDC_AUDIENCE: AUDIENCE,
    PROXMOX_MCP_OIDC_JWKS_URL: `${issuer}/keys`,
    // One person makes all calls that are timed.
    PROXMOX_MCP_HTTP_REQUESTS_PER_MINUTE: "1000000",
  });
  const isLoadKept = await load(server.url, server.pid);
  const bare = await start([join(state, "bare", "bare-server.mjs")], { XDG_STATE_HOME: join(state, "bare-state") });
  const isTimeKept = await compare(server.url, bare.url);
  console.log(isLoadKept && isTimeKept ? "all bounds are kept" : "A BOUND IS NOT KEPT");
  process.send?.(rows);
  process.exitCode = isLoadKept && isTimeKept ? 0 : 1;
} finally {
  for (const child of children) child.kill("SIGKILL");
  lab.end();
  keys.close();
  await rm(state, { recursive: true, force: true });
}
