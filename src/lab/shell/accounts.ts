import type { GuestFiles } from "../guests/guest-files.ts";

/** A line of `/etc/passwd`. */
export interface Account {
  name: string;
  uid: number;
  home: string;
  line: string;
}

const PASSWD = "/etc/passwd";

/** The users of a node, as its `/etc/passwd` has them. */
export function accountsOf(files: GuestFiles): Account[] {
  return Buffer.from(files.find(PASSWD)?.bytes ?? "")
    .toString("utf8")
    .split("\n")
    .flatMap((line) => {
      const [name = "", , uid = "", , , home = ""] = line.split(":");
      return name === "" ? [] : [{ name, uid: Number(uid), home, line }];
    });
}

export function accountOf(files: GuestFiles, name: string): Account | undefined {
  return accountsOf(files).find((account) => account.name === name);
}

/** Replaces the list of users. */
export function writeAccounts(files: GuestFiles, lines: readonly string[]): void {
  files.write(PASSWD, Buffer.from(lines.map((line) => `${line}\n`).join("")), 0o644);
}
