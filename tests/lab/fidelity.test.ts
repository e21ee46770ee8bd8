import { beforeAll, describe, expect, it } from "vitest";
import { bodyOf, Comparison } from "../../scripts/lab-fidelity/compare.ts";
import type { WireAnswer } from "../../scripts/lab-fidelity/exchange.ts";
import { losses, reachedBy, readReached } from "../../scripts/lab-fidelity/reached.ts";
import { type Recording, readRecordings } from "../../scripts/lab-fidelity/recordings.ts";
import { replay, type Verdict } from "../../scripts/lab-fidelity/replay.ts";
import { Shapes } from "../../scripts/lab-fidelity/shape.ts";
import { Correspondence } from "../../scripts/lab-fidelity/tokens.ts";
import { runVectors } from "../../scripts/lab-fidelity/vectors.ts";
import type { VectorReport } from "../../scripts/lab-fidelity/verdict.ts";

/** What a real server said, as another one of the same state would say it: other ids, keys and items in reverse. */
function another(value: unknown): unknown {
  if (typeof value === "string") return otherIds(value);
  if (Array.isArray(value)) return value.map(another).reverse();
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, another(inner)]),
  );
}

function otherIds(text: string): string {
  return text
    .replace(/(?<=UPID:pve1:)[0-9A-F]{8}/g, (pid) =>
      (Number.parseInt(pid, 16) + 4096).toString(16).toUpperCase().padStart(8, "0"),
    )
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) =>
      [...id]
        .reverse()
        .join("")
        .replace(/^(.{12})-(.*)-(.{8})$/, "$3-$2-$1"),
    );
}

function answerOf({ response }: Recording): WireAnswer {
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return { status: response.status, reason: response.reason, headers, body: response.body ?? "" };
}

describe("the comparison", () => {
  const recordings = readRecordings();
  const operation = ({ request, response }: Recording): string =>
    `${request.method} ${request.path} ${response.status}`;
  const shapes = new Shapes();
  for (const recording of recordings) shapes.add(operation(recording), bodyOf(recording.response));

  it("finds nothing in what another server of the same state would say, and knows its ids", () => {
    const names = new Correspondence();
    const comparison = new Comparison(names, shapes);
    let translated = 0;
    for (const recording of recordings) {
      const { path, body, headers } = recording.request;
      names.noteRequest([path, body ?? "", ...Object.values(headers)]);
      for (const text of [path, headers.Authorization ?? ""]) {
        const sent = decodeURIComponent(names.translate(text));
        if (sent === decodeURIComponent(text)) continue;
        translated += 1;
        expect(sent).toBe(otherIds(decodeURIComponent(text)));
      }
      const answer = answerOf(recording);
      const json = bodyOf(answer);
      if (json !== undefined) answer.body = JSON.stringify(another(json));
      expect(comparison.compare(recording, operation(recording), answer), `#${recording.seq}`).toEqual([]);
    }
    expect(translated).toBeGreaterThan(200);
  });

  it.each<[string, number, Partial<WireAnswer>, string[]]>([
    ["another status", 67, { status: 404 }, ["status"]],
    ["another reason", 67, { reason: "no such pool" }, ["reason"]],
    [
      "another parameter at fault",
      66,
      { body: '{"data":null,"message":"Parameter verification failed.\\n","errors":{"x":"y"}}' },
      ["error keys"],
    ],
    ["no content type", 67, { headers: {} }, ["headers"]],
    ["a missing member", 5, { body: '{"data":{"release":"9.2","version":"9.2.11"}}' }, ["shape"]],
    ["another type", 5, { body: '{"data":{"release":9.2,"version":"9.2.11","repoid":"14a22df300000000"}}' }, ["shape"]],
    [
      "another value",
      5,
      { body: '{"data":{"release":"9.2","version":"9.2.12","repoid":"14a22df300000000"}}' },
      ["values"],
    ],
    ["an empty list", 12, { body: '{"data":[]}' }, ["shape"]],
  ])("finds %s", (_, seq, change, kinds) => {
    const recording = recordings.find((candidate) => candidate.seq === seq)!;
    const comparison = new Comparison(new Correspondence(), shapes);
    const found = comparison.compare(recording, operation(recording), { ...answerOf(recording), ...change });
    expect([...new Set(found.map(({ kind }) => kind))]).toEqual(expect.arrayContaining(kinds));
  });
});

describe("the lab against a real server", () => {
  let verdicts: Verdict[] = [];
  let vectors: VectorReport[] = [];

  beforeAll(async () => {
    verdicts = await replay();
    vectors = await runVectors();
  });

  it("is asked everything that was recorded", () => {
    expect(verdicts).toHaveLength(990);
    expect(verdicts.filter(({ leftOut }) => leftOut !== undefined)).toHaveLength(8);
    expect(vectors.map(({ cases }) => cases)).toEqual([14_087, 7932, 14_087, 162, 877, 8029]);
  });

  it("agrees no less than it did before (npm run lab:fidelity -- --raise)", () => {
    expect(losses(readReached(), reachedBy(verdicts, vectors))).toEqual([]);
  });

  it("says of at least 99 % of the verdicts what the server says", () => {
    for (const { set, by, cases, agree } of vectors)
      if (set !== "parameters, same texts") expect(agree / cases, `${set}, ${by}`).toBeGreaterThanOrEqual(0.99);
  });
});
