import { expect, test } from "vitest";
import { runScript, type ScriptLimits } from "../../src/scripts/run-script.ts";

const AMPLE: ScriptLimits = { memoryBytes: 16 * 2 ** 20, workMs: 60_000, totalMs: 60_000, calls: 3 };

const run = (code: string, limits: Partial<ScriptLimits> = {}, signal = new AbortController().signal) =>
  runScript({
    code,
    functions: ["double"],
    call: async (name, params) => ({ name, twice: 2 * (params as { of: number }).of }),
    limits: { ...AMPLE, ...limits },
    signal,
  });

test("calls what it is given, and no more often than it may", async () => {
  expect(await run("return (await pve.double({ of: 21 })).twice;")).toEqual({ data: 42, logs: [], calls: 1 });
  await expect(run("for (;;) await pve.double({ of: 1 });")).rejects.toMatchObject({ code: "script-calls" });
});

test("parameters that are no JSON are refused in the script", async () => {
  const { data } = await run("try { await pve.double(() => 1); } catch (error) { return error.message; }");
  expect(data).toMatch(/JSON/);
});

test("what needs more memory than there is ends as that", async () => {
  await expect(run("const a = []; for (;;) a.push(new ArrayBuffer(1e6));")).rejects.toMatchObject({
    code: "script-memory",
    message: expect.stringContaining("16 MiB"),
  });
});

test("its own work and its waiting have limits apart", async () => {
  await expect(run("for (;;);", { workMs: 300 })).rejects.toMatchObject({ code: "script-timeout" });
  await expect(run("await new Promise(() => {});", { totalMs: 300 })).rejects.toMatchObject({ code: "script-timeout" });
});

test("a call that is cancelled ends it", async () => {
  const controller = new AbortController();
  const running = run("await new Promise(() => {});", {}, controller.signal);
  controller.abort(new Error("cancelled by the client"));
  await expect(running).rejects.toThrow("cancelled by the client");
});
