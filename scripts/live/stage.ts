import type { Session } from "../../tests/support/session.ts";
import { type Calls, callsOf, type Note } from "../validate/scenario.ts";
import type { Site } from "./site.ts";

/** Why a scenario cannot be played on this host. */
export class Unplayable extends Error {}

/** What a scenario on a host has at hand. */
export interface LiveStage extends Calls {
  readonly site: Site;
  /** Ends the scenario with the reason why it cannot be played here. */
  unplayable(reason: string): never;
  /** What the site has; ends the scenario where it has none. */
  need<T>(value: T | undefined, reason: string): T;
}

/** Seconds that a task of a slow host may take. */
const PATIENCE = { waitSeconds: 300 };

type LiveScenario = (stage: LiveStage) => Promise<void>;
export type LiveScenarios = Readonly<Record<string, LiveScenario>>;

/** The stage of one scenario. Tools that wait for tasks, by `waits`, are given time. */
export function liveStage(
  tool: string,
  session: Session,
  site: Site,
  { note, waits }: { note: Note; waits: ReadonlySet<string> },
): LiveStage {
  const patient: Session = {
    ...session,
    call: (name, args, options) => session.call(name, waits.has(name) ? { ...PATIENCE, ...args } : args, options),
  };
  const writes = async () =>
    (await session.record()).filter(({ phase, class: its }) => phase === "before" && its !== "read").length;
  const unplayable = (reason: string): never => {
    throw new Unplayable(reason);
  };
  return {
    ...callsOf(tool, patient, note, writes),
    site,
    unplayable,
    need: (value, reason) => value ?? unplayable(reason),
  };
}
