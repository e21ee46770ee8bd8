import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import { checkCertificate, explainNoConnection, shakeHands } from "../../src/doctor/certificate.ts";
import { Findings } from "../../src/doctor/check.ts";
import { checkClock } from "../../src/doctor/clock.ts";
import { judgeVersions } from "../../src/doctor/nodes.ts";
import { explainRefusal } from "../../src/doctor/refused-token.ts";
import { hideSecrets, renderText } from "../../src/doctor/render.ts";
import { checkDrift } from "../../src/doctor/schema-drift.ts";
import { checkAuditLog } from "../../src/doctor/state.ts";
import { parseApiDocs } from "../../src/pve/api-docs.ts";
import { SECRET, startServer, type TestServer } from "../pve/test-server.ts";

describe("the host's own schema", () => {
  const viewer = (ids: readonly string[]) => {
    const byPath = new Map<string, Record<string, object>>();
    for (const id of ids) {
      const [method, path] = id.split(" ") as [string, string];
      byPath.set(path, { ...byPath.get(path), [method]: { description: '] } \\" in a text' } });
    }
    const tree = [{ path: "/", children: [...byPath].map(([path, info]) => ({ path, info })) }];
    return `const apiSchema = ${JSON.stringify(tree)}\n;\nthrow new Error("was run");`;
  };
  const known = manifest.map(({ id }) => id as string);
  let server: TestServer;
  let body = "";
  beforeAll(async () => {
    server = await startServer(({ url }, response) => {
      response.statusCode = url === "/pve-docs/api-viewer/apidoc.js" ? 200 : 404;
      response.end(body);
    });
  });
  afterAll(() => server.close());

  const drift = async (text: string, fingerprint = server.fingerprint) => {
    body = text;
    const findings = new Findings("default");
    const tls = { verify: true, fingerprints: [fingerprint] };
    await checkDrift(
      server.url,
      { name: "default", endpoints: [server.url], tls, requestTimeoutMs: 5000, defaults: {} },
      "9.2.11",
      findings,
    );
    return findings.checks[0]!;
  };

  test("is the same", async () => {
    expect(await drift(viewer(known))).toMatchObject({
      status: "ok",
      data: { host: known.length, added: [], gone: [] },
    });
    expect(server.requests.at(-1)!.headers.authorization).toBeUndefined();
  });

  test("names a variable otherwise", async () => {
    const renamed = known.map((id) => id.replaceAll("{vmid}", "{guest}"));
    expect(await drift(viewer(renamed))).toMatchObject({ status: "ok" });
  });

  test("has more and less", async () => {
    expect(await drift(viewer([...known.slice(1), "GET /cluster/new"]))).toMatchObject({
      status: "warn",
      data: { added: ["GET /cluster/new"], gone: [known[0]] },
    });
  });

  test.each([
    ["is something else", "<html></html>", "holds no API schema"],
    ["is cut off", viewer(known).slice(0, 2000), "has no end"],
    ["is a program", 'const apiSchema = [process.exit(3), "]"];', "is not JSON"],
  ])("%s", async (_, text, why) => {
    const check = await drift(text);
    expect(check.status).toBe("warn");
    expect(check.message).toContain(why);
  });

  test("is not read from another host", async () => {
    const before = server.requests.length;
    expect(await drift(viewer(known), "AA".repeat(32))).toMatchObject({ status: "warn" });
    expect(server.requests.length).toBe(before);
  });

  test("in the older spelling", () => {
    expect([...parseApiDocs('var pveapi = [{"path":"/a","info":{"GET":{},"x":{}}}];').keys()]).toEqual(["GET /a"]);
  });
});

describe("a certificate", () => {
  const DAY = 86_400_000;
  const NOW = Date.UTC(2026, 0, 1);
  const PIN = Array(32).fill("AB").join(":");
  const seen = (days: number, untrusted?: string) => ({
    fingerprint: PIN,
    notBefore: NOW - DAY,
    notAfter: NOW + days * DAY,
    issuer: "CA",
    ...(untrusted === undefined ? {} : { untrusted }),
  });
  const OTHER = "00".repeat(32);
  test.each<[string, ReturnType<typeof seen>, { verify: boolean; fingerprints: string[] }, string, boolean, RegExp]>([
    ["is pinned", seen(400, "X"), { verify: true, fingerprints: [PIN] }, "ok", true, /ends on 2027/],
    [
      "is pinned and ends soon",
      seen(5, "X"),
      { verify: true, fingerprints: [PIN] },
      "warn",
      true,
      /ends on 2026-01-06/,
    ],
    ["is pinned and has ended", seen(-5, "X"), { verify: true, fingerprints: [PIN] }, "warn", true, /expired on/],
    ["is another", seen(400), { verify: true, fingerprints: [OTHER] }, "fail", false, /not pinned/],
    ["is trusted", seen(400), { verify: true, fingerprints: [] }, "ok", true, /trusted/],
    ["is trusted and ends soon", seen(29), { verify: true, fingerprints: [] }, "warn", true, /trusted/],
    ["has ended", seen(-1, "CERT_HAS_EXPIRED"), { verify: true, fingerprints: [] }, "fail", false, /expired on/],
    ["is not trusted", seen(400, "SELF"), { verify: true, fingerprints: [] }, "fail", false, /not trusted \(SELF\)/],
    ["is not looked at", seen(400, "SELF"), { verify: false, fingerprints: [] }, "warn", true, /not verified/],
  ])("that %s", (_, given, tls, status, usable, message) => {
    const findings = new Findings("default");
    expect(checkCertificate("https://a", given, tls, (pin) => `PIN=${pin}`, findings, NOW)).toBe(usable);
    expect(findings.checks).toHaveLength(1);
    expect(findings.checks[0]!.status).toBe(status);
    expect(findings.checks[0]!.message).toMatch(message);
    expect(findings.checks[0]!.next === undefined).toBe(status === "ok");
  });

  test("is shown without a request", async () => {
    const server = await startServer((_, response) => void response.end());
    const hands = await shakeHands(server.url, undefined);
    expect(hands).toMatchObject({ fingerprint: server.fingerprint, untrusted: expect.stringContaining("SELF_SIGNED") });
    expect(await shakeHands(server.url, server.certificate)).not.toHaveProperty("untrusted");
    expect(server.requests).toEqual([]);
    await server.close();
  });
});

