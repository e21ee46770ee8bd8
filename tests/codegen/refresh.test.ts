import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { generate } from "selfsigned";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byVersion, refresh } from "../../codegen/refresh.ts";
import { parseFingerprint, parseSource } from "../../codegen/refresh-source.ts";
import { ROOT } from "./vendored.ts";

type Properties = Record<string, object>;
const operation = (method: string, properties: Properties, rest: object = {}) => ({
  [method]: {
    method,
    name: "x",
    description: "Some prose.",
    parameters: { additionalProperties: 0, properties },
    returns: { type: "null" },
    ...rest,
  },
});
const js = (...nodes: object[]) => `const apiSchema = ${JSON.stringify(nodes)};`;
const input = (version: string, ...nodes: object[]) => ({
  version,
  source: `apidata-${version}.js`,
  text: js(...nodes),
});
const json = (files: Map<string, string>, name: string) => JSON.parse(files.get(name)!);

const old = input(
  "8.0",
  {
    path: "/a/{pciid}",
    info: operation("GET", {
      pciid: { type: "string" },
      gone: { type: "integer", minimum: 1 },
      size: { type: "integer", maximum: 5 },
    }),
  },
  { path: "/old", info: operation("POST", {}) },
);
const middle = input("8.4", {
  path: "/a/{pci-id}",
  info: operation("GET", {
    "pci-id": { type: "string", pattern: "(?^:[a-z]+)" },
    size: { type: "integer", maximum: 9 },
  }),
});
const newest = input("9.10", {
  path: "/a/{pci-id}",
  info: operation("GET", {
    added: {
      type: "boolean",
      description: "New: long prose.",
      default: "0; for some pools: 1",
      typetext: "<boolean>",
      title: "T",
    },
    "pci-id": { type: "string", pattern: null },
    size: { type: "integer", maximum: 9, default: "5", description: "Deprecated: do not use." },
  }),
});

