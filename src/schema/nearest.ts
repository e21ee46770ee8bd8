/** How many insertions, deletions and substitutions lie between two texts. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The names that a mistyped one most likely stood for, best first; none when all are far. */
export function nearest(name: string, known: Iterable<string>, limit = 1): string[] {
  const wanted = name.slice(0, 120).toLowerCase();
  const ranked = [...known].map((candidate) => ({ candidate, far: distance(wanted, candidate.toLowerCase()) }));
  return ranked
    .filter(({ candidate, far }) => far <= Math.max(2, Math.ceil(Math.max(wanted.length, candidate.length) / 3)))
    .sort((a, b) => a.far - b.far || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}
