import { expect } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import { call } from "./support.ts";

/** One request of a story: method, path, form, and what comes of it. */
export interface Step {
  /** `POST /cluster/…`. */
  do: string;
  form?: Readonly<Record<string, string | number | readonly string[]>>;
  /** 200 when absent. */
  status?: number;
  /** Reason phrase of a refusal, or a part of it. */
  says?: string;
  /** Keys of `errors`. */
  errors?: readonly string[];
  /** What `data` must match; a function sees it all. */
  data?: unknown;
}

function encode(form: NonNullable<Step["form"]>): string {
  return Object.entries(form)
    .flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one] as const))
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join("&");
}

/** Sends one request and checks its answer; gives the answer's data. */
// biome-ignore lint/suspicious/noExplicitAny: answers have any shape, and tests say which
export async function take(lab: Lab, step: Step): Promise<any> {
  const [method = "", path = ""] = step.do.split(" ");
  const form = step.form && encode(step.form);
  const inQuery = method === "GET" || method === "DELETE";
  const target = form !== undefined && inQuery ? `${path}?${form}` : path;
  const answer = await call(lab, method, target, form !== undefined && !inQuery ? { body: form } : {});
  const where = `${step.do} ${form ?? ""}: ${answer.reason}`;
  expect(answer.status, where).toBe(step.status ?? 200);
  if (step.says !== undefined) expect(answer.message ?? answer.reason, where).toContain(step.says);
  if (step.errors) expect(Object.keys(answer.errors ?? {}).sort(), where).toEqual([...step.errors].sort());
  if (typeof step.data === "function") step.data(answer.data);
  else if (step.data !== undefined) {
    if (typeof step.data === "object" && step.data !== null && !Array.isArray(step.data))
      expect(answer.data, where).toMatchObject(step.data);
    else expect(answer.data, where).toEqual(step.data);
  }
  return answer.data;
}

/** Takes the steps of a story one after the other. */
export async function story(lab: Lab, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await take(lab, step);
}
