import { spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chainsIn, filesOf, linesOf, parseLine, verifyChain } from "../../src/access/audit/index.ts";
import { hashOf, sealLine } from "../../src/access/audit/line.ts";
import { claim } from "../../src/access/audit/ownership.ts";
import { targetOf } from "../../src/access/audit/target.ts";
import {
  type CallRecord,
  loadStateKey,
  openRecord,
  type RecordLine,
  type RecordOptions,
} from "../../src/access/index.ts";

let directory: string;
let records: CallRecord[];
let notes: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "audit-"));
  records = [];
  notes = [];
});
afterEach(() => {
  for (const record of records) record.close();
  rmSync(directory, { recursive: true, force: true });
});

const path = (name = "audit.jsonl") => join(directory, name);
const read = (name?: string) => readFileSync(path(name), "utf8").split("\n").slice(0, -1);
const parsed = (name?: string) => read(name).map((line) => parseLine(line)!);
const write = (lines: readonly string[]) => writeFileSync(path(), lines.map((line) => `${line}\n`).join(""));
const key = () => loadStateKey(directory);
const verify = (chain = "audit") => verifyChain(directory, chain, key());

function open(options: RecordOptions = {}): CallRecord {
  const record = openRecord(directory, { note: (text) => notes.push(text), ...options });
  records.push(record);
  return record;
}

function line(call: string, phase: RecordLine["phase"] = "before", more: Partial<RecordLine> = {}): RecordLine {
  const head = { requestId: "r", call, principal: "local", tool: "t", cluster: "c" };
  return { phase, ...head, operation: "PUT /nodes/{node}/qemu/{vmid}/config", class: "mutate", ...more };
}

/** A log of `count` lines, its writer gone. */
async function written(count: number, options: RecordOptions = {}): Promise<void> {
  const record = open(options);
  for (let number = 1; number <= count; number += 2) {
    await record.append(line(`c${number}`), { sync: true });
    if (number < count) await record.append(line(`c${number}`, "after", { outcome: "ok" }), { sync: true });
  }
  record.close();
}

