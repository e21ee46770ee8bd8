import { connect as connectPlain } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { authorization, type CallOptions, call, exchange, open, requestBytes, wire } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 40, taskMs: 40 });
});
afterAll(() => lab.close());

const VERSION = { version: "9.2.11", release: "9.2", repoid: expect.any(String) };
const REFUSED = "Parameter verification failed.";
const CONFIG = "/nodes/pve1/qemu/102/config";
const JSON_BODY = { "Content-Type": "application/json" };

/** Method, path, options, status, reason, and the body as text or as JSON. */
const rows: [string, string, string, CallOptions, number, string, unknown][] = [
  ["a plain read", "GET", "/version", {}, 200, "OK", { data: VERSION }],
  ["slashes that run together", "GET", "//version", {}, 200, "OK", { data: VERSION }],
  ["a slash at the end", "GET", "/version/", {}, 200, "OK", { data: VERSION }],
  ["an escaped slash", "GET", "/nodes%2Fpve1%2Fversion", {}, 200, "OK", { data: VERSION }],
  ["the name localhost for the node itself", "GET", "/nodes/localhost/version", {}, 200, "OK", { data: VERSION }],
  ["a parameter that keeps caches away", "GET", "/version?_dc=1234", {}, 200, "OK", { data: VERSION }],
  [
    "an unknown path",
    "GET",
    "/nosuch/path",
    {},
    501,
    "Method 'GET /nosuch/path' not implemented",
    { data: null, message: "Method 'GET /nosuch/path' not implemented" },
  ],
  [
    "a method that a path does not have",
    "POST",
    "/version",
    {},
    501,
    "Method 'POST /version' not implemented",
    { data: null, message: "Method 'POST /version' not implemented" },
  ],
  [
    "a blank in the path",
    "GET",
    "/nodes/a%20b/version",
    {},
    501,
    "Method 'GET /nodes/a b/version' not implemented",
    expect.anything(),
  ],
  ["PATCH", "PATCH", "/version", {}, 501, "method 'PATCH' not available", ""],
  ["HEAD", "HEAD", "/version", {}, 501, "method 'HEAD' not available", ""],
  ["OPTIONS", "OPTIONS", "/version", {}, 501, "method 'OPTIONS' not available", ""],
  ["a method in lower case", "get", "/version", {}, 501, "method 'get' not available", ""],
  [
    "a body on DELETE",
    "DELETE",
    "/pools/xx",
    { body: "a=b" },
    501,
    "Unexpected content for method 'DELETE'",
    "Unexpected content for method 'DELETE'",
  ],
  [
    "a body on GET",
    "GET",
    "/pools",
    { body: "a=b" },
    501,
    "Unexpected content for method 'GET'",
    "Unexpected content for method 'GET'",
  ],
  [
    "a chunked body",
    "PUT",
    CONFIG,
    { body: "1\r\na\r\n0\r\n\r\n", headers: { "Transfer-Encoding": "chunked", "Content-Length": "" } },
    501,
    "chunked transfer encoding not supported",
    expect.anything(),
  ],
  [
    "plain text",
    "PUT",
    CONFIG,
    { body: "a", headers: { "Content-Type": "text/plain" } },
    506,
    "upload 'Content-Type 'text/plain' not implemented",
    "upload 'Content-Type 'text/plain' not implemented",
  ],
  [
    "no content type",
    "PUT",
    CONFIG,
    { body: "description=x", headers: { "Content-Type": "" } },
    200,
    "OK",
    { data: null },
  ],
  [
    "JSON with a charset",
    "PUT",
    CONFIG,
    { body: '{"description":"y"}', headers: { "Content-Type": "application/json; charset=latin1" } },
    200,
    "OK",
    { data: null },
  ],
  [
    "an empty JSON body",
    "POST",
    CONFIG,
    { headers: JSON_BODY },
    500,
    expect.stringContaining("malformed JSON string") as never,
    expect.stringContaining("malformed"),
  ],
  [
    "JSON that is no object",
    "PUT",
    CONFIG,
    { body: "[1,2]", headers: JSON_BODY },
    500,
    expect.stringMatching(/^Not a HASH reference at /) as never,
    expect.stringMatching(/^Not a HASH reference at .*\n$/),
  ],
  [
    "true in a form",
    "PUT",
    CONFIG,
    { body: "onboot=true" },
    400,
    REFUSED,
    { data: null, message: `${REFUSED}\n`, errors: { onboot: "type check ('boolean') failed - got 'true'" } },
  ],
  [
    "an empty boolean in a form",
    "PUT",
    CONFIG,
    { body: "onboot=" },
    400,
    REFUSED,
    expect.objectContaining({ errors: { onboot: "type check ('boolean') failed - got ''" } }),
  ],
  ["true in JSON", "PUT", CONFIG, { body: '{"onboot":true}', headers: JSON_BODY }, 200, "OK", { data: null }],
  [
    "'true' in JSON",
    "PUT",
    CONFIG,
    { body: '{"onboot":"true"}', headers: JSON_BODY },
    400,
    REFUSED,
    expect.objectContaining({ errors: { onboot: "type check ('boolean') failed - got 'true'" } }),
  ],
  [
    "true for a text",
    "PUT",
    CONFIG,
    { body: '{"description":true}', headers: JSON_BODY },
    400,
    REFUSED,
    expect.objectContaining({ errors: { description: "type check ('string') failed - got JSON::PP::Boolean" } }),
  ],
  [
    "an object for a text",
    "PUT",
    CONFIG,
    { body: '{"description":{"a":1}}', headers: JSON_BODY },
    400,
    REFUSED,
    expect.objectContaining({ errors: { description: "type check ('string') failed - got HASH" } }),
  ],
  [
    "a repeated scalar",
    "PUT",
    CONFIG,
    { body: "description=a&description=b" },
    400,
    REFUSED,
    expect.objectContaining({ errors: { description: "type check ('string') failed - got ARRAY" } }),
  ],
  [
    "an unknown parameter",
    "GET",
    "/version?foo=bar",
    {},
    400,
    REFUSED,
    {
      data: null,
      message: `${REFUSED}\n`,
      errors: { foo: "property is not defined in schema and the schema does not allow additional properties" },
    },
  ],
  [
    "an index beyond the family",
    "PUT",
    CONFIG,
    { body: "net32=virtio" },
    400,
    REFUSED,
    expect.objectContaining({ errors: { net32: expect.stringContaining("not defined in schema") } }),
  ],
  [
    "a value out of the enumeration",
    "GET",
    "/cluster/resources?type=bogus",
    {},
    400,
    REFUSED,
    expect.objectContaining({
      errors: { type: "value 'bogus' does not have a value in the enumeration 'vm, storage, node, sdn'" },
    }),
  ],
  [
    "no integer",
    "GET",
    "/nodes/pve1/tasks?limit=x",
    {},
    400,
    REFUSED,
    expect.objectContaining({ errors: { limit: "type check ('integer') failed - got 'x'" } }),
  ],
  [
    "below the minimum",
    "GET",
    "/nodes/pve1/tasks?limit=-1",
    {},
    400,
    REFUSED,
    expect.objectContaining({ errors: { limit: "value must have a minimum value of 0" } }),
  ],
  [
    "a path parameter contradicted",
    "GET",
    "/nodes/pve1/version?node=pve2",
    {},
    400,
    REFUSED,
    expect.objectContaining({
      errors: { node: "duplicate parameter (already defined in URI) with conflicting values!" },
    }),
  ],
  ["a path parameter repeated", "GET", "/nodes/pve1/version?node=pve1", {}, 200, "OK", { data: VERSION }],
  [
    "a VMID that is none",
    "GET",
    "/nodes/pve1/qemu/1/config",
    {},
    400,
    REFUSED,
    expect.objectContaining({ errors: { vmid: expect.any(String) } }),
  ],
  [
    "an unknown node",
    "GET",
    "/nodes/pve9/status",
    {},
    500,
    "hostname lookup 'pve9' failed - failed to get address info for: pve9: Name or service not known",
    expect.anything(),
  ],
  [
    "a node name that is none",
    "GET",
    "/nodes/bad_node!/status",
    {},
    403,
    "Permission check failed (, Sys.Audit)",
    expect.anything(),
  ],
  [
    "a guest that is not there",
    "GET",
    "/nodes/pve1/qemu/999/config",
    {},
    500,
    "Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist",
    { data: null, message: "Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist\n" },
  ],
  [
    "a container asked for as a VM",
    "GET",
    "/nodes/pve1/qemu/103/config",
    {},
    500,
    "Configuration file 'nodes/pve1/qemu-server/103.conf' does not exist",
    expect.anything(),
  ],
  [
    "a storage that is not there, by node",
    "GET",
    "/nodes/pve1/storage/none/status",
    {},
    400,
    REFUSED,
    expect.objectContaining({ errors: { storage: "No such storage." } }),
  ],
  ["a storage that is not there", "GET", "/storage/none", {}, 500, "storage 'none' does not exist", expect.anything()],
  [
    "text instead of JSON",
    "GET",
    "/api2/text/version",
    {},
    501,
    "no formatter for uri /version, text",
    "no formatter for uri /version, text",
  ],
  ["no format", "GET", "/api2/", {}, 501, "no such uri", "no such uri"],
  [
    "a path outside the API",
    "GET",
    "!/api/access/users",
    {},
    500,
    "no such file '/api/access/users'",
    "no such file '/api/access/users'\n",
  ],
  ["extjs", "GET", "/api2/extjs/version", {}, 200, "OK", { success: 1, data: VERSION }],
  [
    "an error by extjs",
    "GET",
    "/api2/extjs/storage/none",
    {},
    200,
    "OK",
    { success: 0, status: 500, data: null, message: "storage 'none' does not exist\n" },
  ],
];

