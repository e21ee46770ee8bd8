import type { Program } from "../shell/process.ts";
import { pct } from "./pct.ts";
import { pvesh } from "./pvesh.ts";
import { qm } from "./qm.ts";

/** The command-line families of a node, by name. */
export const FAMILIES: Readonly<Record<string, Program>> = { pvesh, qm, pct };