describe("a chain", () => {
  test("numbers its lines, ties each to the one before, and is sound", async () => {
    await written(6);
    const lines = parsed();
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(lines.map(({ prev }) => prev)).toEqual(["", ...read().slice(0, -1).map(hashOf)]);
    expect(await verify()).toMatchObject({ lines: 6, from: 1, to: { seq: 6 }, provenTo: 6, problems: [] });
    const mode = (name: string) => statSync(path(name)).mode & 0o777;
    expect([mode("audit.jsonl"), mode("audit.head"), mode("audit.lock.1"), mode("state.key")]).toEqual(
      Array(4).fill(0o600),
    );
  });

  test("goes on where the last process ended", async () => {
    await written(4);
    await written(4);
    expect(parsed().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect((await verify()).problems).toEqual([]);
    expect(readdirSync(directory).sort()).toEqual(["audit.head", "audit.jsonl", "audit.lock.2", "state.key"]);
  });

  test("of its own is written by each of several writers at once, and taken up by the next", async () => {
    const [one, two] = [open(), open()];
    await Promise.all([one, two].map((record) => record.append(line("x"), { sync: true })));
    await Promise.all([one, two].map((record) => record.append(line("x", "after"), { sync: true })));
    expect(chainsIn(directory)).toEqual(["audit", "audit-2"]);
    one.close();
    two.close();
    await open().append(line("y"), { sync: true });
    expect(parsed().map(({ call }) => call)).toEqual(["x", "x", "y"]);
    for (const chain of chainsIn(directory)) expect((await verify(chain)).problems).toEqual([]);
  });
});

describe("what is done to a chain is found out:", () => {
  const swap = (lines: string[], a: number, b: number) => {
    [lines[a - 1], lines[b - 1]] = [lines[b - 1]!, lines[a - 1]!];
  };
  const alter = (lines: string[], number: number) =>
    void lines.splice(number - 1, 1, lines[number - 1]!.replace("local", "other"));
  const forged = (lines: readonly string[], seq: number) =>
    JSON.stringify({ ...JSON.parse(lines[seq - 1]!), prev: hashOf(lines[seq - 1]!), seq: seq + 1 });

  test.each<[string, (lines: string[]) => void, kind: string, line: number | undefined, why: RegExp]>([
    ["a line altered", (all) => alter(all, 4), "altered", 4, /altered/],
    ["one byte of a line altered", (all) => void all.splice(3, 1, `${all[3]} `), "altered", 4, /altered/],
    ["the first line altered", (all) => alter(all, 1), "altered", 1, /altered/],
    ["the last line altered", (all) => alter(all, 10), "altered", 10, /altered/],
    ["two lines altered", (all) => void all.fill("{}", 3, 5), "altered", 4, /altered/],
    ["a line deleted", (all) => void all.splice(3, 1), "removed", 4, /line number 4 is missing/],
    ["three lines deleted", (all) => void all.splice(3, 3), "removed", 4, /3 of the numbers 4 to 6/],
    ["the first line deleted", (all) => void all.splice(0, 1), "removed", 1, /numbers 1 to 1 are missing/],
    ["a forged line inserted", (all) => void all.splice(4, 0, forged(all, 4)), "inserted", 5, /inserted/],
    ["a forged line put first", (all) => void all.unshift("{}"), "inserted", 1, /inserted/],
    ["a forged line appended", (all) => void all.push(forged(all, 10)), "inserted", 11, /inserted/],
    ["a true line copied", (all) => void all.splice(6, 0, all[2]!), "inserted", 7, /second copy of line number 3/],
    ["two lines swapped", (all) => swap(all, 4, 5), "moved", 4, /before line number 4/],
    ["distant lines swapped", (all) => swap(all, 2, 8), "moved", 2, /moved/],
    ["the end cut", (all) => void all.splice(8, 2), "cut", undefined, /numbers 9 to 10 are missing at its end/],
    ["all cut", (all) => void all.splice(0), "cut", undefined, /all 10 lines/],
  ])("%s", async (_, tamper, kind, at, why) => {
    await written(10);
    const lines = read();
    tamper(lines);
    write(lines);
    const { problems } = await verify();
    expect(problems[0]).toMatchObject({ kind, why: expect.stringMatching(why) });
    expect(problems[0]!.line).toBe(at);
  });

  test("every line and every gap, by single changes at every place", async () => {
    await written(6);
    const lines = read();
    for (let at = 0; at < lines.length; at++) {
      for (const change of [
        (all: string[]) => all.splice(at, 1),
        (all: string[]) => all.splice(at, 0, "{}"),
        (all: string[]) => all.splice(at, 1, all[at]!.replace('"c"', '"d"')),
        (all: string[]) => all.splice(at, 0, all[(at + 3) % 6]!),
      ]) {
        const changed = [...lines];
        change(changed);
        write(changed);
        expect((await verify()).problems.length).toBeGreaterThan(0);
      }
    }
    write(lines);
    expect((await verify()).problems).toEqual([]);
  });

  test("lines written with another key", async () => {
    await written(4);
    rmSync(path("state.key"));
    const { problems } = await verify();
    expect(problems.map(({ kind }) => kind)).toEqual(["other-key", "head"]);
  });

  test("a chain forged as a whole, with its head, by somebody without the key", async () => {
    await written(4);
    const elsewhere = mkdtempSync(join(tmpdir(), "audit-forger-"));
    const other = loadStateKey(elsewhere);
    let last = { seq: 0, hash: "" };
    const lines = parsed().map(({ seq: _, prev: __, ...entry }) => {
      const text = sealLine(entry as never, last, other).replace("local", "other");
      last = { seq: last.seq + 1, hash: hashOf(text) };
      return text;
    });
    write(lines);
    expect((await verify()).problems[0]).toMatchObject({ kind: "other-key", line: 1 });
    rmSync(elsewhere, { recursive: true });
  });

  test.each([
    ["removed", () => rmSync(path("audit.head")), /missing/],
    ["altered", () => writeFileSync(path("audit.head"), '{"seq":2,"hash":"","firstSeq":1,"mac":"x"}'), /not made/],
  ])("a head that was %s", async (_, tamper, why) => {
    await written(4);
    tamper();
    expect((await verify()).problems).toMatchObject([{ kind: "head", why: expect.stringMatching(why) }]);
  });

  test("a cut end, also after the server has gone on", async () => {
    await written(6);
    write(read().slice(0, 4));
    await written(2);
    expect(notes).toEqual([expect.stringMatching(/lines 5 to 6 are missing/)]);
    expect(parsed().map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 7, 8]);
    expect((await verify()).problems).toMatchObject(
      [{ kind: "removed", line: 5, why: /numbers 5 to 6/ }].map((problem) => ({
        ...problem,
        why: expect.stringMatching(problem.why),
      })),
    );
  });

  test("a file removed under the server's hands", async () => {
    const record = open();
    await record.append(line("a"), { sync: true });
    rmSync(path());
    await record.append(line("b"), { sync: true });
    expect(parsed().map(({ seq }) => seq)).toEqual([2]);
    expect((await verify()).problems[0]).toMatchObject({ kind: "removed", line: 1 });
  });
});

