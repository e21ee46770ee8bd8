// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => z.enum(["chrony","corosync","cron","ksmtuned","lxcfs","postfix","proxmox-firewall","pve-cluster","pve-firewall","pve-ha-crm","pve-ha-lrm","pve-lxc-syscalld","pvedaemon","pvefw-logger","pveproxy","pvescheduler","pvestatd","qmeventd","spiceproxy","sshd","syslog","systemd-journald","systemd-timesyncd"]));

/** Parameters of GET /nodes/{node}/services. */
export const getNodesServices = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/services/{service}. */
export const getNodesServicesByService = lazy(() => z.strictObject({"node": s1(), "service": s2()}));

/** Parameters of POST /nodes/{node}/services/{service}/reload. */
export const postNodesServicesReload = lazy(() => z.strictObject({"node": s1(), "service": s2()}));

/** Parameters of POST /nodes/{node}/services/{service}/restart. */
export const postNodesServicesRestart = lazy(() => z.strictObject({"node": s1(), "service": s2()}));

/** Parameters of POST /nodes/{node}/services/{service}/start. */
export const postNodesServicesStart = lazy(() => z.strictObject({"node": s1(), "service": s2()}));

/** Parameters of GET /nodes/{node}/services/{service}/state. */
export const getNodesServicesState = lazy(() => z.strictObject({"node": s1(), "service": s2()}));

/** Parameters of POST /nodes/{node}/services/{service}/stop. */
export const postNodesServicesStop = lazy(() => z.strictObject({"node": s1(), "service": s2()}));
