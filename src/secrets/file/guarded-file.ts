import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname } from "node:path";
import { codeOf, SecretFileError, shellPath } from "./file-error.ts";

/** No file of secrets is larger; a wrong path may name anything. */
const LARGEST = 4 * 2 ** 20;

/** Windows has neither modes nor numbers of users. */
const POSIX = process.platform !== "win32";

/** Where the path leads, links followed; undefined when nothing is there. */
export function resolveFile(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") {
      throw new SecretFileError(
        "unreadable",
        path,
        `cannot be read (${codeOf(error)})`,
        "Correct the path, or the rights on it.",
      );
    }
    if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) {
      throw new SecretFileError(
        "unreadable",
        path,
        "is a link to a file that is not there",
        "Mend the link, or remove it.",
      );
    }
    return undefined;
  }
}

/**
 * Reads a file that only its owner can read and write, whatever links lead to it; undefined when there is none. What is
 * looked at is what is read, so that nothing can be put in its place in between.
 */
export function findGuarded(path: string): Buffer | undefined {
  const real = resolveFile(path);
  if (real === undefined) return undefined;
  let descriptor: number;
  try {
    // Without waiting: a pipe would hold the process.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    descriptor = openSync(real, flags);
  } catch (error) {
    throw new SecretFileError(
      "unreadable",
      real,
      `cannot be read (${codeOf(error)})`,
      "Give the file to the user that this server runs as.",
    );
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) {
      throw new SecretFileError("kind", real, "is not a regular file", "Let the path name a regular file.");
    }
    if (stats.size > LARGEST) {
      throw new SecretFileError(
        "kind",
        real,
        `is too large (${stats.size} bytes)`,
        "Let the path name the file of secrets.",
      );
    }
    if (POSIX) checkGuard(real, stats);
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** As `findGuarded`, for a file that must be there; `setting` names it. */
export function readGuarded(path: string, setting: string): Buffer {
  const bytes = findGuarded(path);
  if (bytes === undefined) {
    throw new SecretFileError("unreadable", path, "does not exist", `Correct ${setting}, or put the file there.`);
  }
  return bytes;
}

/** Refuses what somebody else can read, write or replace. */
function checkGuard(path: string, stats: Stats): void {
  const own = process.geteuid!();
  if (stats.uid !== own) {
    throw new SecretFileError(
      "owner",
      path,
      `belongs to user ${stats.uid}, and this server runs as user ${own}`,
      `If its content can be trusted, run chown ${own} ${shellPath(path)}.`,
    );
  }
  if ((stats.mode & 0o077) !== 0) {
    throw new SecretFileError(
      "mode",
      path,
      `has mode ${octal(stats.mode)}, so that others can get at it`,
      `Run chmod 600 ${shellPath(path)}; if somebody may have read it, make its secrets anew.`,
    );
  }
  const folder = dirname(path);
  const { mode } = statSync(folder);
  if ((mode & 0o1002) === 0o002) {
    throw new SecretFileError(
      "mode",
      folder,
      `has mode ${octal(mode)}, so that anybody can replace the file of secrets in it`,
      `Run chmod o-w ${shellPath(folder)}.`,
    );
  }
}

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, "0");
}
