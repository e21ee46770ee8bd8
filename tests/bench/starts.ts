import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BIN } from "../support/session.ts";
import { buildFloor } from "./floor.ts";
import { median, type Row, ratio } from "./rows.ts";
import { runOnce, type Start, startOnce } from "./start.ts";

const ROUNDS = 25;
const mb = (value: number): string => `${value.toFixed(1)} MB`;

/** Start-up against a process that does nothing, and against the least server on the same SDK; nobody is reached. */
export async function starts(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "proxmox-mcp-bench-"));
  try {
    const leastServer = await buildFloor(folder);
    const env = {
      PATH: process.env.PATH ?? "",
      XDG_STATE_HOME: join(folder, "state"),
      PROXMOX_HOST: "127.0.0.1:9",
      PROXMOX_API_TOKEN_USER: "mcp",
      PROXMOX_API_TOKEN_REALM: "pve",
      PROXMOX_API_TOKEN_ID: "bench",
      PROXMOX_API_TOKEN_SECRET: "00000000-0000-0000-0000-000000000000",
    };
    const nothing: number[] = [];
    const ours: Start[] = [];
    const floor: Start[] = [];
    for (let round = -2; round < ROUNDS; round++) {
      const bare = await runOnce(["-e", "0"]);
      const least = await startOnce([leastServer], env);
      const own = await startOnce([BIN], env);
      // The first two warm the disk's cache.
      if (round < 0) continue;
      nothing.push(bare);
      floor.push(least);
      ours.push(own);
    }
    const of = (all: readonly Start[], key: keyof Start) => median(all.map((one) => one[key]));
    const least = (key: keyof Start) => ["least server on this SDK", of(floor, key)] as const;
    const node = ["`node -e 0`", median(nothing)] as const;
    return [
      ratio("start to `initialize`", of(ours, "initialize"), least("initialize"), { atMost: 1.1 }),
      ratio("start to `tools/list`", of(ours, "toolsList"), least("toolsList"), { atMost: 1.1 }),
      ratio("memory after `tools/list`", of(ours, "rss"), least("rss"), { unit: mb, atMost: 1.06 }),
      ratio("start to `initialize`", of(ours, "initialize"), node),
      ratio("start to `tools/list`", of(ours, "toolsList"), node),
      ratio("the least server's start to `tools/list`", of(floor, "toolsList"), node),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
