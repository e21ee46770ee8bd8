import { setTimeout as sleep } from "node:timers/promises";
import { manifest } from "../../generated/manifest.ts";
import { type Lab, type LabOptions, startLab } from "../../src/lab/index.ts";
import { Router } from "../../src/lab/router.ts";
import { areasOf } from "./areas.ts";
import { bodyOf, Comparison, type Finding } from "./compare.ts";
import { exchange, type WireAnswer } from "./exchange.ts";
import { leftOut, wholeBody } from "./exclusions.ts";
import { type Recording, readRecordings } from "./recordings.ts";
import { Shapes } from "./shape.ts";
import { Correspondence } from "./tokens.ts";

/** One replayed exchange with its differences. */
export interface Verdict {
  recording: Recording;
  area: string;
  /** Method and path template. */
  operation: string;
  got: WireAnswer;
  /** Why it is not compared. */
  leftOut?: string;
  findings: Finding[];
}

/** Secret and password of the throw-away machine, so that recorded requests are let in as they are. */
const TOKEN = { user: "root", realm: "pam", id: "realpve", secret: "11111111-2222-3333-4444-555555555555" };
const PASSWORD = "realpve-root-pw";
/** Milliseconds that running tasks are waited for before the next request. */
const SETTLE_MS = 300;
/** Milliseconds that a task may take to stop which stopped in the recording. */
const TASK_MS = 3000;

/** Waits for the end of tasks; what outlasts it, such as an open console, is not waited for again. */
class Settling {
  readonly #ignored = new Set<string>();
  readonly #lab: Lab;

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  async wait(): Promise<void> {
    const end = Date.now() + SETTLE_MS;
    for (;;) {
      const running = [...this.#lab.state.tasks.all()].filter(
        (task) => task.endtime === undefined && !this.#ignored.has(task.upid),
      );
      if (running.length === 0) return;
      if (Date.now() > end) {
        for (const task of running) this.#ignored.add(task.upid);
        return;
      }
      await sleep(1);
    }
  }
}

interface TaskAnswer {
  data?: { status?: string; exitstatus?: string } | null;
}

/** Asks until a task that stopped in the recording has stopped here as well. */
async function ask(lab: Lab, recording: Recording, request: Recording["request"]): Promise<WireAnswer> {
  const wanted = (bodyOf(recording.response) as TaskAnswer | undefined)?.data;
  const isTask = /\/tasks\/[^/]+\/status$/.test(request.path) && wanted?.status !== undefined;
  const end = Date.now() + TASK_MS;
  for (;;) {
    const got = await exchange(lab, request);
    if (!isTask || got.status !== 200) return got;
    const body = bodyOf(got) as TaskAnswer | undefined;
    if (wanted.status === "running" && body?.data?.status === "stopped") {
      // The lab is faster; that it has ended by now is no difference.
      const { exitstatus: _, ...rest } = body.data;
      return { ...got, body: JSON.stringify({ ...body, data: { ...rest, status: "running" } }) };
    }
    if (wanted.status !== "stopped" || body?.data?.status === "stopped" || Date.now() > end) return got;
    await sleep(2);
  }
}

function operationOf(router: Router, recording: Recording): string {
  const path = recording.request.path.replace(/\?.*$/s, "").replace(/^\/+api2\/+\w*/, "");
  let plain = path;
  try {
    plain = decodeURIComponent(path);
  } catch {
    // Not escaped as it should be, so it is taken as it is.
  }
  return router.find(recording.request.method, plain || "/")?.id ?? `${recording.request.method} ${plain}`;
}

/** Replays every recorded exchange up to the last one of an area against a fresh lab. */
export async function replay(area?: string): Promise<Verdict[]> {
  const recordings = readRecordings();
  const areas = areasOf(recordings);
  const router = new Router(
    [],
    manifest.map((entry) => entry.id),
  );
  const operations = recordings.map((recording) => operationOf(router, recording));
  const shapes = new Shapes();
  recordings.forEach((recording, index) => {
    const body = bodyOf(recording.response);
    // Success and refusal have shapes of their own.
    if (body !== undefined) shapes.add(shapeName(operations[index]!, recording), body);
  });
  const last =
    area === undefined
      ? recordings.length - 1
      : recordings.findLastIndex((recording, index) => areas[index] === area || recording.file === area);
  const options: LabOptions & { rootPassword: string } = {
    seed: "recorded",
    token: TOKEN,
    rootPassword: PASSWORD,
    authDelayMs: 0,
    taskMs: 1,
    taskVisibleMs: 0,
    haMs: 1,
    agentMs: 1,
  };
  const lab = await startLab(options);
  const names = new Correspondence();
  const comparison = new Comparison(names, shapes);
  const settling = new Settling(lab);
  const verdicts: Verdict[] = [];
  try {
    for (const [index, recording] of recordings.slice(0, last + 1).entries()) {
      await settling.wait();
      const { method, path, headers } = recording.request;
      const body = wholeBody(recording);
      names.noteRequest([path, body ?? "", ...Object.values(headers)]);
      const request = {
        method,
        path: names.translate(path),
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, names.translate(value)])),
        body: body === null ? null : names.translate(body),
      };
      const got = await ask(lab, recording, request);
      const operation = operations[index]!;
      const why = leftOut(recording);
      const findings = comparison.compare(recording, shapeName(operation, recording), got);
      verdicts.push({
        recording,
        area: areas[index]!,
        operation,
        got,
        findings: why === undefined ? findings : [],
        ...(why === undefined ? {} : { leftOut: why }),
      });
    }
  } finally {
    await lab.close();
  }
  return verdicts;
}

function shapeName(operation: string, { response }: Recording): string {
  return `${operation} ${response.status === 200 ? "" : "refused"}`;
}
