import { expect } from "vitest";
import { objects } from "../tools/rows.ts";
import type { Session } from "./session.ts";

type Data = Record<string, unknown>;

/** Tool calls on behalf of a person who agrees to everything; whatever fails ends the test. */
export function agreeing(session: Session) {
  let confirmed: string[] = [];

  /** Calls a tool, and once more with the plan and the typed name where a person has to confirm. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks at
  async function call(tool: string, args: Data = {}): Promise<any> {
    const first = await session.call(tool, args);
    if (first.error?.code !== "confirmation-required") {
      expect([tool, args, first.error]).toEqual([tool, args, undefined]);
      return first.data;
    }
    const { planId, confirm } = (first.error.data as { plan: Data }).plan;
    confirmed.push(`${tool}: ${String(confirm)}`);
    const second = await session.call(tool, { ...args, planId, confirm });
    expect([tool, args, second.error]).toEqual([tool, args, undefined]);
    return second.data;
  }

  return {
    call,
    /** The rows of a list as objects. */
    rows: async (tool: string, args: Data = {}): Promise<Data[]> => objects({ data: await call(tool, args) }),
    /** What a GET of the API answers. */
    // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks at
    read: async (path: string, params: Data = {}, more: Data = {}): Promise<any> =>
      (await call("proxmox_api_read", { path, params, ...more })).data,
    /** The answer to any other method of the API. */
    write: (method: string, path: string, params: Data = {}, more: Data = {}) =>
      call("proxmox_api_write", { method, path, params, ...more }),
    /** What had to be confirmed during some work, and by which name. */
    async confirmations(work: () => Promise<unknown>): Promise<string[]> {
      confirmed = [];
      await work();
      return confirmed;
    },
  };
}
