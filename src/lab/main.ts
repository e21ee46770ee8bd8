import { parseArgs } from "node:util";
import { runLabCommand } from "./command.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string" },
    seed: { type: "string" },
    host: { type: "string" },
    name: { type: "string" },
  },
});

process.exitCode = await runLabCommand(values);
