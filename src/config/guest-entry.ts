import type { HostAddress } from "./ssh-parsers.ts";

/** How guests are reached over SSH of their own; every guest that fits is meant. */
export interface GuestEntry {
  /** Where it stands in the file, for errors: `guests[0] (vmid 101)`. */
  place: string;
  /** Absent where there is one cluster only. */
  cluster?: string;
  by: { vmid: number } | { name: string } | { tag: string };
  os: "linux" | "windows";
  /** The identity's own when absent. */
  username?: string;
  port: number;
  /** What the guest tells when absent. */
  address?: string;
  /** As `parseHostKeys` takes them. */
  hostKeys: readonly string[];
  /** Where the private key is; the cluster's own SSH identity when absent. */
  key?: { path: string; passphrase?: string } | { secret: string };
  /** Works as root by sudo. */
  sudo: boolean;
  /** Host to go through, with the same identity. */
  jump?: HostAddress & { username?: string };
}

/** A guest as the table is asked for it. */
export interface NamedGuest {
  vmid: number;
  name?: string | undefined;
  tags: readonly string[];
}

/** The entry of a guest: the one that names its VMID, else its name, else the first that has one of its tags. */
export function guestEntryOf(
  entries: readonly GuestEntry[],
  cluster: string,
  { vmid, name, tags }: NamedGuest,
): GuestEntry | undefined {
  const here = entries.filter((entry) => entry.cluster === undefined || entry.cluster === cluster);
  // Tags are the same in any case.
  const own = tags.map((tag) => tag.toLowerCase());
  return (
    here.find(({ by }) => "vmid" in by && by.vmid === vmid) ??
    here.find(({ by }) => "name" in by && by.name === name) ??
    here.find(({ by }) => "tag" in by && own.includes(by.tag.toLowerCase()))
  );
}
