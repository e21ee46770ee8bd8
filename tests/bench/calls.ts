import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { Agent, fetch, request } from "undici";
import { BIN } from "../support/session.ts";
import { withFloor } from "./floor.ts";
import { type BenchLab, benchLab } from "./lab-process.ts";
import { openRaw, type RawClient } from "./raw-client.ts";
import { median, ms, type Row, ratio } from "./rows.ts";

const ROUNDS = 500;
/** Calls before any is counted: of a server that has been in use for a while. */
const WARM = 800;
const LIST_ROUNDS = 15;

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** Requests of a bare undici, over a connection that stays open. */
function bareOf({ env }: BenchLab): {
  get(path: string): Promise<unknown>;
  fetch(path: string): Promise<unknown>;
  close(): Promise<void>;
} {
  // The lab's certificate is its own; a server pins it, which costs as much as to skip it.
  const dispatcher = new Agent({ connect: { rejectUnauthorized: false }, keepAliveTimeout: 60_000 });
  const authorization = `PVEAPIToken=${env.PROXMOX_API_TOKEN_USER}@${env.PROXMOX_API_TOKEN_REALM}!${env.PROXMOX_API_TOKEN_ID}=${env.PROXMOX_API_TOKEN_SECRET}`;
  return {
    async get(path) {
      const { body, statusCode } = await request(`https://${env.PROXMOX_HOST}/api2/json${path}`, {
        dispatcher,
        headers: { authorization },
      });
      const parsed = JSON.parse(await body.text()) as unknown;
      if (statusCode !== 200) throw new Error(`${statusCode} of ${path}`);
      return parsed;
    },
    /** With gzip, as a server asks for it too. */
    async fetch(path) {
      const answer = await fetch(`https://${env.PROXMOX_HOST}/api2/json${path}`, {
        dispatcher,
        headers: { authorization },
      });
      if (answer.status !== 200) throw new Error(`${answer.status} of ${path}`);
      return answer.json();
    },
    close: () => dispatcher.close(),
  };
}

async function withServer<T>(
  seed: "medium" | "large",
  measure: (client: RawClient, bare: ReturnType<typeof bareOf>) => Promise<T>,
): Promise<T> {
  const state = await mkdtemp(join(tmpdir(), "proxmox-mcp-bench-"));
  const lab = await benchLab(seed);
  const bare = bareOf(lab);
  const client = openRaw([BIN], { PATH: process.env.PATH ?? "", XDG_STATE_HOME: state, ...lab.env });
  try {
    await client.initialize();
    return await measure(client, bare);
  } finally {
    await client.end();
    await bare.close();
    lab.end();
    await rm(state, { recursive: true, force: true });
  }
}

/** What a tool adds to the request that it makes, and to what any tool's call costs over this SDK and a pipe. */
export async function calls(): Promise<Row[]> {
  const path = "/nodes/pve1/status";
  const call = { name: "proxmox_api_call", arguments: { method: "GET", path } };
  return withFloor((floor) =>
    withServer("medium", async (client, bare) => {
      const acts = {
        ours: () => client.request("tools/call", call),
        bare: () => bare.get(path),
        echo: () => floor.request("tools/call", { name: "echo", arguments: { text: path } }),
      };
      const times = { ours: [] as number[], bare: [] as number[], echo: [] as number[] };
      for (let round = -WARM; round < ROUNDS; round++) {
        for (const [name, act] of Object.entries(acts)) {
          const took = await timed(act);
          if (round >= 0) times[name as keyof typeof times].push(took);
        }
      }
      const [own, request, echo] = [median(times.ours), median(times.bare), median(times.echo)];
      const added = own - request - echo;
      return [
        {
          what: "`proxmox_api_call` over its request, beside what any call takes over this SDK and a pipe",
          ours: ms(own),
          against: `undici request and JSON.parse: ${ms(request)}; the least server's echo: ${ms(echo)}`,
          result: `${added < 0 ? "" : "+"}${added.toFixed(2)} ms`,
          bound: "+0.50 ms",
          kept: added <= 0.5,
        },
        ratio("`proxmox_api_call` whole, over stdio", own, ["undici request and JSON.parse", request]),
      ];
    }),
  );
}

/** Lists of 10,000 guests. */
export async function lists(): Promise<Row[]> {
  return withServer("large", async (client, bare) => {
    const call = (name: string) => () => timed(() => client.request("tools/call", { name, arguments: {} }));
    const list = call("proxmox_vm_list");
    const overview = call("proxmox_inventory_overview");
    const [first, again, whole, theirs]: number[][] = [[], [], [], []];
    for (let call = 0; call < WARM; call++) await list();
    for (let round = -2; round < LIST_ROUNDS; round++) {
      const bareTime = await timed(() => bare.fetch("/cluster/resources"));
      const listTime = await list();
      const further: number[] = [];
      for (let call = 0; call < 5; call++) further.push(await list());
      const wholeTime = await overview();
      // What was read is kept for five seconds.
      await new Promise((resolve) => setTimeout(resolve, 5100));
      if (round < 0) continue;
      theirs!.push(bareTime);
      first!.push(listTime);
      again!.push(median(further));
      whole!.push(wholeTime);
    }
    const bareRow = ["undici fetch and JSON.parse", median(theirs!)] as const;
    const second = median(again!);
    return [
      ratio("`proxmox_vm_list` over 10,000 guests", median(first!), bareRow, { atMost: 1.3 }),
      {
        what: "the same again within five seconds, median of five",
        ours: ms(second),
        against: "",
        result: ms(second),
        bound: "3 ms",
        kept: second <= 3,
      },
      ratio("`proxmox_inventory_overview` after that", median(whole!), bareRow),
    ];
  });
}
