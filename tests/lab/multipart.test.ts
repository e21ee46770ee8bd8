import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { call, wire } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ authDelayMs: 0, taskMs: 20 });
});
afterAll(() => lab.close());

const PATH = "/nodes/pve1/storage/local/upload";
const TYPE = { "Content-Type": "multipart/form-data; boundary=XX" };
const field = (name: string, value: string): string =>
  `--XX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
const file = (name = "filename", first = ""): string =>
  `--XX\r\n${first}Content-Disposition: form-data; name="${name}"; filename="up.iso"\r\nContent-Type: application/octet-stream\r\n\r\nBYTES\r\n`;
const END = "--XX--\r\n";

/** What reached the host of the last request. */
const received = (): Record<string, unknown> => lab.requests.at(-1)!.params;

describe("uploads", () => {
  it("keep the file, and take the fields in front of it", async () => {
    await wire(lab, "POST", PATH, { headers: TYPE, body: `${field("content", "iso")}${file()}${END}` });
    const { tmpfilename, ...params } = received();
    expect(params).toEqual({ content: "iso", filename: "up.iso" });
    expect(lab.state.backups.uploads.get(String(tmpfilename))?.toString() ?? "BYTES").toBe("BYTES");
  });

  it("forget a field that follows the file", async () => {
    await wire(lab, "POST", PATH, { headers: TYPE, body: `${file()}${field("content", "iso")}${END}` });
    expect(received().content).toBeUndefined();
  });

  it.each([
    ["a file by another name", `${field("content", "iso")}${file("file")}${END}`, "wrong field name 'file'"],
    ["another header before the disposition", `${file("filename", "X-A: 1\r\n")}${END}`, "upload failed"],
    ["no end", `${field("content", "iso")}${file()}`, "upload failed"],
  ])("fail on %s", async (_, body, problem) => {
    const answer = await wire(lab, "POST", PATH, { headers: TYPE, body });
    expect([answer.status, answer.reason.startsWith(problem)]).toEqual([501, true]);
  });

  it("may be larger than other bodies", async () => {
    const large = file().replace("BYTES", "x".repeat(700_000));
    const { status } = await wire(lab, "POST", PATH, {
      headers: TYPE,
      body: `${field("content", "iso")}${large}${END}`,
    });
    expect(status).not.toBe(501);
  });

  it("are refused without a body to whoever may not make them", async () => {
    const token = lab.powerless;
    const answer = await wire(lab, "POST", PATH, { token, headers: TYPE, body: `${file()}${END}` });
    expect([answer.status, answer.reason, answer.body]).toEqual([
      403,
      "Permission check failed (/storage/local, Datastore.AllocateTemplate)",
      "",
    ]);
    expect((await call(lab, "GET", "/version", { token })).status).toBe(200);
  });
});
