import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A lab in a process of its own, so that it takes no time from who measures. */
export interface BenchLab {
  /** A node with VMs. */
  node: string;
  /** Environment that points a server at the lab. */
  env: Record<string, string>;
  end(): void;
}

/** Starts it with this many VMs from 5000 on, beside what its seed has. */
export async function benchLab(seed: "medium" | "large", own = 0): Promise<BenchLab> {
  const child = spawn(process.execPath, ["--import", "tsx", "tests/bench/bench-lab.ts", String(own), seed], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = await new Promise<Omit<BenchLab, "end">>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.endsWith("\n")) resolve(JSON.parse(text));
    });
    child.once("exit", () => reject(new Error("the lab has ended")));
  });
  return { ...said, end: () => void child.kill("SIGKILL") };
}
