/** Summaries that do not fit the operations: lists each problem. */
export class SummariesError extends Error {
  override readonly name = "SummariesError";
  constructor(problems: readonly string[]) {
    super(`codegen/summaries.json:\n${problems.map((problem) => `  ${problem}`).join("\n")}`);
  }
}

/** Names that occur twice in the top-level object of a JSON text; JSON.parse keeps only the last. */
function repeatedKeys(text: string): string[] {
  const seen = new Set<string>();
  const repeated: string[] = [];
  for (const [, name] of text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:\s*"(?:[^"\\]|\\.)*"/g)) {
    if (seen.has(name!)) repeated.push(name!);
    seen.add(name!);
  }
  return repeated;
}

/** Reads `codegen/summaries.json`; throws SummariesError when one is missing, repeated, shared by two operations, or stale. */
export function readSummaries(text: string, ids: readonly string[]): (id: string) => string {
  const given = JSON.parse(text) as Record<string, unknown>;
  const problems = repeatedKeys(text).map((id) => `${id}: given twice`);
  const known = new Set(ids);
  const used = new Map<string, string>();
  for (const [id, summary] of Object.entries(given)) {
    if (!known.has(id)) problems.push(`${id}: no such operation in the newest version; remove it`);
    if (typeof summary !== "string" || summary.trim() !== summary || summary === "" || /[\n\r]/.test(summary)) {
      problems.push(`${id}: must be one line of text`);
      continue;
    }
    const other = used.get(summary);
    if (other !== undefined) problems.push(`${id}: has the same summary as ${other}`);
    used.set(summary, id);
  }
  for (const id of ids) if (!Object.hasOwn(given, id)) problems.push(`${id}: no summary`);
  if (problems.length > 0) throw new SummariesError(problems.sort());
  return (id) => given[id] as string;
}
