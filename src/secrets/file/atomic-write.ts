import { randomBytes } from "node:crypto";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { codeOf, SecretFileError } from "./file-error.ts";

/**
 * Replaces a file, mode 0600, as a whole: whoever reads it, also after a crash, finds the old content or the new one. To
 * be called under the lock: drafts that a killed writer left are removed.
 */
export async function writeAtomically(path: string, content: string): Promise<void> {
  const folder = dirname(path);
  const draft = join(folder, `${basename(path)}.${randomBytes(6).toString("hex")}.draft`);
  try {
    await removeDrafts(path);
    const file = await open(draft, "wx", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw unwritable(path, error);
  }
}

/** Makes the folder of a file that is about to be written, for its owner alone. */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw unwritable(path, error);
  }
}

export function unwritable(path: string, error: unknown): SecretFileError {
  return new SecretFileError(
    "unwritable",
    path,
    `cannot be written (${codeOf(error)}); what was there is unchanged`,
    "Give the folder to the user that this runs as, and see that there is room on the disk.",
  );
}

async function removeDrafts(path: string): Promise<void> {
  const ours = new RegExp(`^${basename(path).replace(/[^\w]/g, "\\$&")}\\.[0-9a-f]{12}\\.draft$`);
  const left = (await readdir(dirname(path))).filter((name) => ours.test(name));
  await Promise.all(left.map((name) => rm(join(dirname(path), name), { force: true })));
}

/** The new name is in the folder, which has to reach the disk too; not every system lets a folder be synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