test.each([
  ["ECONNREFUSED", /8006/],
  ["ENOTFOUND", /name/],
  ["ETIMEDOUT", /firewall/],
  ["ECONNRESET", /ALLOW_FROM/],
  ["EPROTO", /port/],
  ["ERR_SSL_WRONG_VERSION_NUMBER", /port/],
  ["EWHATEVER", /address/],
])("no connection: %s", (code, next) => {
  expect(explainNoConnection(code).next).toMatch(next);
});

const PLACES = { user: "USER", realm: "REALM", id: "ID", secret: "SECRET" };
test.each([
  ["no such token 'mcp' for user 'root@pam'", /has no token mcp: correct ID or REALM/],
  ["invalid token value!", /Correct SECRET/],
  ["token 'mcp' access expired", /--expire 0/],
  ["user 'root@pam' is disabled", /--enable 1/],
  ["no such user ('root@pam')", /Correct USER and REALM/],
  ["authentication failure", /Compare each part/],
])("a refusal: %s", (reason, next) => {
  const token = { user: "root", realm: "pam", id: "mcp", secret: SECRET };
  const advice = explainRefusal(reason, token, PLACES);
  expect(advice).toMatch(next);
  expect(advice).not.toContain(SECRET);
});

test.each([
  [["9.2.11"], "ok"],
  [["8.2.4"], "ok"],
  [["9.9.1"], "warn"],
  [["6.4"], "warn"],
  [["8.4.1", "9.2.0"], "warn"],
  [["9.2.1", "9.2.4"], "ok"],
])("versions %j", (versions, status) => {
  expect(judgeVersions(versions).status).toBe(status);
});

describe("the audit log", () => {
  test.each<[string, string | undefined, string[], string[]]>([
    ["can be written", undefined, [], ["ok"]],
    ["cannot be written", "ENOSPC", ["the audit log cannot be written"], ["fail"]],
    ["was left by a server that died", undefined, ["audit: a server process ended in the middle of X"], ["ok", "warn"]],
  ])("%s", (_, problem, notes, statuses) => {
    const findings = new Findings("server");
    checkAuditLog({ problem: () => problem }, "/nowhere", notes, findings);
    expect(findings.checks.map(({ status }) => status)).toEqual(statuses);
  });
});

test("a clock of which nothing is known is not spoken of", () => {
  const findings = new Findings("default");
  checkClock("https://a", undefined, findings);
  expect(findings.checks).toEqual([]);
});

describe("the report", () => {
  const report = {
    version: "1",
    schemaVersions: ["7.4", "9.2"],
    exitCode: 1,
    summary: { ok: 1, warn: 0, fail: 1 },
    checks: [
      { area: "server", check: "access", status: "ok", message: "good" },
      { area: "one", check: "token", status: "fail", message: "bad", next: "do it", commands: ["pveum role add x"] },
    ],
  } as const;

  test("has one line a check, one for what to do, and commands alone on theirs", () => {
    expect(
      renderText(
        {
          ...report,
          checks: report.checks.map((check) => ({
            ...check,
            commands: [...("commands" in check ? check.commands : [])],
          })),
        },
        false,
      ).split("\n"),
    ).toEqual([
      "proxmox-mcp 1, API schema of Proxmox VE 7.4 to 9.2",
      "",
      "This server",
      "  ok    access          good",
      "",
      "Cluster one",
      "  fail  token           bad",
      "                        -> do it",
      "",
      "    pveum role add x",
      "",
      "1 failed, 0 to look at, 1 ok.",
      "",
    ]);
  });

  test("hides what is secret and what looks like it", () => {
    expect(hideSecrets(`a ${SECRET} hunter22 b`, ["hunter22"])).toBe("a (hidden) (hidden) b");
  });
});