describe("refresh", () => {
  const files = refresh([newest, old, middle]);

  it("sorts the versions by number and writes the newest", () => {
    expect(["9.10", "9.9", "10.0", "9.9.1"].sort(byVersion)).toEqual(["9.9", "9.9.1", "9.10", "10.0"]);
    expect([...files.keys()]).toEqual(["README.md", "apidoc.json", "history.json", "manifest.json"]);
    expect(json(files, "apidoc.json")).toEqual({
      version: "9.10",
      operations: {
        "GET /a/{pci-id}": {
          parameters: {
            additionalProperties: 0,
            properties: {
              added: { type: "boolean" },
              "pci-id": { type: "string", pattern: "(?^:[a-z]+)" },
              size: { type: "integer", maximum: 9, default: "5", deprecated: true },
            },
          },
          returns: { type: "null" },
        },
      },
    });
  });

  it("tells what came, went and changed, however path variables are called", () => {
    expect(json(files, "history.json")).toEqual({
      versions: ["8.0", "8.4", "9.10"],
      operations: {
        "GET /a/{pci-id}": {
          renamed: { "8.0": "GET /a/{pciid}" },
          parameters: {
            added: { since: "9.10" },
            gone: { until: "8.0", facts: { type: "integer", minimum: 1 } },
            "pci-id": { before: { "8.0": { type: "string" } } },
            size: { before: { "8.0": { type: "integer", maximum: 5 } } },
          },
        },
        "POST /old": {
          until: "8.0",
          facts: { parameters: { additionalProperties: 0, properties: {} }, returns: { type: "null" } },
        },
      },
    });
  });

  it("counts", () => {
    const manifest = json(files, "manifest.json");
    expect(manifest.versions.map((v: Record<string, unknown>) => [v.version, v.operations, v.parameters])).toEqual([
      ["8.0", 2, 3],
      ["8.4", 1, 2],
      ["9.10", 1, 3],
    ]);
    expect(manifest.versions[0].sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(manifest.totals).toMatchObject({
      operations: 1,
      operationsRemoved: 1,
      parametersAdded: 1,
      parametersRemoved: 1,
      patternsRecovered: 1,
    });
  });

  it("gives the same bytes for any order of inputs and keys", () => {
    expect(refresh([middle, newest, old])).toEqual(files);
  });

  it("refuses a version given twice, and nothing at all", () => {
    expect(() => refresh([old, old])).toThrow("version 8.0 is given twice");
    expect(() => refresh([])).toThrow("--from");
  });
});

describe("sources", () => {
  it.each([
    ["docs/apidata-9.2.js", { version: "9.2", source: "docs/apidata-9.2.js" }],
    ["9.2=apidoc.js", { version: "9.2", source: "apidoc.js" }],
    [
      "9.2=https://h:8006/pve-docs/api-viewer/apidoc.js",
      { version: "9.2", source: "https://h:8006/pve-docs/api-viewer/apidoc.js" },
    ],
  ])("reads the version of %s", (given, want) => expect(parseSource(given)).toEqual(want));

  it.each(["apidoc.js", "https://10.0.0.1:8006/pve-docs/api-viewer/apidoc.js"])("asks for the version of %s", (given) =>
    expect(() => parseSource(given)).toThrow(`--from 9.2=${given}`),
  );

  it("wants a whole fingerprint", () => {
    expect(parseFingerprint(`${"ab:".repeat(31)}cd`)).toBe(`${"AB".repeat(31)}CD`);
    expect(() => parseFingerprint("AA:BB")).toThrow("SHA-256");
  });
});

describe("docs:refresh", () => {
  let directory: string;
  let base: string;
  let pin: string;
  const requests: string[] = [];
  let answer: (response: import("node:http").ServerResponse) => void = (response) => response.end(newest.text);
  let server: ReturnType<typeof createServer>;

  const run = async (...args: string[]) => {
    const into = join(directory, "out");
    const command = ["--import", "tsx", join(ROOT, "codegen/refresh-main.ts"), "--into", into, ...args];
    return promisify(execFile)(process.execPath, command, { cwd: ROOT }).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      (error: { code: number; stderr: string }) => ({ code: error.code, text: error.stderr }),
    );
  };
  const written = () => readdir(join(directory, "out")).catch(() => []);

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "refresh-"));
    const pems = await generate([{ name: "commonName", value: "pve1" }], { keySize: 2048 });
    server = createServer({ key: pems.private, cert: pems.cert }, (request, response) => {
      requests.push(request.url!);
      answer(response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `https://127.0.0.1:${(server.address() as AddressInfo).port}/pve-docs/api-viewer/apidoc.js`;
    const { X509Certificate } = await import("node:crypto");
    pin = new X509Certificate(pems.cert).fingerprint256;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(directory, { recursive: true });
  });

  it("refuses a self-signed host before a byte of the request is written", async () => {
    const { code, text } = await run("--from", `9.2=${base}`);
    expect([code, requests, await written()]).toEqual([1, [], []]);
    expect(text).toContain(base);
  });

  it("refuses another certificate than the pinned one, naming the one it saw", async () => {
    const { code, text } = await run("--from", `9.2=${base}`, "--fingerprint", `${"00:".repeat(31)}00`);
    expect([code, requests, await written()]).toEqual([1, [], []]);
    expect(text).toContain(`--fingerprint ${pin}`);
  });

  it("asks for the version of a host", async () => {
    expect(await run("--from", base)).toMatchObject({ code: 1, text: expect.stringContaining(`--from 9.2=${base}`) });
  });

  it("reads a pinned host and a file together", async () => {
    await writeFile(join(directory, "apidata-8.0.js"), old.text);
    expect(await run("--from", `9.2=${base}`, join(directory, "apidata-8.0.js"), "--fingerprint", pin)).toMatchObject({
      code: 0,
    });
    expect(requests).toEqual(["/pve-docs/api-viewer/apidoc.js"]);
    expect(await written()).toEqual(["README.md", "apidoc.json", "history.json", "manifest.json"]);
  });

  it.each([
    [
      "an error answer",
      (response: import("node:http").ServerResponse) => response.writeHead(501, "no such file").end("x"),
      "HTTP 501 no such file",
    ],
    ["a login page", (response: import("node:http").ServerResponse) => response.end("<html>"), "no `const apiSchema"],
    [
      "an answer cut off",
      (response: import("node:http").ServerResponse) => {
        response.writeHead(200, { "content-length": "99999" });
        response.write(newest.text, () => response.destroy());
      },
      "download failed",
    ],
  ])("overwrites nothing after %s", async (_, reply, want) => {
    const before = await readFile(join(directory, "out/apidoc.json"), "utf8");
    answer = reply;
    const { code, text } = await run("--from", join(directory, "apidata-8.0.js"), `9.2=${base}`, "--fingerprint", pin);
    expect(code).toBe(1);
    expect(text).toContain(want);
    expect(await readFile(join(directory, "out/apidoc.json"), "utf8")).toBe(before);
    expect(await written()).toHaveLength(4);
  });
});
