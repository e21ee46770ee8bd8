import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import { applyOverrides, overrides } from "../../codegen/overrides.ts";
import { toJavaScript } from "../../codegen/perl-regexp.ts";
import { mutate, randomOf, Sampler } from "./pattern-sampler.ts";
import { doc, history, vendoredIr } from "./vendored.ts";
import { EXHAUSTIVE } from "../support/exhaustive.ts";

const SPACE = "\\t-\\r \\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";
const WORD = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}";
const applied = (source: string) => new RegExp(`^${source}\\n?$`, "u");

describe("toJavaScript", () => {
  it.each([
    ["(?^:a(b)c)", "(?:a(?:b)c)"],
    ["(?^i:a1_)", "(?:[Aa]1_)"],
    ["(?^i:[a-c])", "(?:[a-cA-C])"],
    ["(?^i:ks)", "(?:[Kk\\u212A][Ss\\u017F])"],
    ["(?^i:(?^:a)b)", "(?:(?:a)[Bb])"],
    ["(?i:a)", "(?:[Aa])"],
    ["(?^u:a)", "(?:a)"],
    ["(?>a+)b", "(?:(?=(?<a1>a+))\\k<a1>)b"],
    ["a{,3}", "a{0,3}"],
    ["a{2,}b{2}c{1,2}?", "a{2,}b{2}c{1,2}?"],
    ["\\d\\D", "\\p{Nd}\\P{Nd}"],
    ["\\w\\W", `[${WORD}][^${WORD}]`],
    ["\\s\\S", `[${SPACE}][^${SPACE}]`],
    ["[\\d_]", "[\\p{Nd}_]"],
    ["\\-\\_\\@\\!\\:\\.", "-_@!:\\."],
    ["\\0\\x1f\\x7F", "\\x00\\x1F\\x7F"],
    ["[-a]", "[\\-a]"],
    ["[a-]", "[a\\-]"],
    ["[]a]", "[\\]a]"],
    ["[^]a]", "[^\\]a]"],
    ["[a-\\d]", "[a\\-\\p{Nd}]"],
    ["[\\(\\)-_]", "[()-_]"],
    [".", "[^\\n]"],
    ["^a$|b", "^a(?=\\n?$)|b"],
    ["a}]", "a\\}\\]"],
    ["{x}", "\\{x\\}"],
    ["a(?=b)(?!c)", "a(?=b)(?!c)"],
  ])("%s is %s", (given, want) => {
    expect(toJavaScript(given)).toBe(want);
    expect(() => applied(want)).not.toThrow();
  });

  it.each([
    ["a++", /possessive/],
    ["[[:alpha:]]", /POSIX/],
    ["\\Aa\\z", /unknown escape/],
    ["(?x: a )", /flags/],
    ["(?#c)", /unknown group/],
    ["(a", /without end/],
    ["a)", /unbalanced/],
    ["[a", /without end/],
    ["[z-a]", /backwards/],
    ["*a", /nothing to repeat/],
    ["\\1", /unknown escape/],
    ["[\\W]", /negated shorthand/],
  ])("refuses %s", (given, want) => expect(() => toJavaScript(given)).toThrow(want));

  it.each<[pattern: string, value: string, want: boolean]>([
    ["a|b", "ax", true],
    ["a|b", "xb\n", true],
    ["a|b", "xbx", false],
    ["(?^:^a$)", "a\n", true],
    ["(?^:^a$)", "a\n\n", false],
    ["\\d+", "٣", true],
    [".", "\r", true],
    [".", "\n", false],
    ["\\S", "\ufeff", true],
    ["\\s", "\u0085", true],
  ])("%s on %j: %s", (pattern, value, want) => expect(applied(toJavaScript(pattern)).test(value)).toBe(want));
});

/** All patterns as vendored (old versions' too) and as corrected, except those that overrides replace. */
function sources(): string[] {
  const found = new Set<string>();
  const collect = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (!Array.isArray(node) && typeof (node as { pattern?: unknown }).pattern === "string")
      found.add((node as { pattern: string }).pattern);
    Object.values(node).forEach(collect);
  };
  collect(applyOverrides(doc.operations));
  collect(history);
  for (const { was } of overrides) if (typeof was?.pattern === "string") found.delete(was.pattern);
  return [...found].sort();
}

