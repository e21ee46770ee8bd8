import { type Command, InvalidArgumentError, Option } from "commander";
import { stateDirectory } from "../access/state-directory.ts";

/** The commands for the operator of a server, which need no configured host. */
export function addAdmin(program: Command): void {
  const audit = program
    .command("admin")
    .description("look after a server")
    .command("audit")
    .description("the audit log");

  audit
    .command("verify")
    .description("check that no line was altered, added or removed; ends with 1 when one was")
    .option("--file <path>", "check one file by itself")
    .action(async ({ file }: { file?: string }) => {
      const { verifyAudit } = await import("../admin/audit-verify.ts");
      process.exitCode = await verifyAudit({ directory: directory(), file }, process.stdout);
    });

  audit
    .command("tail")
    .description("show the last lines")
    .option("-n, --lines <count>", "how many", count, 20)
    .action(async ({ lines }: { lines: number }) => {
      const { tailAudit } = await import("../admin/audit-tail.ts");
      process.exitCode = tailAudit({ directory: directory(), lines }, process.stdout);
    });

  audit
    .command("export")
    .description("write the lines of a span of time to stdout")
    .option("--since <time>", "from then on: 2026-01-31, 2026-01-31T08:00:00Z, or 30m, 24h, 7d ago", moment)
    .option("--until <time>", "up to, and without, then", moment)
    .addOption(new Option("--format <format>", "as they stand, or a table").choices(["jsonl", "csv"]).default("jsonl"))
    .action(async (options: { since?: number; until?: number; format: "jsonl" | "csv" }) => {
      const { exportAudit } = await import("../admin/audit-export.ts");
      // Whoever reads may stop early, as `head` does.
      process.stdout.on("error", () => process.exit(0));
      process.exitCode = await exportAudit({ directory: directory(), ...options }, process.stdout);
    });
}

function directory(): string {
  return stateDirectory(process.env);
}

function count(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 100_000) {
    throw new InvalidArgumentError("A count is an integer from 1 to 100000.");
  }
  return number;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds since the epoch. */
function moment(text: string): number {
  const ago = /^(\d+)([smhd])$/.exec(text);
  if (ago) return Date.now() - Number(ago[1]) * UNITS[ago[2]!]!;
  const at = /^\d{4}-\d{2}-\d{2}(T.+)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError("A time is 2026-01-31, 2026-01-31T08:00:00Z, or 30m, 24h, 7d.");
  return at;
}