describe("the files", () => {
  test("are put aside by size, no line is lost, and the chain goes on over them", async () => {
    const record = open({ maxBytes: 2000, keep: 100 });
    for (let number = 0; number < 40; number++) {
      await Promise.all([
        record.append(line(`c${number}`), { sync: true }),
        record.append(line(`r${number}`, "before", { class: "read" })),
      ]);
    }
    const files = filesOf(directory, "audit");
    expect(files.length).toBeGreaterThan(5);
    for (const { path } of files) expect(statSync(path).size).toBeLessThanOrEqual(2000);
    record.close();
    const seen: (string | undefined)[] = [];
    for await (const { bytes } of linesOf(filesOf(directory, "audit"))) seen.push(parseLine(bytes.toString())!.call);
    const wanted = Array.from({ length: 40 }, (_, number) => [`c${number}`, `r${number}`]).flat();
    // At its end the record says of the calls that have no line after that their end is not known.
    expect(seen.filter((call, index) => seen.indexOf(call) === index).sort()).toEqual(wanted.sort());
    expect(await verify()).toMatchObject({ from: 1, problems: [] });
    const second = filesOf(directory, "audit")[2]!;
    rmSync(second.path);
    expect((await verify()).problems[0]!.kind).toBe("removed");
  });

  test("beyond the number to keep are removed, which is no fault; one that is missing is", async () => {
    await written(60, { maxBytes: 2000, keep: 3 });
    await written(10, { maxBytes: 2000, keep: 3 });
    const files = filesOf(directory, "audit");
    expect(files).toHaveLength(4);
    const sound = await verify();
    expect(sound).toMatchObject({ from: files[0]!.firstSeq, to: { seq: 70 }, problems: [] });
    expect(sound.from).toBeGreaterThan(1);
    rmSync(files[0]!.path);
    expect((await verify()).problems[0]).toMatchObject({ kind: "removed", line: 1 });
  });

  test("survive a crash between putting one aside and beginning the next", async () => {
    await written(6);
    renameSync(path(), path("audit.000000000001.jsonl"));
    await written(2);
    expect(await verify()).toMatchObject({ files: 2, to: { seq: 8 }, problems: [] });
  });
});

describe("lines of reads", () => {
  test("wait some milliseconds, or for the next synced line", async () => {
    const record = open({ flushMs: 40 });
    await record.append(line("r1", "before", { class: "read" }));
    expect(existsSync(path())).toBe(false);
    await expect.poll(() => existsSync(path()) && read().length, { timeout: 500, interval: 10 }).toBe(1);
    await record.append(line("r2", "before", { class: "read" }));
    await record.append(line("m"), { sync: true });
    expect(parsed().map(({ call }) => call)).toEqual(["r1", "r2", "m"]);
    await record.append(line("r3", "before", { class: "read" }));
    record.close();
    expect(parsed().at(-2)).toMatchObject({ call: "r3" });
  });
});

