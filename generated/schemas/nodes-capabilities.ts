// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => z.enum(["x86_64","aarch64"]).optional());

/** Parameters of GET /nodes/{node}/capabilities. */
export const getNodesCapabilities = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/capabilities/qemu. */
export const getNodesCapabilitiesQemu = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/capabilities/qemu/cpu. */
export const getNodesCapabilitiesQemuCpu = lazy(() => z.strictObject({"arch": s2(), "node": s1()}));

/** Parameters of GET /nodes/{node}/capabilities/qemu/cpu-flags. */
export const getNodesCapabilitiesQemuCpuFlags = lazy(() => z.strictObject({"accel": z.enum(["kvm","tcg"]).optional(), "arch": s2(), "node": s1()}));

/** Parameters of GET /nodes/{node}/capabilities/qemu/machines. */
export const getNodesCapabilitiesQemuMachines = lazy(() => z.strictObject({"arch": s2(), "node": s1()}));

/** Parameters of GET /nodes/{node}/capabilities/qemu/migration. */
export const getNodesCapabilitiesQemuMigration = lazy(() => z.strictObject({"node": s1()}));
