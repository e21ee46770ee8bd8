import { describe, expect, it } from "vitest";
import { formatProblem, verify } from "../../../src/lab/parameters/index.ts";
import { decodeUrlencoded } from "../../../src/lab/wire/decode-urlencoded.ts";
import { comparable, vectors } from "./vectors.ts";

type Params = Record<string, unknown>;
type Errors = Record<string, string>;

interface ParameterVerdict {
  id: number;
  method: string;
  path: string;
  params: Params;
  status: number;
  errors?: Errors;
  message?: string;
}

interface FormVerdict extends Omit<ParameterVerdict, "params"> {
  form: string;
  normalized?: Params;
}

interface FormatVerdict {
  format: string;
  value: string;
  ok: boolean;
  /** The verdict follows from files of the server. */
  host?: true;
}

const names = (errors: Errors = {}): string => Object.keys(errors).sort().join(" ");
const share = (part: number, all: number): number => (100 * part) / all;

describe("the recorded verdicts of the real validator", () => {
  const all = vectors<ParameterVerdict>("parameters");
  const outcomes = all.map(({ method, path, params }) => verify(method, path, params));

  it("blames the same parameters in 99.5 of 100 calls", () => {
    const differing = all.filter(({ status, errors }, index) => {
      const got = outcomes[index]!;
      return got.status !== status || names("errors" in got ? got.errors : {}) !== names(errors);
    });
    expect(share(all.length - differing.length, all.length)).toBeGreaterThanOrEqual(99.5);
  });

  it("says the same of them in 99 of 100 errors, and of every unknown path", () => {
    let texts = 0;
    const differing: unknown[] = [];
    all.forEach(({ id, status, errors = {}, message }, index) => {
      const got = outcomes[index]!;
      if (status === 501 && got.status === 501) expect(got.message).toBe(message);
      const said = "errors" in got ? got.errors : {};
      for (const [name, text] of Object.entries(errors)) {
        texts += 1;
        const ours = said[name];
        if (ours === undefined || comparable(ours) !== comparable(text)) differing.push({ id, name, text, ours });
      }
    });
    expect(texts).toBeGreaterThan(9000);
    expect(share(texts - differing.length, texts)).toBeGreaterThanOrEqual(99);
  });

  it("decodes, normalises and judges 99 of 100 forms alike", () => {
    // The recorder itself could not send text beyond single bytes.
    const forms = vectors<FormVerdict>("forms").filter(({ status }) => status !== 500);
    expect(forms.length).toBeGreaterThan(850);
    const differing = forms.filter(({ method, path, form, status, normalized, errors }) => {
      const params = { ...decodeUrlencoded(Buffer.from(form, "latin1")) };
      const got = verify(method, path, params, { source: "form" });
      if (got.status !== status) return true;
      if (got.status === 200) return !sameValues(got.values, normalized);
      return "errors" in got && names(got.errors) !== names(errors);
    });
    expect(share(forms.length - differing.length, forms.length)).toBeGreaterThanOrEqual(99);
  });
});

function sameValues(got: Params, wanted: Params = {}): boolean {
  const flat = (params: Params): string => JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)));
  return flat(got) === flat(wanted);
}

describe("the recorded verdicts on named formats", () => {
  const byFormat = new Map<string, FormatVerdict[]>();
  for (const verdict of vectors<FormatVerdict>("formats"))
    byFormat.set(verdict.format, [...(byFormat.get(verdict.format) ?? []), verdict]);

  it.each([...byFormat.keys()])("%s", (format) => {
    const differing = byFormat.get(format)!.filter(({ value, ok, host }) => {
      const accepted = formatProblem(format, value, "value") === undefined;
      return accepted !== ok && !(host && accepted);
    });
    expect(differing).toEqual([]);
  });
});