describe("a log that cannot be written", () => {
  test("refuses changes, keeps the lines of reads, says so once, and recovers", async () => {
    const blocked = join(directory, "state");
    writeFileSync(blocked, "");
    const record = openRecord(blocked, { note: (text) => notes.push(text), flushMs: 10 });
    records.push(record);
    await record.append(line("r1", "before", { class: "read" }));
    for (const call of ["a", "b"]) await expect(record.append(line(call), { sync: true })).rejects.toThrow();
    expect(record.problem()).toMatch(/EEXIST|ENOTDIR/);
    expect(notes).toEqual([expect.stringMatching(/cannot be written \((EEXIST|ENOTDIR)\): nothing is changed/)]);
    rmSync(blocked);
    await record.append(line("c"), { sync: true });
    expect(record.problem()).toBeUndefined();
    expect(parsed("state/audit.jsonl").map(({ call }) => call)).toEqual(["r1", "c"]);
    expect(notes).toHaveLength(2);
  });

  test("for long counts the reads that it cannot keep, and says so in a line", async () => {
    mkdirSync(path());
    const record = open({ flushMs: 10 });
    for (let number = 0; number < 1203; number++) {
      await record.append(line(`r${number}`, "before", { class: "read" }));
    }
    expect(record.problem()).toBe("EISDIR");
    rmdirSync(path());
    await record.append(line("m"), { sync: true });
    const dropped = parsed().at(-1)!;
    expect(dropped).toMatchObject({ phase: "dropped", detail: expect.stringMatching(/^20[0-3] lines/) });
    expect(parsed().length + Number.parseInt(dropped.detail!, 10)).toBe(1203 + 2);
    expect((await verify()).problems).toEqual([]);
  });

  test.skipIf(process.getuid?.() === 0)("by rights, too", async () => {
    await written(2);
    chmodSync(path(), 0o400);
    await expect(open().append(line("a"), { sync: true })).rejects.toThrow("EACCES");
    chmodSync(path(), 0o600);
  });

  test("for a while has every line of the reads afterwards, and none of the refused changes", async () => {
    const record = open({ flushMs: 10 });
    await record.append(line("a"), { sync: true });
    await record.append(line("a", "after"), { sync: true });
    rmSync(path());
    rmSync(path("audit.lock.1"));
    // A directory stands where the file should: nothing can be opened there.
    mkdirSync(path());
    await record.append(line("r", "before", { class: "read" }));
    await expect(record.append(line("b"), { sync: true })).rejects.toThrow("EISDIR");
    expect(record.problem()).toBe("EISDIR");
    rmdirSync(path());
    await record.append(line("c"), { sync: true });
    expect(record.problem()).toBeUndefined();
    expect(parsed().map(({ call }) => call)).toEqual(["r", "c"]);
    expect(notes).toHaveLength(2);
  });
});

describe("after a crash", () => {
  /** Runs a process that opens the log, writes lines, and is killed. */
  async function killed(program: string): Promise<void> {
    const source = `
      const { openRecord } = await import(${JSON.stringify(new URL("../../src/access/index.ts", import.meta.url).href)});
      const record = openRecord(${JSON.stringify(directory)});
      const line = (call, phase = "before", more = {}) => ({ phase, requestId: "r", call, principal: "local", tool: "t",
        cluster: "c", operation: "PUT /x", class: "mutate", target: { node: "n", vmid: 7 }, ...more });
      ${program}
      process.kill(process.pid, "SIGKILL");`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", source], {
      stdio: "inherit",
    });
    await new Promise((resolve) => child.once("close", resolve));
  }

  test("the changing calls that were under way are said to be lost, once", async () => {
    await killed(`
      await record.append(line("a"), { sync: true });
      await record.append(line("a", "after", { outcome: "ok" }), { sync: true });
      await record.append(line("b"), { sync: true });
      await record.append(line("r", "before", { class: "read" }));
      await record.append(line("c"), { sync: true });`);
    await open().append(line("d"), { sync: true });
    expect(parsed().map(({ phase, call }) => [phase, call])).toEqual([
      ["before", "a"],
      ["after", "a"],
      ["before", "b"],
      ["before", "r"],
      ["before", "c"],
      ["lost", "b"],
      ["lost", "c"],
      ["before", "d"],
    ]);
    expect(parsed()[5]).toMatchObject({
      outcome: "unknown",
      detail: expect.stringContaining("line 3"),
      target: { vmid: 7 },
    });
    expect(notes).toEqual(["PUT /x", "PUT /x"].map((text) => expect.stringContaining(text)));
    expect((await verify()).problems).toEqual([]);
    // The next one asks nobody again.
    records[0]!.close();
    notes.length = 0;
    await open().append(line("e"), { sync: true });
    expect(notes).toEqual([]);
    expect((await verify()).problems).toEqual([]);
  });

  test("in a chain that stands beside, too", async () => {
    const first = open();
    await first.append(line("x", "denied"), { sync: true });
    await killed(`await record.append(line("b"), { sync: true });`);
    first.close();
    await open().append(line("d"), { sync: true });
    expect(parsed("audit-2.jsonl").map(({ phase }) => phase)).toEqual(["before", "lost"]);
    for (const chain of ["audit", "audit-2"]) expect((await verify(chain)).problems).toEqual([]);
  });

  test("a line that was not finished is told of, and the chain is sound", async () => {
    await killed(`await record.append(line("b"), { sync: true });`);
    appendFileSync(path(), '{"seq":2,"ti');
    expect((await verify()).problems).toMatchObject([{ kind: "unfinished", line: 2 }]);
    await open().append(line("d"), { sync: true });
    expect(parsed().map(({ phase }) => phase)).toEqual(["before", "torn", "lost", "before"]);
    expect(parsed()[1]!.detail).toContain('{"seq":2,"ti');
    expect((await verify()).problems).toEqual([]);
  });
});

