import * as z from "zod";
import { ArgumentError } from "../errors.ts";

/** A file inside a machine. */
export const path = z.string().min(1).describe("Absolute");

/** Refuses a path that the other side would read against a directory of its own, and one that cannot be a file's. */
export function requireAbsolute(given: string): void {
  const fault = !/^(?:\/|[A-Za-z]:[\\/])/.test(given)
    ? "is not absolute"
    : /[\\/]$/.test(given)
      ? "names a directory"
      : given.includes("\0")
        ? "holds a NUL character"
        : undefined;
  if (fault !== undefined) {
    throw new ArgumentError(
      "path",
      fault,
      "Give the file's full path, e.g. /etc/hosts or C:\\file.txt; nothing was sent.",
    );
  }
}
