/** Agreement of one checker with one set of real verdicts. */
export interface VectorReport {
  set: string;
  by: string;
  cases: number;
  agree: number;
  /** Rule, number of cases, example; most frequent first. */
  rules: string[][];
}

/** Runs every set of verdicts. */
export async function runVectors(): Promise<VectorReport[]> {
  return [];
}
