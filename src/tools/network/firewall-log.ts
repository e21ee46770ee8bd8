import * as z from "zod";
import type { FirewallPlace } from "./firewall-place.ts";

/** Characters that the lines of an answer may fill. */
const BUDGET = 15_000;

/** Lines per answer unless told. */
const LINES = 50;

/** A part of a firewall's log. */
export const firewallLog = z.object({
  start: z.int(),
  total: z.int(),
  lines: z.array(z.string()),
});

/** What stands in place of lines where there are none. */
const NOTHING = /^(no content|unable to open file\b.*)$/;

/** Lines from `start`, or the last ones; what is too long for an answer loses its oldest lines. */
export async function readFirewallLog(
  read: NonNullable<FirewallPlace["log"]>,
  page: { start?: number; limit?: number },
): Promise<z.output<typeof firewallLog>> {
  const limit = page.limit ?? LINES;
  let start = page.start ?? 0;
  let answer = await read({ start, limit });
  const total = Number(answer.total ?? 0);
  if (page.start === undefined && total > limit) {
    start = total - limit;
    answer = await read({ start, limit });
  }
  const lines = ((answer.data ?? []) as { t?: unknown }[]).map(({ t }) => String(t ?? ""));
  if (lines.length === 1 && NOTHING.test(lines[0]!)) return { start: 0, total: 0, lines: [] };
  const kept: string[] = [];
  let size = 0;
  for (const line of page.start === undefined ? [...lines].reverse() : lines) {
    size += JSON.stringify(line).length + 1;
    if (size > BUDGET && kept.length > 0) break;
    kept.push(line);
  }
  if (page.start !== undefined) return { start, total, lines: kept };
  return { start: start + lines.length - kept.length, total, lines: kept.reverse() };
}
