import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as z from "zod";
import { OFFERED_VARIABLES } from "../../codegen/offered-variables.ts";
import { emitServerJson } from "../../codegen/server-json.ts";
import { type ReleaseFacts, releaseFaults } from "../../scripts/release/check.ts";
import { mcpbBundle } from "../../scripts/release/mcpb.ts";
import { bundledBom, installedBom } from "../../scripts/release/sbom.ts";
import { ALL_VARIABLES } from "../../src/config/all-variables.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const about = JSON.parse(read("package.json"));

/** The rules of the registry's schema of 2025-12-11, and of the registry itself, as far as our entry comes near them. */
const variable = z.strictObject({
  name: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  description: z.string().min(1),
  isRequired: z.boolean().optional(),
  isSecret: z.boolean().optional(),
  format: z.enum(["string", "number", "boolean", "filepath"]),
  default: z.string().optional(),
  choices: z.array(z.string()).min(1).optional(),
});
const common = {
  runtimeHint: z.string(),
  transport: z.strictObject({ type: z.literal("stdio") }),
  environmentVariables: z.array(variable),
};
const version = z
  .string()
  .max(255)
  .regex(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
const serverJson = z.strictObject({
  $schema: z.literal("https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"),
  name: z
    .string()
    .max(200)
    .regex(/^[a-zA-Z0-9.-]+\/[a-zA-Z0-9._-]+$/),
  title: z.string().min(1).max(100),
  description: z.string().min(1).max(100),
  version,
  repository: z.strictObject({ url: z.url(), source: z.literal("github") }).optional(),
  packages: z.array(
    z.discriminatedUnion("registryType", [
      z.strictObject({ registryType: z.literal("npm"), identifier: z.string(), version, ...common }),
      // The version of an image is a part of its name.
      z.strictObject({
        registryType: z.literal("oci"),
        identifier: z.string().regex(/^ghcr\.io\/[a-z0-9-]+\/[a-z0-9._-]+:[\w.-]+$/),
        ...common,
      }),
    ]),
  ),
});

describe("server.json", () => {
  test("keeps the registry's rules, and names what package.json names", () => {
    const entry = serverJson.parse(JSON.parse(read("server.json")));
    expect(entry).toMatchObject({ name: about.mcpName, version: about.version, description: about.description });
    expect(entry.packages[0]).toMatchObject({ identifier: about.name, version: about.version });
    expect(entry.packages[1]!.identifier.endsWith(`/${about.name}:${about.version}`)).toBe(true);
  });

  test("says where the package comes from, once that is known", () => {
    const repository = { url: "git+https://github.com/alice/proxmox-mcp.git" };
    const text = emitServerJson({ ...about, mcpName: "io.github.Alice/proxmox-mcp", repository });
    const entry = serverJson.parse(JSON.parse(text));
    expect(entry.repository?.url).toBe("https://github.com/alice/proxmox-mcp");
    expect(entry.packages[1]!.identifier).toBe(`ghcr.io/alice/proxmox-mcp:${about.version}`);
    expect(() => emitServerJson({ ...about, mcpName: "proxmox" })).toThrow("io.github.<owner>/proxmox-mcp");
  });

  test.each(OFFERED_VARIABLES)("$name takes what the form offers for it", (offered) => {
    const { parse, secret = false } = ALL_VARIABLES[offered.name] as { parse(text: string): unknown; secret?: boolean };
    expect(offered.isSecret).toBe(secret);
    for (const text of [offered.default ?? [], offered.choices ?? []].flat()) expect(() => parse(text)).not.toThrow();
  });
});

describe("the bundle for desktop clients", () => {
  const folder = mkdtempSync(join(tmpdir(), "proxmox-mcp-bundle-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  // biome-ignore lint/suspicious/noExplicitAny: a file of another format, looked at field by field
  let manifest: any;

  beforeAll(async () => {
    for (const [path, bytes] of Object.entries(unzipSync(mcpbBundle(root, 0)))) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), bytes);
    }
    manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
  });

  test("asks for what the server needs, and keeps what is secret to itself", () => {
    expect(manifest).toMatchObject({ manifest_version: "0.3", name: about.name, version: about.version });
    const asked = Object.entries<Record<string, unknown>>(manifest.user_config);
    expect(asked.filter(([, { sensitive }]) => sensitive).map(([key]) => key)).toEqual(["api_token_secret"]);
    expect(asked.filter(([, { required }]) => required).map(([key]) => key)).toEqual([
      "host",
      "api_token_user",
      "api_token_id",
      "api_token_secret",
    ]);
    for (const [, one] of asked) expect(one.required === (one.default === undefined)).toBe(true);
    const given = Object.values<string>(manifest.server.mcp_config.env).map(
      (text) => /^\$\{user_config\.(\w+)\}$/.exec(text)![1],
    );
    expect(given).toEqual(asked.map(([key]) => key));
    expect(manifest.tools.map(({ name }: { name: string }) => name)).toEqual(
      (JSON.parse(read("generated/tools.json")) as { name: string }[]).map(({ name }) => name),
    );
  });

  test("starts as its manifest says, wherever it was unpacked to", async () => {
    const answers: Record<string, string> = {
      host: "192.0.2.1",
      api_token_user: "mcp",
      api_token_id: "mcp",
      api_token_secret: "x",
    };
    const resolve = (text: string) =>
      text
        .replaceAll(`\${__dirname}`, folder)
        .replace(/\$\{user_config\.(\w+)\}/g, (_, key: string) => answers[key] ?? manifest.user_config[key].default);
    const { command, args, env } = manifest.server.mcp_config;
    expect(command).toBe("node");
    const given = Object.entries<string>(env).map(([name, text]) => [name, resolve(text)]);
    const child = spawn(process.execPath, args.map(resolve), {
      cwd: tmpdir(),
      env: { PATH: process.env.PATH ?? "", XDG_STATE_HOME: folder, ...Object.fromEntries(given) },
      stdio: ["pipe", "pipe", "pipe"],
    });
    const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "t", version: "0" } };
    child.stdin.end(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params })}\n`);
    let said = "";
    let complained = "";
    child.stderr.on("data", (chunk) => {
      complained += String(chunk);
    });
    for await (const chunk of child.stdout) said += String(chunk);
    expect(complained).toBe("");
    expect(JSON.parse(said).result.serverInfo).toMatchObject({ name: "proxmox-mcp", version: about.version });
  });
});

describe("the bill of materials", () => {
  // As the build found them in its own record of what it took from where.
  const bundled = [...read("dist/THIRD-PARTY-LICENSES.txt").matchAll(/(?:^|={80}\n\n)(\S+) (\S+) \((.+)\)\n/g)].map(
    ([, name, version, license]) => ({ folder: "", name: name!, version: version!, license: license! }),
  );
  const whole = installedBom(root);

  test("lists what is in the bundle, each with its licence, and nothing that is only for development", () => {
    const bom = bundledBom(whole, bundled);
    const names = bom.components.map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(bundled.map(({ name }) => name)));
    for (const name of ["zod", "undici", "ssh2", "ioredis", "@modelcontextprotocol/server"])
      expect(names).toContain(name);
    for (const name of ["typescript", "vitest", "esbuild", "@biomejs/biome"]) expect(names).not.toContain(name);
    for (const { name, licenses } of bom.components) expect(licenses, name).toHaveLength(1);
    expect(bom.metadata.component.name).toBe("proxmox-mcp");
    expect(bom.dependencies[0]!.dependsOn).toHaveLength(names.length);
  });

  test("is not made where the lock file lacks something that was bundled", () => {
    const stranger = { folder: "", name: "stranger", version: "1.0.0", license: "MIT" };
    expect(() => bundledBom(whole, [stranger])).toThrow("does not have stranger@1.0.0");
  });
});

describe("a release", () => {
  const sound: ReleaseFacts = {
    about: {
      name: "proxmox-mcp",
      version: "1.2.3",
      mcpName: "io.github.Alice/proxmox-mcp",
      repository: { url: "git+https://github.com/alice/proxmox-mcp.git" },
    },
    changelog: "# Changelog\n\n## 1.2.3 (2026-12-01)\n",
    serverJson: { name: "io.github.Alice/proxmox-mcp", version: "1.2.3" },
    recorded: "1.2.3",
    imageFiles: [{ path: "compose.yaml", text: "image: ghcr.io/alice/proxmox-mcp:1.2.3" }],
    tag: "v1.2.3",
    changedFiles: [],
  };

  test("may be made where all agrees", () => {
    expect(releaseFaults(sound)).toEqual([]);
  });

  test.each<[string, Partial<ReleaseFacts>]>([
    ["names no owner yet", { about: { ...sound.about, mcpName: "io.github.OWNER/proxmox-mcp" } }],
    [
      "repository is missing",
      { about: { name: "proxmox-mcp", version: "1.2.3", mcpName: "io.github.Alice/proxmox-mcp" } },
    ],
    ["have to be the same", { about: { ...sound.about, mcpName: "io.github.bob/proxmox-mcp" } }],
    ["run npm run codegen", { serverJson: { ...sound.serverJson, version: "1.2.2" } }],
    ['no "## 1.2.3 (date)"', { changelog: "## Unreleased\n" }],
    ["of no release; run npm run release:record", { recorded: undefined }],
    ["The tag is v1.2.4", { tag: "v1.2.4" }],
    [
      "compose.yaml: the image is not ghcr.io/alice/proxmox-mcp:1.2.3",
      { imageFiles: [{ path: "compose.yaml", text: "" }] },
    ],
    ["Not committed: M src/index.ts", { changedFiles: ["M src/index.ts"] }],
  ])("is refused: %s", (text, change) => {
    expect(releaseFaults({ ...sound, ...change }).join("\n")).toContain(text);
  });
});
