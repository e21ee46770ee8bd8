/** Versions of PVE that a lab can behave like, each with what its nodes report. */
export const VERSIONS = {
  "7.4": "7.4-20",
  "8.0": "8.0.9",
  "8.4": "8.4.14",
  "9.0": "9.0.18",
  "9.1": "9.1.9",
  "9.2": "9.2.11",
} as const;

export type LabVersion = keyof typeof VERSIONS;

/** Whether a lab can behave like it. */
export function isLabVersion(version: string): version is LabVersion {
  return Object.hasOwn(VERSIONS, version);
}

/** The version that a node's report (`8.4.14`) belongs to. */
export function labVersionOf(report: string): LabVersion | undefined {
  const version = /^\d+\.\d+/.exec(report)?.[0] ?? "";
  return isLabVersion(version) ? version : undefined;
}

function rank(version: string): number {
  const [major = 0, minor = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return major * 100 + minor;
}

/** Whether something that came with `since` and went after `until` is there in a version. */
export function isIn(version: string, { since, until }: { since?: string; until?: string }): boolean {
  if (since !== undefined && rank(version) < rank(since)) return false;
  return until === undefined || rank(version) <= rank(until);
}

/** What changed between versions on the wire. */
export interface Dialect {
  version: LabVersion;
  /** Bytes that a body may have (pve-facts 8). */
  bodyLimit: number;
  /** Error bodies carry `message` (pve-facts 22). */
  errorMessage: boolean;
  /** Every refused token is refused in the same words (pve-facts 26). */
  uniform401: boolean;
}

/** How a version speaks. */
export function dialectOf(version: LabVersion): Dialect {
  const from = (since: string): boolean => isIn(version, { since });
  return {
    version,
    bodyLimit: (from("8.4") ? 512 : 64) * 1024,
    errorMessage: from("8.4"),
    uniform401: from("9.2"),
  };
}
