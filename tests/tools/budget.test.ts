import { describe, expect, test } from "vitest";
import { costOf, SURFACE_LIMIT, tokensOf } from "../../codegen/surface-cost.ts";
import { openLabSession, openSession } from "../support/session.ts";
import { objects, requestsOf } from "./rows.ts";

/** Tokens of one answer, in the form that costs more. */
const ANSWER_TOKENS = 6000;

describe("what a model pays for", () => {
  test("the list of all tools, with one cluster", async () => {
    const session = await openSession({});
    const { rows, total } = costOf((await session.listTools()) as unknown as Parameters<typeof costOf>[0]);
    await session.close();
    expect(rows.length).toBeGreaterThan(40);
    expect(total).toBeLessThan(SURFACE_LIMIT);
    expect(SURFACE_LIMIT).toBe(9000);
  });

  test("a list of 200 VMs: one request, all of them, in one answer", async () => {
    const session = await openLabSession({ seed: "large" });
    const vms = [...session.lab.state.guests.values()].filter(
      ({ type, config }) => type === "qemu" && config.template !== 1,
    );
    const kept = new Set(vms.slice(0, 200));
    for (const guest of [...session.lab.state.guests.values()]) if (!kept.has(guest)) session.lab.state.remove(guest);
    const { result, requests } = await requestsOf(session.lab, () => session.call("proxmox_vm_list"));
    await session.close();
    expect(requests).toEqual(["GET /cluster/resources"]);
    expect(result.data.total).toBe(200);
    expect(objects(result)).toHaveLength(200);
    expect(result.data).not.toHaveProperty("nextCursor");
    for (const text of [result.text, JSON.stringify(result.data)]) expect(tokensOf(text)).toBeLessThan(ANSWER_TOKENS);
  });
});
