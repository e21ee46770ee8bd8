import type { ToolAnswer } from "../contract.ts";

/** What failed of a batch, if anything did: its calls' statuses are inside of an answer that is 200 whatever they are. */
export function batchFailure(data: unknown): ToolAnswer<never>["failed"] {
  const results: readonly unknown[] = Array.isArray(data) ? data : [];
  const faults = results.flatMap((result, index) => {
    const { status, message, errors } = (result ?? {}) as Readonly<Record<string, unknown>>;
    if (!(Number(status) >= 300)) return [];
    const why = [message, errors && JSON.stringify(errors)].filter(Boolean).join(" ").trim();
    return [`item ${index + 1}: ${String(status)}${why === "" ? "" : ` ${why}`}`];
  });
  if (faults.length === 0) return undefined;
  return {
    code: "batch-failed",
    message: `${faults.length} of ${results.length} calls of the batch failed: ${faults.join("; ")}.`,
    next: "The others were carried out, as a batch goes on after a failure; see data for what each answered.",
  };
}
