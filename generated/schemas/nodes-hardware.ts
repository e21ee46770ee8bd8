// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.text({"pattern":"(?:(?:[0-9a-fA-F]{4}:)?[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\\.[0-9a-fA-F])|(?:[a-zA-Z][a-zA-Z0-9_\\-]+)"}));

/** Parameters of GET /nodes/{node}/hardware. */
export const getNodesHardware = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/hardware/pci. */
export const getNodesHardwarePci = lazy(() => z.strictObject({"node": s1(), "pci-class-blacklist": p.list({"format":"string-list"}).optional(), "verbose": p.boolean().optional()}));

/** Parameters of GET /nodes/{node}/hardware/pci/{pci-id-or-mapping}. */
export const getNodesHardwarePciByPciIdOrMapping = lazy(() => z.strictObject({"node": s1(), "pci-id-or-mapping": s2()}));

/** Parameters of GET /nodes/{node}/hardware/pci/{pci-id-or-mapping}/mdev. */
export const getNodesHardwarePciMdev = lazy(() => z.strictObject({"node": s1(), "pci-id-or-mapping": s2()}));

/** Parameters of GET /nodes/{node}/hardware/usb. */
export const getNodesHardwareUsb = lazy(() => z.strictObject({"node": s1()}));
