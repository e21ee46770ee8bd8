/** A lab in a process of its own: its seed, and a VM for each of many callers; says on stdout how it is reached. */
import { startLab } from "../../src/lab/index.ts";
import { labEnvironment } from "../support/session.ts";

const lab = await startLab({ authDelayMs: 0, taskMs: 100, seed: process.argv[3] === "large" ? "large" : "medium" });
const [model] = [...lab.state.guests.values()].filter(({ type, config }) => type === "qemu" && !config.template);
for (let index = 0; index < Number(process.argv[2]); index++) {
  const vmid = 5000 + index;
  const config = { ...structuredClone(model!.config), name: `own-${index}` };
  lab.state.guests.set(vmid, { ...structuredClone(model!), vmid, config, running: false, digest: undefined });
}
process.stdout.write(`${JSON.stringify({ node: model!.node, env: labEnvironment(lab) })}\n`);
