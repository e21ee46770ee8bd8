import { Agent, request } from "node:https";
import { startLab } from "../../src/lab/index.ts";
import { authorization } from "./support.ts";

const agent = new Agent({ keepAlive: true, rejectUnauthorized: false, maxSockets: 1 });

async function main(): Promise<void> {
  const began = performance.now();
  const lab = await startLab({ seed: "large" });
  const startMs = Math.round(performance.now() - began);
  const rssMb = Math.round(process.memoryUsage().rss / 1_048_576);
  const read = (path: string): Promise<{ ms: number; body: string }> =>
    new Promise((resolve, reject) => {
      const since = performance.now();
      const headers = { authorization: authorization(lab.token) };
      request(`${lab.url}/api2/json${path}`, { agent, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () =>
          resolve({ ms: Math.round(performance.now() - since), body: Buffer.concat(parts).toString() }),
        );
      })
        .on("error", reject)
        .end();
    });
  const cold = await read("/cluster/resources");
  const times = async (path: string): Promise<number[]> => {
    const taken: number[] = [];
    for (let i = 0; i < 9; i += 1) taken.push((await read(path)).ms);
    return taken.sort((a, b) => a - b);
  };
  const warmMs = await times("/cluster/resources");
  const filteredMs = await times("/cluster/resources?type=node");
  process.send?.({
    startMs,
    nodes: lab.nodes,
    guests: lab.guests,
    rows: JSON.parse(cold.body).data.length,
    bytes: cold.body.length,
    coldMs: cold.ms,
    warmMs,
    filteredMs,
    rssMb,
    afterMb: Math.round(process.memoryUsage().rss / 1_048_576),
  });
  agent.destroy();
  await lab.close();
  process.disconnect?.();
}

await main();
