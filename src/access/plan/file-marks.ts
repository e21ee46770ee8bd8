import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeStateDirectory } from "../state-directory.ts";
import { MARK_LIFETIME_MS, type PlanMarks } from "./marks.ts";
import { PlanRefusedError } from "./plan-errors.ts";

/** Marks as files of the state directory, for the processes that share it. */
export function fileMarks(directory: string, now: () => number = Date.now): PlanMarks {
  const marks = join(directory, "plans");
  const used = (nonce: string, part: number) => join(marks, `${nonce}.${part}.used`);
  const approved = (nonce: string) => join(marks, `${nonce}.approved`);
  const make = () => {
    makeStateDirectory(directory);
    mkdirSync(marks, { recursive: true, mode: 0o700 });
  };
  return {
    async claim(nonce, part) {
      make();
      try {
        // Creating the mark is the claim: of two processes, one finds it there already.
        writeFileSync(used(nonce, part), "", { flag: "wx", mode: 0o600 });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
        throw new PlanRefusedError("its use cannot be recorded in the state directory");
      }
      tidy(marks, now());
      return true;
    },
    isClaimed: async (nonce, part) => existsSync(used(nonce, part)),
    async approve(nonce, tag) {
      make();
      writeFileSync(approved(nonce), tag, { mode: 0o600 });
    },
    async approval(nonce) {
      try {
        return readFileSync(approved(nonce), "utf8");
      } catch {
        return undefined;
      }
    },
    close: async () => {},
  };
}

function tidy(marks: string, nowMs: number): void {
  for (const name of readdirSync(marks)) {
    const old = join(marks, name);
    // Another process may be at the same work.
    const made = statSync(old, { throwIfNoEntry: false })?.mtimeMs;
    if (made !== undefined && nowMs - made > MARK_LIFETIME_MS) rmSync(old, { force: true });
  }
}
