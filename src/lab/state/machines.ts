/** A QEMU machine type; `changes` says what the server's own revision of it brings. */
export interface Machine {
  id: string;
  type: "i440fx" | "q35";
  version: string;
  changes?: string;
}

/** Versions with the server's own revisions, newest first; those of QEMU itself follow below each. */
const VERSIONS = (
  "10.0 9.2 9.1 9.0 8.2 8.1 8.0 7.2 7.1 7.0 6.2 6.1 6.0 5.2 5.1 5.0 4.2 4.1 4.0.1 4.0 3.1 3.0 2.12 2.11 2.10 2.9 2.8 " +
  "2.7 2.6 2.5 2.4"
).split(" ");

const REVISIONS: Readonly<Record<string, readonly string[]>> = {
  "10.0": ["The MTU of the host is always set for network cards."],
  "9.2": ["Sleep states S3 and S4 are off by default."],
  "4.1": ["Revisions begin here, without a change.", "More SCSI drives."],
};

/** Versions that only one chipset has. */
const ONLY_Q35 = new Set(["4.0.1"]);

/** Machine types of the simulated QEMU, newest first. */
export const MACHINES: readonly Machine[] = VERSIONS.flatMap((plain) => {
  const revisions = (REVISIONS[plain] ?? []).map((changes, index) => ({
    version: `${plain}+pve${index + 1}`,
    changes,
  }));
  return [...revisions.reverse(), { version: plain }].flatMap((entry) =>
    (["i440fx", "q35"] as const)
      .filter((type) => type === "q35" || !ONLY_Q35.has(plain))
      .map((type) => ({ id: `pc-${type}-${entry.version}`, type, ...entry })),
  );
});

/** Machine types of the other architecture. */
export const ARM_MACHINES: readonly Record<string, string>[] = ["10.0", "9.2", "9.1", "9.0", "8.2"].map((version) => ({
  id: `virt-${version}`,
  type: "virt",
  version,
}));
