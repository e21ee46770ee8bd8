import { expect } from "vitest";
import type { Lab } from "../../src/lab/index.ts";
import type { Session, ToolOutcome } from "../support/session.ts";

type Data = Record<string, unknown>;

/** Characters that one answer may fill: the budget of the rows, and room for what stands around them. */
export const ANSWER_LIMIT = 20_000;

/** The rows of a columnar answer as objects. */
export function objects({ data }: Pick<ToolOutcome, "data">): Data[] {
  return data.rows.map((row: unknown[]) =>
    Object.fromEntries(data.columns.map((name: string, index: number) => [name, row[index]])),
  );
}

/** Follows `nextCursor` to the end; `between` runs before each further page. */
export async function allPages(
  session: Session,
  tool: string,
  args: Data = {},
  between?: (page: ToolOutcome) => void | Promise<void>,
): Promise<{ rows: Data[]; pages: ToolOutcome[] }> {
  const pages: ToolOutcome[] = [];
  let cursor: string | undefined;
  do {
    const page = await session.call(tool, { ...args, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.error).toBeUndefined();
    pages.push(page);
    cursor = page.data.nextCursor;
    if (cursor !== undefined) await between?.(page);
  } while (cursor !== undefined);
  return { rows: pages.flatMap(objects), pages };
}

/** Calls a tool and gives the requests that reached the lab meanwhile. */
export async function requestsOf<T>(lab: Lab, work: () => Promise<T>): Promise<{ result: T; requests: string[] }> {
  const from = lab.requests.at(-1)?.seq ?? 0;
  const result = await work();
  return {
    result,
    requests: lab.requests.filter(({ seq }) => seq > from).map(({ method, path }) => `${method} ${path}`),
  };
}

/** The requests that reached the lab and may change something. */
export function writesOf(lab: Lab): string[] {
  return lab.requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);
}

/** Milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