describe("the wire", () => {
  it.each(rows)("answers %s", async (_, method, path, options, status, reason, body) => {
    const answer = await wire(lab, method, path, options);
    expect([answer.status, answer.reason]).toEqual([status, reason]);
    expect(answer.body.startsWith("{") ? JSON.parse(answer.body) : answer.body).toEqual(body);
    if (status >= 400) expect(answer.headers.connection).toBe("close");
    expect(answer.closed).toBe(status >= 400);
  });

  it("lets the query win over the body", async () => {
    await call(lab, "PUT", `${CONFIG}?description=query`, { body: "description=body" });
    expect((await call(lab, "GET", CONFIG)).data.description).toBe("query");
  });

  it("cuts a value at its second equals sign, and pairs at semicolons", async () => {
    await call(lab, "PUT", CONFIG, { body: "description=a=b;tags=x" });
    const { data } = await call(lab, "GET", CONFIG);
    expect([data.description, data.tags]).toEqual(["a", "x"]);
  });

  it("takes a null in JSON as absent", async () => {
    const { status } = await call(lab, "PUT", CONFIG, { body: '{"description":"z","name":null}', headers: JSON_BODY });
    expect(status).toBe(200);
  });

  it("refuses a body over 512 KiB, and takes one below", async () => {
    const over = await wire(lab, "PUT", CONFIG, { body: `description=${"x".repeat(524_288)}` });
    expect([over.status, over.body]).toEqual([501, "for data too large"]);
    const below = await wire(lab, "PUT", CONFIG, { body: `description=${"x".repeat(8000)}` });
    expect(below.status).toBe(200);
  });

  it("takes a path longer than its headers may be", async () => {
    const answer = await wire(lab, "GET", `/version?${"a".repeat(9000)}=1`);
    expect([answer.status, answer.reason]).toEqual([400, REFUSED]);
  });

  it("gives umlauts in a reason phrase as UTF-8", async () => {
    const { reason } = await wire(lab, "GET", "/storage/%C3%A4", {});
    expect(reason).toContain("Permission check failed (");
    const answer = await wire(lab, "GET", "/n%C3%B6", {});
    expect(answer.reason).toBe("Method 'GET /nö' not implemented");
  });

  it("keeps a connection for the next request, and ends it after an error", async () => {
    const socket = await open(lab);
    for (let i = 0; i < 3; i += 1) {
      const answer = await exchange(socket, requestBytes(lab, "GET", "/version"));
      expect([answer.status, answer.headers.connection]).toEqual([200, "Keep-Alive"]);
    }
    expect((await exchange(socket, requestBytes(lab, "GET", "/nosuch"))).closed).toBe(true);
  });

  it("ends a connection after 100 requests", async () => {
    const socket = await open(lab);
    for (let i = 1; i < 100; i += 1)
      expect((await exchange(socket, requestBytes(lab, "GET", "/version"))).headers.connection).toBe("Keep-Alive");
    const last = await exchange(socket, requestBytes(lab, "GET", "/version"));
    expect([last.status, last.headers.connection, last.closed]).toEqual([200, "close", true]);
  });

  it("ends a connection that is idle for five seconds", async () => {
    const socket = await open(lab);
    await exchange(socket, requestBytes(lab, "GET", "/version"));
    const since = Date.now();
    await new Promise((resolve) => socket.once("close", resolve).resume());
    expect(Date.now() - since).toBeGreaterThan(4000);
    expect(Date.now() - since).toBeLessThan(7500);
  }, 10_000);

  it.each([
    ["more than 64 header lines", Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`X-${i}`, "1"]))],
    ["more than 8 KiB of headers", { "X-Long": "x".repeat(9000) }],
  ])("closes without an answer on %s", async (_, headers) => {
    await expect(wire(lab, "GET", "/version", { headers })).rejects.toThrow("closed without an answer");
  });

  it("compresses when that is accepted", async () => {
    const answer = await wire(lab, "GET", "/cluster/resources", { headers: { "Accept-Encoding": "gzip, br" } });
    expect(answer.headers["content-encoding"]).toBe("gzip");
    expect(JSON.parse(answer.body).data.length).toBeGreaterThan(5);
    expect((await wire(lab, "GET", "/cluster/resources")).headers["content-encoding"]).toBeUndefined();
  });

  it.each([
    ["GET", "301"],
    ["POST", "308"],
  ])("sends plain HTTP %s away with %s", async (method, status) => {
    const text = await new Promise<string>((resolve, reject) => {
      let seen = "";
      const socket = connectPlain(lab.port, lab.host, () =>
        socket.write(`${method} /api2/json/version HTTP/1.1\r\nHost: pve1:8006\r\n\r\n`),
      );
      socket.on("data", (chunk) => {
        seen += chunk;
      });
      socket.on("close", () => resolve(seen)).on("error", reject);
    });
    expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(text).toContain("Location: https://pve1:8006/api2/json/version");
  });
});

