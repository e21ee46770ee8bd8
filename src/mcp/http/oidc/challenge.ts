/** The header by which a client learns where to sign in, and for which scope (RFC 6750, RFC 9728). */
export function challenge(
  metadata: string,
  scope: string,
  { error, description }: { error?: string; description?: string } = {},
): Record<string, string> {
  const parts = { ...(error ? { error } : {}), ...(description ? { error_description: description } : {}), scope };
  const words = Object.entries({ ...parts, resource_metadata: metadata }).map(
    ([name, value]) => `${name}="${quoted(value)}"`,
  );
  return { "www-authenticate": `Bearer ${words.join(", ")}` };
}

function quoted(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, " ").replace(/["\\]/g, "\\$&");
}