describe("a chain's owner", () => {
  test("is one, however many ask at once", () => {
    const owners = Array.from({ length: 20 }, () => claim(directory, "audit")).filter(Boolean);
    expect(owners).toHaveLength(1);
    owners[0]!.release();
    expect(claim(directory, "audit")).toMatchObject({ predecessorDied: false });
  });

  test.each<[string, object, number, boolean | undefined]>([
    ["let go", { released: true }, 0, false],
    ["is a process that is gone", { pid: 2 ** 22 + 1, here: true }, 0, true],
    ["is a process that runs", { pid: process.pid, here: true }, 0, undefined],
    ["is a later process of the same number", { pid: process.pid, here: true, began: "1" }, 0, true],
    ["is elsewhere and was heard of lately", { pid: 1, scope: "elsewhere" }, 60, undefined],
    ["is elsewhere and was not heard of for long", { pid: 1, scope: "elsewhere" }, 121, true],
    ["could not put things in order", { pid: process.pid, here: true, unfinished: true }, 0, true],
    ["is unreadable", "x" as never, 0, undefined],
  ])("that %s", (_, owner, agoSeconds, died) => {
    claim(directory, "probe");
    const { scope } = JSON.parse(readFileSync(path("probe.lock.1"), "utf8"));
    writeFileSync(path("audit.lock.7"), typeof owner === "string" ? owner : JSON.stringify({ scope, ...owner }));
    expect(claim(directory, "audit", () => Date.now() + agoSeconds * 1000)?.predecessorDied).toBe(died);
    expect(readdirSync(directory).filter((name) => name.startsWith("audit.lock"))).toEqual([
      died === undefined ? "audit.lock.7" : "audit.lock.8",
    ]);
  });

  test("finds out after a standstill that it was replaced, and writes elsewhere", () => {
    let now = Date.now();
    const clock = () => now;
    const first = claim(directory, "audit", clock)!;
    expect(first.holds()).toBe(true);
    now += 121_000;
    first.beat();
    expect(claim(directory, "audit", clock)?.predecessorDied).toBe(true);
    expect(first.holds()).toBe(false);
    first.release();
    expect(claim(directory, "audit", clock)).toBeUndefined();
  });
});

test.each([
  ["PUT /nodes/{node}/qemu/{vmid}/config", { node: "n", vmid: 7, cores: 2 }, { node: "n", vmid: 7 }],
  ["POST /nodes/{node}/qemu", { node: "n", vmid: 7, storage: "s", memory: 1 }, { node: "n", vmid: 7, storage: "s" }],
  [
    "POST /nodes/{node}/qemu/{vmid}/clone",
    { node: "n", vmid: 7, newid: 8, name: "x" },
    { node: "n", vmid: 7, newid: 8 },
  ],
  ["DELETE /access/users/{userid}/token/{tokenid}", { userid: "u", tokenid: "t" }, { userid: "u", tokenid: "t" }],
  ["GET /nodes/{node}/lxc/{vmid}/config", { node: "n", vmid: "7" }, { node: "n", vmid: 7 }],
  ["GET /version", {}, {}],
])("the target of %s %j is %j", (operation, params, target) => {
  expect(targetOf(operation, params)).toEqual(target);
});
