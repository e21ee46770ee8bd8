import type { StateKey } from "../state-key.ts";
import { fileMarks } from "./file-marks.ts";
import type { PlanMarks } from "./marks.ts";
import { redisMarks } from "./redis-marks.ts";

/** Where this server keeps its marks: in the Redis that replicas share, else in its state directory. */
export function openPlanMarks(where: { directory: string; key: StateKey; redisUrl?: string | undefined }): PlanMarks {
  return where.redisUrl === undefined ? fileMarks(where.directory) : redisMarks(where.redisUrl, where.key);
}
