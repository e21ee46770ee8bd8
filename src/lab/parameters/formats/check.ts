/** The server's complaint about a value of a named format, final newlines included; nothing when it is fine. */
export type Check = (value: string) => string | undefined;

type Complaint = string | ((value: string) => string);

/** A format that is one pattern, or one question about the value. */
export function rule(accepts: RegExp | ((value: string) => boolean), complaint: Complaint): Check {
  const ok = accepts instanceof RegExp ? (value: string) => accepts.test(value) : accepts;
  return (value) => {
    if (ok(value)) return undefined;
    return `${typeof complaint === "string" ? complaint : complaint(value)}\n`;
  };
}
