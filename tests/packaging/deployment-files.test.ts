import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { isVariable } from "../../src/config/all-variables.ts";
import { loadConfig } from "../../src/config/index.ts";

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");
const folder = mkdtempSync(join(tmpdir(), "proxmox-mcp-deploy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// biome-ignore lint/suspicious/noExplicitAny: files of other programs, looked at field by field
type Parsed = any;
type Environment = Record<string, string>;

const dockerfile = read("Dockerfile");
const compose: Parsed = parse(read("compose.yaml"));
const service = compose.services["proxmox-mcp"];
const objects: Parsed[] = parseAllDocuments(read("deploy/kubernetes/proxmox-mcp.yaml")).map((one) => one.toJS());
const kind = (name: string): Parsed => objects.find((one) => one.kind === name);
const pod = kind("StatefulSet").spec.template.spec;
const unit = read("deploy/systemd/proxmox-mcp.service");
const lines = (text: string): Environment =>
  Object.fromEntries([...text.matchAll(/^([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name, value]) => [name!, value!]));

const ENVIRONMENTS: [string, Environment][] = [
  ["compose.yaml", service.environment],
  ["the Kubernetes manifest", kind("ConfigMap").data],
  [
    "the systemd unit",
    { ...lines(unit.replaceAll(/^Environment=/gm, "")), ...lines(read("deploy/systemd/env.example")) },
  ],
];

test.each([
  "Dockerfile",
  "compose.yaml",
  "deploy/kubernetes/proxmox-mcp.yaml",
  "deploy/systemd/proxmox-mcp.service",
  "deploy/systemd/env.example",
  "deploy/proxy/nginx.conf",
  "deploy/proxy/Caddyfile",
])("every variable that %s names exists", (path) => {
  const names = [...read(path).matchAll(/\b(?:PROXMOX|VAULT)_[A-Z0-9_]+/g)].map(([name]) => name);
  expect(names.filter((name) => !isVariable(name))).toEqual([]);
});

test.each(ENVIRONMENTS)("a server starts with what is set in %s", async (_, environment) => {
  const texts: Environment = { TOKEN: "a-secret", STATE_KEY: "ab".repeat(32), REDIS_URL: "rediss://redis.example.net" };
  const given = Object.entries(environment).map(([name, value]) => {
    const secret = /_(STATE_KEY|REDIS_URL)_FILE$/.exec(name)?.[1] ?? "TOKEN";
    if (!name.endsWith("_FILE")) return [name, value];
    const path = join(folder, secret);
    writeFileSync(path, texts[secret]!);
    return [name, path];
  });
  const config = await loadConfig(Object.fromEntries(given));
  expect(config.mode).toBe("http");
  expect(config.http?.publicBaseUrl).toBe("https://mcp.example.org");
});

describe("the image", () => {
  const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM"));

  test("runs the bin as somebody without rights, of a Node of one major version", () => {
    const { bin, mcpName } = JSON.parse(read("package.json"));
    expect(JSON.parse(/^ENTRYPOINT (.*)$/m.exec(last)![1]!)).toEqual(["node", `/app/${bin["proxmox-mcp"]}`]);
    expect(/^USER (.*)$/m.exec(last)![1]).toBe("1000:1000");
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=node:\d+-/m);
    expect(/^ARG MCP_NAME=(.*)$/m.exec(last)![1]).toBe(mcpName);
    expect(last).toContain(`VOLUME ${/XDG_STATE_HOME=(\S+)/.exec(last)![1]}/proxmox-mcp`);
  });

  test("holds the package and nothing else", () => {
    const copied = [...last.matchAll(/^COPY --from=build (.*) \S+$/gm)].flatMap(([, paths]) => paths!.split(" "));
    expect(copied.sort()).toEqual(["/build/LICENSE", "/build/NOTICE", "/build/dist", "/build/package.json"]);
  });

  test.each([
    ["http", "mcp.example.org", 0],
    ["http", "other.example.org", 1],
    ["stdio", "mcp.example.org", 0],
  ])("its health check over %s of a server for %s ends with %i", async (mode, host, code) => {
    const command = JSON.parse(
      /^HEALTHCHECK [^[]*CMD (\[[\s\S]*?\])$/m.exec(last)![1]!.replaceAll("\\\n", ""),
    ) as string[];
    expect(command.slice(0, 2)).toEqual(["node", "-e"]);
    const server = createServer((request, response) => {
      response.writeHead(request.url === "/healthz" && request.headers.host === host ? 200 : 403).end();
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const child = spawn(process.execPath, command.slice(1), {
      env: {
        PROXMOX_MCP_MODE: mode,
        PROXMOX_MCP_HTTP_PORT: String((server.address() as AddressInfo).port),
        PROXMOX_MCP_HTTP_PUBLIC_BASE_URL: "https://mcp.example.org",
      },
    });
    expect((await once(child, "exit"))[0]).toBe(code);
    server.close();
  });
});

test("compose takes from the container what it does not need, and lets nobody past the proxy", () => {
  expect(service).toMatchObject({ read_only: true, cap_drop: ["ALL"], security_opt: ["no-new-privileges:true"] });
  expect(service.ports).toEqual(["127.0.0.1:8765:8765"]);
  expect(service.volumes).toEqual(["state:/var/lib/proxmox-mcp"]);
  const files = Object.entries(service.environment as Environment).filter(([name]) => name.endsWith("_FILE"));
  expect(files.map(([, path]) => path)).toEqual(service.secrets.map((name: string) => `/run/secrets/${name}`));
  expect(Object.keys(compose.secrets)).toEqual(service.secrets);
});

describe("the Kubernetes manifest", () => {
  const [container] = pod.containers;

  test("runs a pod without rights", () => {
    expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  test("asks by the name that the server lets in", () => {
    const { host } = new URL(kind("ConfigMap").data.PROXMOX_MCP_HTTP_PUBLIC_BASE_URL);
    const probes = ["startupProbe", "livenessProbe", "readinessProbe"].map((name) => container[name].httpGet);
    for (const probe of probes) expect(probe.httpHeaders).toEqual([{ name: "Host", value: host }]);
    expect(probes.map(({ path }) => path)).toEqual(["/healthz", "/healthz", "/readyz"]);
  });

  test("has two servers that share plans, and the secrets as files", () => {
    expect(kind("StatefulSet").spec.replicas).toBe(2);
    const data: Environment = kind("ConfigMap").data;
    const at = container.volumeMounts.find(({ name }: { name: string }) => name === "secrets").mountPath;
    const files = Object.entries(data).filter(([name]) => name.endsWith("_FILE"));
    expect(files.map(([name]) => name)).toContain("PROXMOX_MCP_REDIS_URL_FILE");
    for (const [, path] of files) expect(path.startsWith(`${at}/`)).toBe(true);
  });
});

test("proxies pass Host on and answers at once, and take bodies as large as the server does", () => {
  const nginx = read("deploy/proxy/nginx.conf");
  for (const line of ["proxy_set_header Host $host;", "proxy_buffering off;", "client_max_body_size 4m;"]) {
    expect(nginx).toContain(line);
  }
  const caddy = read("deploy/proxy/Caddyfile");
  for (const line of ["flush_interval -1", "max_size 4MiB"]) expect(caddy).toContain(line);
});
