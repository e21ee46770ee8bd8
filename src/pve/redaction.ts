/** An error to keep as a cause, with every trace of a credential taken out of its texts. */
export function redactedCause(cause: unknown, secret: string | undefined): Error {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const copy = new Error(redactText(error.message, secret));
  copy.name = error.name;
  const code = (error as { code?: unknown }).code;
  if (typeof code === "string") Object.assign(copy, { code });
  copy.stack = `${copy.name}: ${copy.message}`;
  return copy;
}

/** Blanks a token's secret, and whatever follows `PVEAPIToken`, in a text. */
export function redactText(text: string, secret: string | undefined): string {
  let result = text.replace(/PVEAPIToken[=\s][^\s"',;]+/gi, "PVEAPIToken=[redacted]");
  if (secret !== undefined && secret !== "") {
    result = result.replaceAll(secret, "[redacted]").replaceAll(encodeURIComponent(secret), "[redacted]");
  }
  return result;
}
