// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).

export interface GetNodesJournalParams {
  endcursor?: string;
  /** Since 9.2. */
  identifiers?: boolean | 0 | 1;
  /** Since 9.2. */
  kernel?: boolean | 0 | 1;
  lastentries?: number;
  node: string;
  /** Since 9.2. */
  priority?: string;
  /** Since 9.2. */
  service?: string;
  since?: number;
  startcursor?: string;
  /** Since 9.2. */
  structured?: boolean | 0 | 1;
  /** Since 9.2. */
  unit?: string;
  /** Since 9.2. */
  units?: boolean | 0 | 1;
  until?: number;
}

export type GetNodesJournalResult = string[];