const PERL = `use utf8; use JSON::PP; binmode STDOUT, ':utf8'; local $/;
for my $case (@{ decode_json(<STDIN>) }) {
  my ($pattern, $values) = @$case;
  print join('', map { m/^$pattern$/ ? 1 : 0 } @$values), "\\n";
}`;
const askPerl = (cases: readonly (readonly [string, readonly string[]])[]): string[] => {
  const { stdout, status, stderr } = spawnSync("perl", ["-e", PERL], {
    input: JSON.stringify(cases),
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd().split("\n");
};
const hasPerl = spawnSync("perl", ["-MJSON::PP", "-e", "1"]).status === 0;

function samplesOf(source: string, seed: number, count: number): string[] {
  const random = randomOf(seed);
  const sampler = new Sampler(source, random);
  const samples = new Set<string>(["", "\n", "0", "a", "a\n", " "]);
  for (let index = 0; index < count; index++) {
    const sample = sampler.sample();
    const once = mutate(sample, random);
    for (const text of [sample, once, mutate(once, random)])
      if (text.length <= 400 && !/\p{Surrogate}/u.test(text)) samples.add(text);
  }
  return [...samples];
}

describe.skipIf(!hasPerl)(
  `translated patterns against perl${hasPerl ? "" : " (skipped: no perl with JSON::PP here)"}`,
  () => {
    it("agree on every sample", () => {
      const cases = sources().map(
        (pattern, index) => [pattern, samplesOf(toJavaScript(pattern), index + 1, 150)] as const,
      );
      const verdicts = askPerl(cases);
      const disagreements: string[] = [];
      let compared = 0;
      let matched = 0;
      for (const [index, [pattern, values]] of cases.entries()) {
        const expression = applied(toJavaScript(pattern));
        for (const [at, value] of values.entries()) {
          const ours = expression.test(value) ? "1" : "0";
          compared++;
          if (ours === "1") matched++;
          if (ours !== verdicts[index]![at])
            disagreements.push(`${pattern} on ${JSON.stringify(value)}: perl says ${verdicts[index]![at]}`);
        }
      }
      expect(disagreements).toEqual([]);
      expect(compared).toBeGreaterThan(20_000);
      expect(matched / compared).toBeGreaterThan(0.2);
    });

    it("rewritten patterns keep their language", () => {
      const rewritten = overrides.filter(({ was }) => typeof was?.pattern === "string");
      expect(rewritten).toHaveLength(2);
      for (const [index, { was, set }] of rewritten.entries()) {
        const [before, after] = [String(was!.pattern), String(set!.pattern)];
        // The original is exponential: short texts only.
        const values = [
          ...samplesOf(toJavaScript(after), index + 1, 2500),
          ...samplesOf(toJavaScript(before), index + 9, 2500),
        ].filter((value) => value.length <= 18);
        const [original, linear] = askPerl([
          [before, values],
          [after, values],
        ]);
        expect(values.length).toBeGreaterThan(1000);
        expect(linear).toBe(original);
        expect(original).toMatch(/1/);
        const expression = applied(toJavaScript(after));
        expect(values.map((value) => (expression.test(value) ? "1" : "0")).join("")).toBe(original);
      }
    });
  },
);

describe("emitted patterns", () => {
  const emitted = new Set<string>();
  beforeAll(() => {
    const collect = (node: unknown): void => {
      if (typeof node !== "object" || node === null) return;
      const { pattern } = node as { pattern?: unknown };
      if (typeof pattern === "string") emitted.add(pattern);
      Object.values(node).forEach(collect);
    };
    for (const { parameters, removedParameters, variants } of vendoredIr().operations)
      collect([parameters, removedParameters, variants]);
  });

  /** Quadratic at worst, as a top-level alternative without start anchor is searched for at every position. */
  const searched = [/^\(\?:\(\?:\[0-9a-fA-F\]\{4\}:\)\?.*\|\(\?:\[a-zA-Z\]/, /^passthrough\|/];

  it.runIf(EXHAUSTIVE)("are linear, or quadratic where reviewed", { timeout: 240_000 }, async () => {
    process.env.RECHECK_BACKEND = "pure";
    const { check } = createRequire(import.meta.url)("recheck") as typeof import("recheck");
    const bad: string[] = [];
    for (const source of emitted) {
      const verdict = await check(`^${source}\\n?$`, "u", { timeout: 20_000 });
      if (verdict.status === "safe") continue;
      const complexity = verdict.status === "vulnerable" ? verdict.complexity : undefined;
      const quadratic = complexity?.type === "polynomial" && complexity.degree === 2;
      if (!(quadratic && searched.some((known) => known.test(source))))
        bad.push(`${source}: ${complexity?.summary ?? verdict.status}`);
    }
    expect(emitted.size).toBeGreaterThan(60);
    expect(bad).toEqual([]);
  });

  it("answer long hostile texts at once", () => {
    const pumps = ["a", "A", "0", "-", ".", "a-", "a.", "a/", "a:", "0;", "a=b,", " ", "_", "u:1:1:1;", "aa:", "+a"];
    const slow: string[] = [];
    for (const source of emitted) {
      const expression = applied(source);
      for (const pump of pumps) {
        const text = `${pump.repeat(Math.ceil(4000 / pump.length))}\u0000`;
        const start = performance.now();
        expression.test(text);
        const spent = performance.now() - start;
        if (spent > 500) slow.push(`${source} on ${JSON.stringify(pump)}: ${Math.round(spent)} ms`);
      }
    }
    expect(slow).toEqual([]);
  });
});
