import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { CALLER, connectTo, reply, startServer } from "./test-server.ts";

const uploads = mkdtempSync(join(tmpdir(), "uploads-"));
afterAll(() => rmSync(uploads, { recursive: true, force: true }));

const UPLOAD = "POST /nodes/{node}/storage/{storage}/upload";
const large = "0123456789abcdef".repeat(40_000);

test.each([
  ["a file of 640 kB", "rescue.iso", large],
  ["an empty file", "empty.iso", ""],
])("%s goes whole to the next endpoint when the first one cannot be reached", async (_, filename, content) => {
  writeFileSync(join(uploads, filename), content);
  const down = await startServer(() => {});
  await down.close();
  const up = await startServer((__, response) => reply(response, 200, { data: null }));
  const cluster = connectTo([down, up], { dependencies: { uploadDirectory: uploads } });
  try {
    await cluster.send(CALLER)(UPLOAD, { node: "pve1", storage: "local", content: "iso", filename });
  } finally {
    await cluster.close();
    await up.close();
  }
  const [request, ...more] = up.requests;
  expect(more).toEqual([]);
  expect(request!.headers["content-length"]).toBe(String(request!.body.length));
  const file = `filename="${filename}"\r\nContent-Type: application/octet-stream\r\n\r\n${content}\r\n--`;
  expect(request!.body).toContain(file);
});
