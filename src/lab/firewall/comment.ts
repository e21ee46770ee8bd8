/** A comment as the configuration file gives it back: its first line without blanks around it, if anything is left. */
export function storedComment(comment: unknown): string | undefined {
  if (comment === undefined || comment === null || comment === "0") return undefined;
  const line = (String(comment).split("\n")[0] ?? "").trim();
  return line === "" ? undefined : line;
}
