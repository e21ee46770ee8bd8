import type { Program } from "../shell/process.ts";
import { haManager, pveceph, pvecm, pvesr } from "./cluster-families.ts";
import { apt, pvenode, pveversion, vzdump } from "./node-families.ts";
import { pct } from "./pct.ts";
import { pvesh } from "./pvesh.ts";
import { pvesm } from "./pvesm.ts";
import { pveum } from "./pveum.ts";
import { qm } from "./qm.ts";

/** The command-line families of a node, by name. */
export const FAMILIES: Readonly<Record<string, Program>> = {
  pvesh,
  qm,
  pct,
  pvesm,
  pveum,
  pvenode,
  pvecm,
  pveceph,
  pvesr,
  vzdump,
  apt,
  "apt-get": apt,
  "ha-manager": haManager,
  pveversion,
};
