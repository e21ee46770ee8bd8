import { expect } from "vitest";
import { objects } from "../tools/rows.ts";
import type { Session } from "./session.ts";

type Data = Record<string, unknown>;

/** Tool calls on behalf of a person who agrees to everything; whatever fails ends the test. */
export class Agreeing {
  readonly #session: Session;
  #confirmed: string[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  /** Calls a tool, and once more with the plan and the typed name where a person has to confirm. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks at
  async call(tool: string, args: Data = {}): Promise<any> {
    const first = await this.#session.call(tool, args);
    if (first.error?.code !== "confirmation-required") {
      expect([tool, args, first.error]).toEqual([tool, args, undefined]);
      return first.data;
    }
    const { planId, confirm } = (first.error.data as { plan: Data }).plan;
    this.#confirmed.push(`${tool}: ${String(confirm)}`);
    const second = await this.#session.call(tool, { ...args, planId, confirm });
    expect([tool, args, second.error]).toEqual([tool, args, undefined]);
    return second.data;
  }

  /** The rows of a list as objects. */
  async rows(tool: string, args: Data = {}): Promise<Data[]> {
    return objects({ data: await this.call(tool, args) });
  }

  /** What a GET of the API answers. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks at
  async read(path: string, params: Data = {}, more: Data = {}): Promise<any> {
    return (await this.call("proxmox_api_read", { path, params, ...more })).data;
  }

  /** The answer to any other method of the API. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows the shape that it looks at
  write(method: string, path: string, params: Data = {}, more: Data = {}): Promise<any> {
    return this.call("proxmox_api_write", { method, path, params, ...more });
  }

  /** What had to be confirmed during some work, and by which name. */
  async confirmations(work: () => Promise<unknown>): Promise<string[]> {
    this.#confirmed = [];
    await work();
    return this.#confirmed;
  }
}
