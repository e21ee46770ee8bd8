/** The versions that an operation or parameter is known from. */
export interface VersionRange {
  since?: string;
  until?: string;
}

/** Orders versions by major and minor number: negative when `a` is older. Later parts and suffixes do not count. */
export function compareVersions(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split(".").map((part) => Number.parseInt(part, 10) || 0);
  const [bMajor = 0, bMinor = 0] = b.split(".").map((part) => Number.parseInt(part, 10) || 0);
  return aMajor - bMajor || aMinor - bMinor;
}

/**
 * Why a host's version lacks something, in words, or nothing. Only the vendored versions are known, so that a version
 * between two of them gets the benefit of the doubt. `where` is who runs that version.
 */
export function versionFault(
  range: VersionRange,
  host: string,
  versions: readonly string[],
  where = "the host",
): string | undefined {
  const { since, until } = range;
  if (since === undefined && until === undefined) return undefined;
  const atLeast = versions.find((version) => compareVersions(version, host) >= 0) ?? versions.at(-1)!;
  const atMost = versions.findLast((version) => compareVersions(version, host) <= 0) ?? versions[0]!;
  if (since !== undefined && compareVersions(atLeast, since) < 0) return `since ${since}; ${where} runs ${host}`;
  if (until !== undefined && compareVersions(atMost, until) > 0) return `gone after ${until}; ${where} runs ${host}`;
  return undefined;
}
