import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSession, type Session } from "../../tests/support/session.ts";
import { type Run, sentBy } from "../validate/run.ts";
import { clean, guestsInRange, readRows } from "./clean.ts";
import { guardPolicy } from "./guard.ts";
import { MARK, type Range } from "./guests.ts";
import { NOT_TRIED, SCENARIOS } from "./scenarios.ts";
import { readSettings, type Settings, type Site, surveySite } from "./site.ts";
import { liveStage, Unplayable } from "./stage.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** How a run on a host went. */
export interface LiveRun extends Run {
  /** Tools whose scenario was played to its end. */
  played: string[];
  /** Tools that were not tried, with the reason. */
  unplayed: Map<string, string>;
  /** What was made and could not be removed. */
  left: string[];
}

export interface LiveOptions {
  /** Tells the operator what goes on. */
  say: (text: string) => void;
  /** Aborted when the run is interrupted: no further scenario begins, and what was made is removed. */
  signal: AbortSignal;
  /** Only these tools, beside the VM that others need. */
  only?: readonly string[];
  /** Remove what earlier runs have left, and do no more. */
  cleanOnly?: boolean;
}

/** What the server under test may be given of the operator's environment. */
const GIVEN =
  /^(PATH|HOME|USER|LANG|TMPDIR|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|SystemRoot|VAULT_\w+|PROXMOX_(?!LIVE_|MCP_(?!SECRET|REDIS))\w+)$/;

/**
 * Plays the scenarios against the host that the environment names, by the built server under the guard's policy. What
 * it makes it removes, also when a scenario fails or the run is interrupted; guests of others are refused to it.
 */
export async function runLive(env: Environment, options: LiveOptions): Promise<LiveRun> {
  if (env.PROXMOX_MCP_CLUSTERS_FILE)
    throw new Error("PROXMOX_MCP_CLUSTERS_FILE names several clusters: give one host by PROXMOX_HOST");
  const settings = readSettings(env);
  const stateHome = await mkdtemp(join(tmpdir(), "proxmox-mcp-live-"));
  const policy = join(stateHome, "guard.json");
  await writeFile(policy, JSON.stringify(guardPolicy(settings.range, settings)));
  const given = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && GIVEN.test(entry[0])),
  );
  const open = () =>
    openSession(
      {
        ...given,
        PROXMOX_MCP_POLICY_FILE: policy,
        PROXMOX_MCP_CONFIRM: "plan",
        PROXMOX_MCP_ACCESS: "escape",
        PROXMOX_MCP_SCRIPTS: "write",
      },
      { stateHome },
    );
  const run: LiveRun = {
    answers: new Map(),
    sent: [],
    synthetic: new Set(),
    reached: new Set(),
    failures: [],
    played: [],
    unplayed: new Map(Object.entries(NOT_TRIED)),
    left: [],
  };
  try {
    let session = await open();
    try {
      await requireOwnRange(session, settings.range);
      run.left = await clean(session, settings.range, options.say);
      if (options.cleanOnly || run.left.length > 0) return run;
      await playAll(session, settings, run, options);
    } finally {
      await session.close().catch(() => {});
      // Whatever became of the session: an interruption from the keyboard ends the server as well.
      session = await open();
      run.left = await clean(session, settings.range, options.say).catch((error: Error) => [error.message]);
      await session.close();
    }
    run.sent.push(...(await sentBy(join(stateHome, "proxmox-mcp"))));
    return run;
  } finally {
    await rm(stateHome, { recursive: true, force: true });
  }
}

/** A guest in the range that no run has made stops everything. */
async function requireOwnRange(session: Session, range: Range): Promise<void> {
  const { others } = await guestsInRange(session, range);
  if (others.length === 0) return;
  const names = others.map(({ vmid, name }) => `${vmid} (${name ?? "no name"})`).join(", ");
  throw new Error(
    `In the range ${range.first}-${range.last} are guests that no run has made, as they lack the tag ${MARK}: ${names}. Set PROXMOX_LIVE_VMIDS to a range that is free.`,
  );
}

async function playAll(session: Session, settings: Settings, run: LiveRun, options: LiveOptions): Promise<void> {
  const { data } = await session.call("proxmox_capabilities");
  const ssh = data.clusters[0].ssh !== undefined;
  const site = await surveySite(settings, (path, params) => readRows(session, path, params), ssh);
  options.say(
    `node ${site.node}; guests ${settings.range.first}-${settings.range.last}; ${site.strangers.length} guests of others`,
  );
  await requireGuard(session, site);
  const tools = Object.entries(SCENARIOS).filter(
    ([tool]) => !options.only?.length || options.only.includes(tool) || tool === "proxmox_vm_create",
  );
  const listed = await session.listTools();
  const waits = new Set(
    listed
      .filter(({ inputSchema }) => "waitSeconds" in ((inputSchema as { properties?: object }).properties ?? {}))
      .map(({ name }) => name),
  );
  const note = (name: string, answer: string) => {
    run.answers.set(name, (run.answers.get(name) ?? new Set()).add(answer));
  };
  await prepare(session, site, options);
  for (const [tool, scenario] of tools) {
    if (options.signal.aborted) throw new Error("interrupted");
    options.say(tool);
    try {
      await scenario(liveStage(tool, session, site, { note, waits }));
      run.played.push(tool);
    } catch (error) {
      if (error instanceof Unplayable) run.unplayed.set(tool, error.message);
      else run.failures.push(`${tool}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** The guard is tried on a guest of somebody else, by a plan, which sends nothing. */
async function requireGuard(session: Session, { strangers, node }: Site): Promise<void> {
  const stranger = strangers[0];
  if (stranger === undefined) return;
  const path = `/nodes/${node}/${stranger.type}/${stranger.vmid}/config`;
  const call = { method: "PUT", path, params: { description: MARK }, dryRun: true };
  const { data, error } = await session.call("proxmox_api_call", call);
  if (error || data.plan.allowed !== false)
    throw new Error(`the guard lets guest ${stranger.vmid} be changed: nothing was sent, and nothing is tried`);
}

/** A clone of the template with an agent inside, where there is one. */
async function prepare(
  session: Session,
  { template, guests, range }: Site,
  { say, signal }: LiveOptions,
): Promise<void> {
  if (template === undefined) return;
  say(`cloning ${template}`);
  const clone = { vmid: template, newid: guests.agent, name: `${MARK}-agent`, full: true, waitSeconds: 600 };
  const made = await session.call("proxmox_vm_clone", clone);
  if (made.error) throw new Error(`the template ${template} cannot be cloned: ${made.error.message}`);
  const { own } = await guestsInRange(session, range);
  if (!own.some(({ vmid }) => vmid === guests.agent)) {
    throw new Error(
      `the template ${template} has to carry the tag ${MARK}, which its clones inherit; ${guests.agent} has to be removed by hand`,
    );
  }
  const started = await session.call("proxmox_vm_action", { vmid: guests.agent, action: "start", waitSeconds: 300 });
  if (started.error) throw new Error(`the clone of the template does not start: ${started.error.message}`);
  const ping = async () => (await session.call("proxmox_vm_agent_ping", { vmid: guests.agent })).data?.state;
  for (let tries = 0; tries < 60 && !signal.aborted && (await ping()) !== "answers"; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
}
