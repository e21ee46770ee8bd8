import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { median, type Row } from "./rows.ts";

const BOUND_S = 5;

/** All of `npm run codegen`, as a maintainer runs it. */
export async function codegen(): Promise<Row[]> {
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const times = Array.from({ length: 3 }, () => {
    const began = performance.now();
    const { status } = spawnSync("npm run --silent codegen -- --check", { cwd, shell: true });
    if (status !== 0) throw new Error("the generated files are not up to date");
    return (performance.now() - began) / 1000;
  });
  const seconds = median(times);
  const shown = `${seconds.toFixed(1)} s`;
  return [
    {
      what: "`npm run codegen`, all of it",
      ours: shown,
      against: "",
      result: shown,
      bound: `${BOUND_S} s`,
      kept: seconds <= BOUND_S,
    },
  ];
}
