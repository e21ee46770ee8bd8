// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesCertificatesParams {
  node: string;
}

export type GetNodesCertificatesResult = (Record<string, unknown>)[];

export interface GetNodesCertificatesAcmeParams {
  node: string;
}

export type GetNodesCertificatesAcmeResult = (Record<string, unknown>)[];

export interface PostNodesCertificatesAcmeCertificateParams {
  force?: boolean | 0 | 1;
  node: string;
}

export type PostNodesCertificatesAcmeCertificateResult = string;

export interface PutNodesCertificatesAcmeCertificateParams {
  force?: boolean | 0 | 1;
  node: string;
}

export type PutNodesCertificatesAcmeCertificateResult = string;

export interface DeleteNodesCertificatesAcmeCertificateParams {
  node: string;
}

export type DeleteNodesCertificatesAcmeCertificateResult = string;

export interface PostNodesCertificatesCustomParams {
  certificates: string;
  force?: boolean | 0 | 1;
  key?: string;
  node: string;
  restart?: boolean | 0 | 1;
}

export interface PostNodesCertificatesCustomResult {
  [key: string]: unknown;
  filename?: string;
  fingerprint?: string;
  issuer?: string;
  notafter?: number;
  notbefore?: number;
  pem?: string;
  "public-key-bits"?: number;
  "public-key-type"?: string;
  san?: string[];
  subject?: string;
}

export interface DeleteNodesCertificatesCustomParams {
  node: string;
  restart?: boolean | 0 | 1;
}

export type DeleteNodesCertificatesCustomResult = null;

export interface GetNodesCertificatesInfoParams {
  node: string;
}

export interface GetNodesCertificatesInfoResultItem {
  [key: string]: unknown;
  filename?: string;
  fingerprint?: string;
  issuer?: string;
  notafter?: number;
  notbefore?: number;
  pem?: string;
  "public-key-bits"?: number;
  "public-key-type"?: string;
  san?: string[];
  subject?: string;
}

export type GetNodesCertificatesInfoResult = GetNodesCertificatesInfoResultItem[];
