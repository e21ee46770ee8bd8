import type { Lab, LabOptions } from "../../src/lab/index.ts";
import type { Session } from "../../tests/support/session.ts";
import { misfit, type Pattern } from "./pattern.ts";

// biome-ignore lint/suspicious/noExplicitAny: each scenario knows the shape that it looks at
type Data = any;
type Args = Record<string, unknown>;

/** What any scenario has at hand: the tool that it is about, and the session. */
export interface Calls {
  /** Calls the scenario's tool; its answer is no error and fits the pattern. */
  call(args: Args, pattern?: Pattern): Promise<Data>;
  /** Calls it where a person has to confirm: the first call gives the plan and sends nothing, the second carries it out. */
  confirmed(args: Args, pattern?: Pattern): Promise<Data>;
  /** Calls it and expects the error of this code; answers with the error. */
  fails(args: Args, code: string, pattern?: Pattern): Promise<Data>;
  /** Calls another tool that the scenario needs; its answer is no error. */
  use(tool: string, args: Args, pattern?: Pattern): Promise<Data>;
  /** Demands that a value fits a pattern. */
  check(value: unknown, pattern: Pattern, what: string): void;
}

/** What a scenario in the lab has at hand. */
export interface Stage extends Calls {
  readonly lab: Lab;
}

type Scenario = (stage: Stage) => Promise<void>;

/** Scenarios that share one lab and one server; they run in this order. */
export interface Domain {
  name: string;
  lab?: LabOptions;
  /** Settings of the server beside the way to the lab; those that the lab decides, such as its SSH keys, by a function. */
  env?:
    | Record<string, string>
    | ((lab: Lab, folder: string) => Record<string, string> | Promise<Record<string, string>>);
  /** By the name of the tool that each is about. */
  scenarios: Readonly<Record<string, Scenario>>;
}

/** Notes how a tool's call was answered: `ok`, or the code of the error. */
export type Note = (tool: string, answer: string) => void;

/** The stage of one scenario in the lab. */
export function stageOf(tool: string, session: Session & { lab: Lab }, note: Note): Stage {
  const writes = async () => session.lab.requests.filter(({ method }) => method !== "GET").length;
  return { ...callsOf(tool, session, note, writes), lab: session.lab };
}

/** The calls of one scenario; `writes` counts the changes that have been sent so far. */
export function callsOf(tool: string, session: Session, note: Note, writes: () => Promise<number>): Calls {
  const ask = async (name: string, args: Args) => {
    const answer = await session.call(name, args);
    note(name, answer.error?.code ?? "ok");
    return answer;
  };
  const fail = (name: string, args: Args, fault: string): never => {
    throw new Error(`${name} ${JSON.stringify(args)}: ${fault}`);
  };
  const use = async (name: string, args: Args, pattern: Pattern = {}): Promise<Data> => {
    const { data, error } = await ask(name, args);
    if (error) fail(name, args, `[${error.code}] ${error.message} ${error.next ?? ""}`);
    const fault = misfit(data, pattern);
    if (fault !== undefined) fail(name, args, fault);
    return data;
  };
  const fails = async (args: Args, code: string, pattern: Pattern = {}): Promise<Data> => {
    const { data, error } = await ask(tool, args);
    const fault = error
      ? misfit(error, { code, ...(pattern as object) }, "error")
      : `no error: ${JSON.stringify(data)}`;
    if (fault !== undefined) fail(tool, args, fault);
    return error;
  };
  return {
    use,
    fails,
    call: (args, pattern) => use(tool, args, pattern),
    async confirmed(args, pattern) {
      const sent = await writes();
      const { data } = await fails(args, "confirmation-required", { data: { plan: { planId: /./, confirm: /./ } } });
      if ((await writes()) !== sent) fail(tool, args, "sent a change before it was confirmed");
      return use(tool, { ...args, planId: data.plan.planId, confirm: data.plan.confirm }, pattern);
    },
    check(value, pattern, what) {
      const fault = misfit(value, pattern, what);
      if (fault !== undefined) throw new Error(`${tool}: ${fault}`);
    },
  };
}
