/** What a checker says of one call: 200, 400 with the parameters at fault, or 501. */
export interface CallVerdict {
  status: number;
  errors: Record<string, string>;
}

/** Agreement of one checker with one set of real verdicts. */
export interface VectorReport {
  set: string;
  by: string;
  cases: number;
  agree: number;
  /** Rule, number of cases, example; most frequent first. */
  rules: string[][];
}

/** Collects disagreements under the rule that they come from. */
export class Tally {
  readonly #rules = new Map<string, { cases: number; example: string }>();
  cases = 0;
  agree = 0;

  add(rules: readonly string[], example: string): void {
    this.cases += 1;
    if (rules.length === 0) this.agree += 1;
    for (const rule of new Set(rules)) {
      const known = this.#rules.get(rule) ?? { cases: 0, example };
      known.cases += 1;
      this.#rules.set(rule, known);
    }
  }

  report(set: string, by: string): VectorReport {
    const rules = [...this.#rules]
      .sort(([name, one], [other, two]) => two.cases - one.cases || (name < other ? -1 : 1))
      .map(([rule, { cases, example }]) => [rule, String(cases), example]);
    return { set, by, cases: this.cases, agree: this.agree, rules };
  }
}

/** A text without the values in it, so that it names a rule. */
export function ruleOf(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  return line
    .replaceAll(/'[^']*'/g, "'…'")
    .replaceAll(/\b\d+\b/g, "N")
    .replace(/(invalid \w+ [a-z ]+:).*/, "$1 …")
    .replace(/(unknown helper ).*?(at )/, "$1… $2")
    .replace(/^item N: "[^"]*"/, 'item N: "…"')
    .slice(0, 120);
}

/** The rules on which two verdicts differ; none when they agree in status and parameters at fault. */
export function disagreements(wanted: CallVerdict, got: CallVerdict): string[] {
  if (wanted.status !== got.status && (wanted.status === 501 || got.status === 501))
    return [`status ${wanted.status}, given as ${got.status}`];
  const rules: string[] = [];
  for (const [name, text] of Object.entries(wanted.errors))
    if (!Object.hasOwn(got.errors, name)) rules.push(`accepted: ${ruleOf(text)}`);
  for (const [name, text] of Object.entries(got.errors))
    if (!Object.hasOwn(wanted.errors, name)) rules.push(`refused without cause: ${ruleOf(text)}`);
  if (rules.length === 0 && wanted.status !== got.status) rules.push(`status ${wanted.status}, given as ${got.status}`);
  return rules;
}
