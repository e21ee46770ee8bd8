import { describe, expect, it } from "vitest";
import { type LabVersion, startLab } from "../../src/lab/index.ts";
import { authorization, call, wire } from "./support.ts";

describe("other versions", () => {
  it.each<[LabVersion, string, string]>([
    ["7.4", "7.4-20", "7.4"],
    ["8.4", "8.4.14", "8.4"],
    ["9.2", "9.2.11", "9.2"],
  ])("%s says what it is", async (version, full, release) => {
    const lab = await startLab({ version });
    expect((await call(lab, "GET", "/version")).data).toMatchObject({ version: full, release });
    expect((await call(lab, "GET", "/nodes/pve1/version")).data).toMatchObject({ version: full, release });
    expect((await call(lab, "GET", "/nodes/pve1/status")).data.pveversion).toContain(full);
    await lab.close();
  });

  it("7.4 lacks what came later", async () => {
    const lab = await startLab({ version: "7.4", authDelayMs: 1 });
    expect((await wire(lab, "GET", "/nodes/pve1/lxc/103/interfaces")).status).toBe(501);
    expect((await call(lab, "GET", "/cluster/ha/rules")).reason).toBe("Method 'GET /cluster/ha/rules' not implemented");
    await lab.close();
  });

  it("7.4 tells errors in the reason alone, takes 64 KiB, and names what is wrong with a token", async () => {
    const lab = await startLab({ version: "7.4", authDelayMs: 1 });
    const refused = await wire(lab, "GET", "/storage/none");
    expect([refused.status, refused.reason, refused.body]).toEqual([
      500,
      "storage 'none' does not exist",
      '{"data":null}',
    ]);
    const body = `description=${"x".repeat(70_000)}`;
    expect((await wire(lab, "PUT", "/nodes/pve1/qemu/102/config", { body })).reason).toBe("for data too large");
    const reason = async (change: object) =>
      (await wire(lab, "GET", "/version", { token: authorization({ ...lab.token, ...change }) })).reason;
    expect([await reason({ secret: "x" }), await reason({ id: "x" })]).toEqual([
      "invalid token value!",
      "no such token",
    ]);
    await lab.close();
  });
});
