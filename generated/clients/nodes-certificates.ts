// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

import type { Answer, Send, SendOptions } from "../../src/schema/operation.ts";
import type * as T from "../types/nodes-certificates.ts";

/** Browse TLS certificate topics of a node: current, custom or ACME. */
export function getNodesCertificates(send: Send, params: T.GetNodesCertificatesParams, options?: SendOptions): Promise<Answer<T.GetNodesCertificatesResult>> {
  return send("GET /nodes/{node}/certificates", params, options);
}

/** List what can be done with a node's ACME certificate. */
export function getNodesCertificatesAcme(send: Send, params: T.GetNodesCertificatesAcmeParams, options?: SendOptions): Promise<Answer<T.GetNodesCertificatesAcmeResult>> {
  return send("GET /nodes/{node}/certificates/acme", params, options);
}

/** Request a fresh ACME (Let's Encrypt) certificate for a node. */
export function postNodesCertificatesAcmeCertificate(send: Send, params: T.PostNodesCertificatesAcmeCertificateParams, options?: SendOptions): Promise<Answer<T.PostNodesCertificatesAcmeCertificateResult>> {
  return send("POST /nodes/{node}/certificates/acme/certificate", params, options);
}

/** Renew a node's ACME (Let's Encrypt) certificate. */
export function putNodesCertificatesAcmeCertificate(send: Send, params: T.PutNodesCertificatesAcmeCertificateParams, options?: SendOptions): Promise<Answer<T.PutNodesCertificatesAcmeCertificateResult>> {
  return send("PUT /nodes/{node}/certificates/acme/certificate", params, options);
}

/** Revoke a node's ACME (Let's Encrypt) certificate. */
export function deleteNodesCertificatesAcmeCertificate(send: Send, params: T.DeleteNodesCertificatesAcmeCertificateParams, options?: SendOptions): Promise<Answer<T.DeleteNodesCertificatesAcmeCertificateResult>> {
  return send("DELETE /nodes/{node}/certificates/acme/certificate", params, options);
}

/** Install your own TLS certificate and key for a node's web interface. */
export function postNodesCertificatesCustom(send: Send, params: T.PostNodesCertificatesCustomParams, options?: SendOptions): Promise<Answer<T.PostNodesCertificatesCustomResult>> {
  return send("POST /nodes/{node}/certificates/custom", params, options);
}

/** Remove a node's own TLS certificate and return to the cluster-issued one. */
export function deleteNodesCertificatesCustom(send: Send, params: T.DeleteNodesCertificatesCustomParams, options?: SendOptions): Promise<Answer<T.DeleteNodesCertificatesCustomResult>> {
  return send("DELETE /nodes/{node}/certificates/custom", params, options);
}

/** See a node's TLS certificates with fingerprints and expiry dates. */
export function getNodesCertificatesInfo(send: Send, params: T.GetNodesCertificatesInfoParams, options?: SendOptions): Promise<Answer<T.GetNodesCertificatesInfoResult>> {
  return send("GET /nodes/{node}/certificates/info", params, options);
}
