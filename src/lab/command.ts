import type { FaultByName } from "./faults/definition.ts";
import { FaultFileError, readFaults } from "./faults/file.ts";
import { startLab } from "./lab.ts";
import { SEEDS, type SeedName } from "./seed/index.ts";

export interface LabCommandOptions {
  port?: number | string;
  seed?: string;
  host?: string;
  name?: string;
  /** Serves SSH too. */
  ssh?: boolean;
  /** Path of a JSON list of faults to switch on. */
  faults?: string;
}

/** EX_CONFIG of sysexits. */
const EXIT_CONFIG = 78;

function isSeed(name: string): name is SeedName {
  return Object.hasOwn(SEEDS, name);
}

/** Says where a file of faults is wrong, and how. */
function refuseFaults(path: string, error: unknown): number {
  if (!(error instanceof FaultFileError)) throw error;
  process.stderr.write(`${path}: ${error.place}: ${error.message}\n  The faults and their options: docs/lab.md\n`);
  return EXIT_CONFIG;
}

/**
 * Starts a lab, prints one line of JSON that says how to reach it, and serves until SIGTERM or SIGINT; resolves with
 * the exit code.
 */
export async function runLabCommand(options: LabCommandOptions = {}): Promise<number> {
  const seed = options.seed ?? "small";
  if (!isSeed(seed)) {
    process.stderr.write(`unknown seed '${seed}': use one of ${Object.keys(SEEDS).join(", ")}\n`);
    return 2;
  }
  const port = options.port === undefined ? 0 : Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    process.stderr.write(`'${options.port}' is no port: use a number from 0 (any free one) to 65535\n`);
    return 2;
  }
  let faults: FaultByName[] = [];
  try {
    if (options.faults !== undefined) faults = readFaults(options.faults);
  } catch (error) {
    return refuseFaults(options.faults!, error);
  }
  const stopped = new Promise<void>((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
  const lab = await startLab({
    seed,
    port,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.name === undefined ? {} : { name: options.name }),
    ...(options.ssh ? { ssh: true } : {}),
  });
  for (const [index, fault] of faults.entries()) {
    try {
      lab.faults.add(fault);
    } catch (error) {
      await lab.close();
      const why = error instanceof Error ? error.message : String(error);
      return refuseFaults(options.faults!, new FaultFileError(`fault ${index + 1} (${fault.fault})`, why));
    }
  }
  const { host, fingerprint, token, nodes, guests } = lab;
  const ssh = lab.ssh && { ssh: { user: "root", privateKey: lab.ssh.privateKey, nodes: lab.ssh.nodes } };
  process.stdout.write(`${JSON.stringify({ host, port: lab.port, fingerprint, token, nodes, guests, ...ssh })}\n`);
  await stopped;
  await lab.close();
  return 0;
}
