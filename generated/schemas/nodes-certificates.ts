// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}));
const s2 = lazy(() => p.boolean().optional());

/** Parameters of GET /nodes/{node}/certificates. */
export const getNodesCertificates = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of GET /nodes/{node}/certificates/acme. */
export const getNodesCertificatesAcme = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/certificates/acme/certificate. */
export const postNodesCertificatesAcmeCertificate = lazy(() => z.strictObject({"force": s2(), "node": s1()}));

/** Parameters of PUT /nodes/{node}/certificates/acme/certificate. */
export const putNodesCertificatesAcmeCertificate = lazy(() => z.strictObject({"force": s2(), "node": s1()}));

/** Parameters of DELETE /nodes/{node}/certificates/acme/certificate. */
export const deleteNodesCertificatesAcmeCertificate = lazy(() => z.strictObject({"node": s1()}));

/** Parameters of POST /nodes/{node}/certificates/custom. */
export const postNodesCertificatesCustom = lazy(() => z.strictObject({"certificates": p.text({"format":"pem-certificate-chain"}), "force": s2(), "key": p.text({"format":"pem-string"}).optional(), "node": s1(), "restart": s2()}));

/** Parameters of DELETE /nodes/{node}/certificates/custom. */
export const deleteNodesCertificatesCustom = lazy(() => z.strictObject({"node": s1(), "restart": s2()}));

/** Parameters of GET /nodes/{node}/certificates/info. */
export const getNodesCertificatesInfo = lazy(() => z.strictObject({"node": s1()}));