describe("authentication", () => {
  const wrong = (secret: string): string => authorization({ ...lab.token, secret });

  it.each<[string, () => CallOptions, number, string]>([
    ["nothing", () => ({ token: null }), 401, "No ticket"],
    ["a bearer token", () => ({ token: "Bearer abc" }), 401, "No ticket"],
    ["a wrong secret", () => ({ token: wrong("11111111-2222-3333-4444-555555555555") }), 401, "Authentication failed!"],
    ["an unknown token", () => ({ token: authorization({ ...lab.token, id: "nope" }) }), 401, "Authentication failed!"],
    ["a malformed token", () => ({ token: "PVEAPIToken=abc" }), 401, "Authentication failed!"],
    [
      "a cookie beside the right token",
      () => ({ headers: { Cookie: "PVEAuthCookie=x" } }),
      401,
      "Authentication failed!",
    ],
    ["a space for the equals sign", () => ({ token: authorization(lab.token).replace("=", " ") }), 200, "OK"],
    ["an escaped token", () => ({ token: authorization(lab.token).replace("!", "%21") }), 200, "OK"],
  ])("answers %s", async (_, options, status, reason) => {
    const since = Date.now();
    const answer = await wire(lab, "GET", "/version", options());
    expect([answer.status, answer.reason]).toEqual([status, reason]);
    if (status === 401) {
      expect(answer.body).toBe("");
      expect(Date.now() - since).toBeGreaterThanOrEqual(38);
    }
  });
});
